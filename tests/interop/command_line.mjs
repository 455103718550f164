// The answers of an agent command to its options: the same for `floe agent` and floe-agent.mjs.
import { spawn } from 'node:child_process';

const kRunMs = 10_000;

/// Options that are refused with status 2, and what standard error must say.
const kRefused = [
  ['--turn-user me', '--turn-user requires --turn'],
  ['--tcp', 'ICE-TCP is not built yet'],
  ['--stun turn:192.0.2.1', 'stun'],
  ['--stun nonsense', 'stun:HOST'],
  ['--lite --stun stun:192.0.2.1', '--lite excludes --stun'],
  ['--nomination democratic', 'regular'],
  ['--policy none', 'relay'],
];

/// Runs `command` until `isDone` is true for the lines so far, then ends its input. Resolves to
/// {code, lines, stderr}.
function runAgent(command, isDone) {
  return new Promise((resolve) => {
    const child = spawn('/bin/sh', ['-c', `exec ${command}`]);
    let [stdout, stderr] = ['', ''];
    const lines = () =>
      stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      if (stdout.endsWith('\n') && isDone(lines())) child.stdin.end();
    });
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.stdin.on('error', () => {});
    const timer = setTimeout(() => child.kill('SIGKILL'), kRunMs);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, lines: lines(), stderr });
    });
  });
}

const hasGathered = (lines) =>
  lines.some(({ event, state }) => event === 'gathering' && state === 'complete');

async function refusal(command, [options, sentence]) {
  const { code, stderr } = await runAgent(`${command} ${options}`, () => true);
  if (code !== 2) return `${options}: status ${code} instead of 2`;
  return stderr.includes(sentence) ? '' : `${options}: does not say "${sentence}": ${stderr}`;
}

async function gathering(command, server) {
  const servers = [`stun:127.0.0.1:${server.port}`, `stun:localhost:${server.port}`];
  const nowhere = 'stun:nobody.invalid';
  const options = [...servers, nowhere].map((uri) => `--stun ${uri}`).join(' ');
  const { code, lines } = await runAgent(`${command} ${options}`, hasGathered);
  if (code !== 0) return `status ${code} after gathering`;
  const error = lines.find(({ event }) => event === 'candidate-error');
  if (error?.url !== nowhere || error.errorCode !== 701 || !error.errorText) {
    return `no candidate-error for ${nowhere}: ${JSON.stringify(error)}`;
  }
  const line = `${server.mapped.address} ${server.mapped.port} typ srflx`;
  return lines.some(({ candidate }) => candidate?.includes(line)) ? '' : `no candidate ${line}`;
}

async function relayOnly(command, server) {
  const options = `--policy relay --stun stun:127.0.0.1:${server.port}`;
  const { lines } = await runAgent(`${command} ${options}`, hasGathered);
  const told = lines.filter(({ type }) => type === 'candidate');
  return told.length === 0 ? '' : `--policy relay tells ${told[0].candidate}`;
}

/// One result for all these checks; `server` is a started STUN server.
export async function commandLine(name, command, server) {
  const problems = [];
  for (const one of kRefused) problems.push(await refusal(command, one));
  problems.push(await gathering(command, server), await relayOnly(command, server));
  const failed = problems.filter(Boolean);
  console.log(`${name}: ${problems.length - failed.length} of ${problems.length} as they must be`);
  return { name, passed: problems.length - failed.length, failed: failed.length, why: failed[0] };
}
