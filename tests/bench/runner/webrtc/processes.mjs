// What processes have used so far, from /proc.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const kTicksPerSecond = Number(execFileSync('getconf', ['CLK_TCK']));

/// Of the words of /proc/PID/stat after the name, which may contain anything.
const kUserTime = 11;
const kSystemTime = 12;

function cpuTicks(pid) {
  const words = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  return Number(words[kUserTime]) + Number(words[kSystemTime]);
}

/// Of all of them, with what the kernel did in their name.
export const cpuSeconds = (pids) =>
  pids.reduce((sum, pid) => sum + cpuTicks(pid), 0) / kTicksPerSecond;

export function residentBytes(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)[1]) * 1024;
}

/// All of a browser's: for its windows, its pages, its network.
export async function processesOf(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.map(({ id }) => id);
}
