// Runs other programs, with a limit of time and their last words when they fail.
import { spawn } from 'node:child_process';
import { root } from './tree.mjs';

const kKeptOutput = 64 * 1024;

/// Runs `command` (an array) and resolves to {code, output}. Output is shown when it fails, or
/// always with `show`.
export function run(command, { cwd = root, env = {}, seconds = 600, show = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command[0], command.slice(1), {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let output = '';
    const take = (chunk) => {
      output = (output + chunk).slice(-kKeptOutput);
      if (show) process.stdout.write(chunk);
    };
    // Whole characters, wherever the pieces begin.
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', take);
    // The whole group: a child of the child would keep the pipes open.
    const timer = setTimeout(() => {
      output += `\n(ended after ${seconds} s)`;
      process.kill(-child.pid, 'SIGKILL');
    }, seconds * 1000);
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ code: 127, output: error.message });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? 1, output });
    });
  });
}

/// As run(), but failing is an error that carries the last lines.
export async function must(command, options) {
  const { code, output } = await run(command, options);
  if (code !== 0) {
    console.log(output.split('\n').slice(-60).join('\n'));
    throw new Error(`\`${command.join(' ')}\` ended with ${code}`);
  }
  return output;
}

/// A result for one command that passes by ending with 0.
export async function check(name, command, options) {
  const { code, output } = await run(command, options);
  if (code === 0) return { name, passed: 1 };
  console.log(output.split('\n').slice(-60).join('\n'));
  return { name, failed: 1, why: `\`${command.join(' ')}\` ended with ${code}` };
}
