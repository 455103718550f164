// Agents of the lab that meet: which servers they are given, and what came of a meeting.
import { Round } from '../interop/round.mjs';
import { binary } from '../runner/tree.mjs';
import { kAccess, stunUri, turnUri } from './coturn.mjs';

/// Whether agents are given TURN servers, and so meet everywhere. Until they take some, cells of the
/// matrix that need a relay are expected to stay apart.
export const kAgentsRelay = false;

const quoted = (word) => (/^[\w@%+=:,./?-]+$/.test(word) ? word : `'${word}'`);

/// What an agent in a network of this kind is told: STUN and TURN over UDP, and where UDP does not
/// pass, TURN over TCP and TLS besides.
export function serverOptions(kind, authority) {
  const families = kind.families ?? [4];
  const options = families.flatMap((family) => ['--stun', stunUri(family)]);
  if (!kAgentsRelay || kind.relays === false) return options;
  const { user, password } = kAccess.longTerm.credentials();
  const blocked = kind.router === 'udp-blocked' || kind.router === 'only-443';
  for (const transport of blocked ? ['udp', 'tcp', 'tls'] : ['udp']) {
    options.push('--turn', turnUri(transport, families[0]), '--turn-user', user, '--turn-pass', password);
  }
  return blocked ? [...options, '--tls-ca', authority] : options;
}

/// The shell command of an agent on the machine `home`.
export function agentCommand(lab, home, role, options) {
  return [...lab.inside(home), binary('floe'), 'agent', '--role', role, ...options].map(quoted).join(' ');
}

/// One meeting of two commands with a datagram each way, for which `right` must echo. Resolves to
/// {ms, kinds: [left's candidate, right's candidate]}, with {why} if anything went wrong after they
/// had connected, and to {why} alone when they stay apart.
export async function meetOnce(left, right, timeoutMs) {
  const round = new Round(left, right, timeoutMs);
  const run = {};
  try {
    run.ms = await round.connect();
    await round.exchange(1);
    run.kinds = [round.left.pair.local, round.right.pair.local].map(kindOf);
    await round.close();
    return run;
  } catch (error) {
    return { ...run, why: round.explain(error.message) };
  } finally {
    round.destroy();
  }
}

const kindOf = ({ type, relayProtocol }) => (relayProtocol ? `${type}/${relayProtocol}` : type);

/// Works on `tasks` (functions), `width` at a time.
export async function inParallel(tasks, width) {
  const waiting = [...tasks];
  const worker = async () => {
    while (waiting.length > 0) await waiting.shift()();
  };
  await Promise.all(Array.from({ length: width }, worker));
}
