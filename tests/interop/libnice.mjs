// libnice behind the stdio contract, built for the tests.
import { must } from '../runner/shell.mjs';
import { binary, inTree } from '../runner/tree.mjs';

export const kLibnice = binary('libnice-agent');

export async function buildLibnice() {
  const flags = (await must(['pkg-config', '--cflags', '--libs', 'nice', 'json-glib-1.0'])).trim();
  const source = inTree('tests/interop/libnice_agent.c');
  await must(['cc', '-std=c11', '-O1', '-o', kLibnice, source, ...flags.split(/\s+/)]);
}
