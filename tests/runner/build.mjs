// Builds the trees that the suites run from, each once a run.
import { must } from './shell.mjs';

const built = new Map();

/// Configures and builds the CMake preset; a tree that is up to date costs a second.
export function build(preset, ...targets) {
  const key = [preset, ...targets].join(' ');
  if (!built.has(key)) built.set(key, buildOnce(preset, targets));
  return built.get(key);
}

async function buildOnce(preset, targets) {
  const started = performance.now();
  await must(['cmake', '--preset', preset]);
  await must(['cmake', '--build', '--preset', preset, ...(targets.length ? ['--target', ...targets] : [])], {
    seconds: 1200,
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`built ${preset} ${targets.join(' ')} in ${seconds} s`);
}
