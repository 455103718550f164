// Two agents whose outputs are each other's inputs, events and all, as a shell with two pipes joins
// them.
import { spawn } from 'node:child_process';

const kConnectMs = 10_000;
const kListenMs = 1_500;
/// More than two agents say from the first line to the last.
const kLinesMax = 100;

class Piped {
  lines = [];

  constructor(command) {
    this.child = spawn('/bin/sh', ['-c', `exec ${command}`], { stdio: ['pipe', 'pipe', 'ignore'] });
    this.child.stdin.on('error', () => {}); // the other end may go first
    this.ended = new Promise((resolve) => this.child.on('close', resolve));
    let rest = '';
    this.child.stdout.on('data', (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop();
      this.lines.push(...lines);
      // A loop would fill the memory of this process.
      if (this.lines.length > kLinesMax) this.child.kill();
    });
  }

  get isConnected() {
    return this.lines.some((line) => line.includes('"state":"connected"'));
  }
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** They connect, and an error of one is no reason for an error of the other. */
export async function joinedByPipes(name, left, right) {
  const ends = [new Piped(left), new Piped(right)];
  const [a, b] = ends;
  a.child.stdout.pipe(b.child.stdin);
  b.child.stdout.pipe(a.child.stdin);
  const end = performance.now() + kConnectMs;
  while (!ends.every(({ isConnected }) => isConnected) && performance.now() < end) await sleep(20);
  a.child.stdin.write('not a message\n');
  await sleep(kListenMs);
  for (const { child } of ends) child.kill();
  await Promise.all(ends.map(({ ended }) => ended));
  return { name, ...verdict(ends) };
}

function verdict(ends) {
  const counts = ends.map(({ lines }) => lines.length).join(' and ');
  if (!ends.every(({ isConnected }) => isConnected)) {
    return { failed: 1, why: `not connected after ${counts} lines` };
  }
  const errors = ends.flatMap(({ lines }) => lines.filter((line) => line.includes('"error"')));
  if (errors.length !== 1) return { failed: 1, why: `${errors.length} errors in ${counts} lines` };
  return { passed: 1 };
}
