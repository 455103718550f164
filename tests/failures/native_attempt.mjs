// One failure that a program in C or C++ meets, in a process of its own.
import { execFile } from 'node:child_process';
import { binary } from '../runner/tree.mjs';

export const kNativePlatforms = { c: 'floe_c_failures', cpp: 'floe_cpp_failures' };

/// Resolves like attempt(). `meet` is the name that the program has for it, and `options` what it needs.
export function attemptNatively(platform, { meet, options, limitMs }) {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const settings = given.map(([key, value]) => `${key}=${value}`);
  return new Promise((resolve) => {
    const program = binary(kNativePlatforms[platform]);
    execFile(program, [meet, ...settings], { timeout: limitMs }, (error, line, log) => {
      if (line) return resolve(JSON.parse(line));
      resolve({ by: 'nothing', code: '', text: `${error?.message} ${log}`, ms: limitMs });
    });
  });
}
