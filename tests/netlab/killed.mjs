// Checks that the lab is removed with its process, however the process ends.
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { inTree } from '../runner/tree.mjs';
import { leftOvers, sweep } from './namespaces.mjs';

const kReadyMs = 60_000;

/// A lab in a process of its own, with servers running, that waits to be ended.
async function startLab() {
  const command = [
    inTree('tests/netlab/main.mjs'),
    '--kind',
    'symmetric',
    '--repeats',
    '0',
    '--keep',
  ];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const timer = setTimeout(() => child.kill('SIGTERM'), kReadyMs);
  for await (const chunk of child.stdout) if (String(chunk).includes('kept until')) break;
  clearTimeout(timer);
  return child;
}

const belongsTo = (pid) => (name) => name.includes(`-${pid}.`);

const left = (pid) => Object.values(leftOvers()).flat().filter(belongsTo(pid)).length;

/// Programs whose command line names a file of that lab.
function programs(pid) {
  return readdirSync('/proc').filter((entry) => {
    try {
      return (
        /^\d+$/.test(entry) &&
        readFileSync(`/proc/${entry}/cmdline`, 'utf8').includes(`floe-lab-${pid}.`)
      );
    } catch {
      return false; // it has just ended
    }
  }).length;
}

async function endedBy(signal) {
  const child = await startLab();
  const ended = once(child, 'exit');
  const before = programs(child.pid);
  child.kill(signal);
  await ended;
  const found = { before, left: left(child.pid), running: programs(child.pid) };
  sweep();
  return { ...found, leftAfter: left(child.pid), runningAfter: programs(child.pid) };
}

/// Results for tests/run.
export async function endings() {
  const asked = await endedBy('SIGTERM');
  const killed = await endedBy('SIGKILL');
  const goes = asked.before > 0 && asked.left === 0 && asked.running === 0;
  const isSwept =
    killed.left > 0 && killed.running > 0 && killed.leftAfter === 0 && killed.runningAfter === 0;
  const result = (name, ok, found) =>
    ok ? { name, passed: 1 } : { name, failed: 1, why: JSON.stringify(found) };
  return [
    result('a lab that is asked to end takes everything with it', goes, asked),
    result('what a killed lab leaves is removed by the next', isSwept, killed),
  ];
}
