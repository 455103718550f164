// Outside of any simulation: kernel NATs in network namespaces, coturn as STUN server, real agents.
import { meet } from '../interop/meet.mjs';
import { startCoturn } from '../netlab/coturn.mjs';
import { Lab } from '../netlab/lab.mjs';
import { buildPrograms } from '../runner/build.mjs';
import { run as runCommand } from '../runner/shell.mjs';
import { binary } from '../runner/tree.mjs';

const kServer = 'stun:198.51.100.2';

/// What RFC 4787 calls the two kinds of NAT of the lab.
const kBehaviors = [
  { home: 'a', mapping: 'endpoint-independent', filtering: 'address-and-port-dependent' },
  { home: 'c', mapping: 'address-and-port-dependent', filtering: 'address-and-port-dependent' },
];

async function natIsRecognised(lab, { home, mapping, filtering }) {
  const name = `floe nat, ${mapping} mapping, ${filtering} filtering`;
  const { output } = await runCommand([...lab.inside(home), binary('floe'), 'nat', kServer, '--json'], { seconds: 60 });
  try {
    const found = JSON.parse(output.trim().split('\n').at(-1));
    const wrong = found.mapping !== mapping || found.filtering !== filtering;
    if (!wrong) return { name, passed: 1 };
  } catch {
    // shown below
  }
  return { name, failed: 1, why: output.trim().slice(0, 400) };
}

/// Two agents behind NATs, with server-reflexive candidates from coturn.
async function agentsMeet(lab, left, right, expected) {
  const name = `agents behind ${left} and ${right} connect over ${expected}`;
  const agent = (home, role) =>
    [...lab.inside(home), binary('floe'), 'agent', '--stun', kServer, '--role', role].join(' ');
  try {
    const met = await meet({
      left: agent(left, 'controlling'),
      right: `${agent(right, 'controlled')} --echo`,
      datagrams: 50,
    });
    console.log(`${name}: ${met.connectMs} ms`);
    return { name, passed: 1 };
  } catch (error) {
    return { name, failed: 1, why: error.message };
  }
}

export async function run() {
  await buildPrograms();
  if (process.getuid() !== 0) return [{ name: 'network namespaces', skipped: 1, why: 'they need root' }];
  const lab = new Lab();
  try {
    lab.addHome('a', 1, 'port-restricted');
    lab.addHome('b', 2, 'port-restricted');
    lab.addHome('c', 3, 'symmetric');
    await startCoturn(lab);
    const results = [];
    for (const behavior of kBehaviors) results.push(await natIsRecognised(lab, behavior));
    results.push(await agentsMeet(lab, 'a', 'b', 'their mapped addresses'));
    results.push(await agentsMeet(lab, 'b', 'a', 'their mapped addresses'));
    return results;
  } finally {
    lab.close();
  }
}
