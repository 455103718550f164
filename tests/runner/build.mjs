// Builds the trees that the suites run from, each once a run.
import { must } from './shell.mjs';

const built = new Map();

function once(key, work) {
  if (!built.has(key)) built.set(key, work());
  return built.get(key);
}

async function timed(what, work) {
  const started = performance.now();
  await work();
  console.log(`built ${what} in ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

/// Configures and builds the CMake preset; a tree that is up to date costs a second.
export function build(preset, ...targets) {
  return once([preset, ...targets].join(' '), () =>
    timed([preset, ...targets].join(' '), async () => {
      await must([
        'cmake',
        '--preset',
        preset,
        '-DFLOE_WERROR=ON',
        ...(preset === 'wasm' ? ['-DFLOE_TESTS=ON'] : []),
      ]);
      const named = targets.length > 0 ? ['--target', ...targets] : [];
      await must(['cmake', '--build', '--preset', preset, ...named], { seconds: 1500 });
    }),
  );
}

/// What is installed, without tests.
export const buildPrograms = () =>
  build('release', 'floe', 'floe-gateway', 'floe-device', 'floe_shared');

/// The npm package and the page of the demo, and what they are made from.
export async function buildPackage() {
  await buildPrograms();
  await build('wasm', 'floe_package_modules');
  return once('package', () =>
    timed('the npm package and the page', () => must(['demo/build.sh', 'js'])),
  );
}
