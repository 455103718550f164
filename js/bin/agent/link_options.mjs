import { seededRandom } from './seeded_random.mjs';

/** Options of the engine: predictable random bytes for a seed, and a log for people. */
export function linkOptions({ seed, verbose }) {
  const levels = verbose ? ['debug', 'info', 'warning', 'error'] : ['warning', 'error'];
  const log = (level, area, text) => {
    if (levels.includes(level)) process.stderr.write(`${level} ${area}: ${text}\n`);
  };
  if (seed === undefined) return { log };
  log('warning', 'agent', '--seed makes credentials predictable: for tests only');
  return { log, random: seededRandom(seed) };
}
