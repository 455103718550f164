// libnice behind the stdio contract, and with SDP of its own, built for the tests.
import { must } from '../runner/shell.mjs';
import { binary, inTree } from '../runner/tree.mjs';

export const kLibnice = binary('libnice-agent');
export const kLibniceSdp = binary('libnice-sdp');

export async function buildLibnice() {
  const flags = (await must(['pkg-config', '--cflags', '--libs', 'nice', 'json-glib-1.0'])).trim();
  for (const [program, source] of [
    [kLibnice, 'libnice_agent.c'],
    [kLibniceSdp, 'libnice_sdp.c'],
  ]) {
    const file = inTree('tests/interop', source);
    await must(['cc', '-std=c11', '-O1', '-o', program, file, ...flags.split(/\s+/)]);
  }
}
