// native/CROSS_COMPILING.md as printed: Floe for aarch64, the README's device in C, and the unit tests,
// run by QEMU; and the device echoes to an agent of this machine.
import { readFileSync } from 'node:fs';
import { LineProcess } from '../../demo/runner/process.mjs';
import { build } from '../runner/build.mjs';
import { catch2 } from '../runner/catch2.mjs';
import { withGateway } from '../runner/gateway.mjs';
import { must } from '../runner/shell.mjs';
import { binary, inTree } from '../runner/tree.mjs';
import { unitPrograms } from '../runner/unit_programs.mjs';

const kPage = 'native/CROSS_COMPILING.md';
const kRoom = /ws:\/\/127\.0\.0\.1:8080\/signal\/demo$/;
const kHours = 3600;
const kPayload = Buffer.from('how warm is it?').toString('base64');

/// The shell blocks of the page, in order; the last one runs the device.
function printed() {
  const page = readFileSync(inTree(kPage), 'utf8');
  const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block.trim());
  const device = blocks.pop();
  if (blocks.length < 3 || !kRoom.test(device)) throw new Error(`${kPage} has changed`);
  return { blocks, device };
}

async function attempt(name, work) {
  try {
    await work();
    return { name, passed: 1 };
  } catch ({ message }) {
    return { name, failed: 1, why: message };
  }
}

/// As this machine's agent sees it: connected, and what it sends comes back.
async function echoes(device, address) {
  const room = `ws://${address}/signal/demo`;
  const far = new LineProcess('device', device.replace(kRoom, room).split(' '));
  const near = new LineProcess('agent', [binary('floe'), 'agent', '--signal', room]);
  try {
    await near.line(
      ({ event, state }) => event === 'state' && state === 'connected',
      15,
      'connect',
    );
    near.write({ command: 'send', base64: kPayload });
    await near.line(
      ({ event, base64 }) => event === 'data' && base64 === kPayload,
      5,
      'hear an echo',
    );
  } catch ({ message }) {
    throw new Error([message, ...far.errors, ...near.errors].join('; '));
  } finally {
    await Promise.all([far, near].map((each) => each.stop('SIGKILL')));
  }
}

/// The emulator and its options, as the page has them.
const emulated = (device, program) => [
  ...device.split(' ').slice(0, 3),
  inTree('build/aarch64/bin', program),
];

/// Results for tests/run.
export async function crossCompiled() {
  const { blocks, device } = printed();
  const shell = ['bash', '-e', '-c', blocks.join('\n')];
  const built = await attempt(kPage, () => must(shell, { seconds: kHours }));
  if (!built.passed) return [built];
  await build('release', 'floe', 'floe-gateway');
  const floeDevice = device.replace('build/aarch64/device', 'build/aarch64/bin/floe-device');
  return withGateway(async ({ address }) => [
    built,
    await attempt('the device in C for aarch64 echoes', () => echoes(device, address)),
    await attempt('floe-device for aarch64 echoes', () => echoes(floeDevice, address)),
    ...(await unitTests(device)),
  ]);
}

async function unitTests(device) {
  await must(['cmake', '--build', '--preset', 'aarch64', '--target', ...unitPrograms], {
    seconds: kHours,
  });
  const results = [];
  for (const program of unitPrograms) {
    const { name, ...counts } = await catch2(program, emulated(device, program), { seconds: 900 });
    results.push({ name: `${name} for aarch64`, ...counts });
  }
  return results;
}
