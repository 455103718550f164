// Agents of the lab that meet, and what came of it.
import { Round } from '../interop/round.mjs';
import { binary } from '../runner/tree.mjs';

const kRepeats = 20; // sends of a datagram, since a third may be lost on the way there and back
const kTakeoverMs = 10_000;

const quoted = (word) => (/^[\w@%+=:,./?-]+$/.test(word) ? word : `'${word}'`);

/// The shell command that runs `words` on the machine `home`.
export const commandOn = (lab, home, words) =>
  [...lab.inside(home), ...words].map(quoted).join(' ');

export const agentCommand = (lab, home, role, options) =>
  commandOn(lab, home, [binary('floe'), 'agent', '--role', role, ...options]);

/// One meeting of two commands with a datagram each way, for which `right` must echo. Resolves to
/// {ms, kinds: [left's candidate, right's candidate], relayed}, with {why} if anything went wrong
/// after they had connected, and to {why} alone when they do not connect. With `direct`, a relay may
/// connect first where datagrams are lost; the agents then get time to change to the direct path.
export async function meetOnce(left, right, timeoutMs, { direct = false } = {}) {
  const round = new Round(left, right, timeoutMs);
  const run = {};
  try {
    run.ms = await round.connect();
    await round.exchange(1, kRepeats);
    Object.assign(run, pathsOf(round));
    for (let waited = 0; direct && isRelayed(run) && waited < kTakeoverMs; waited += 100) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      Object.assign(run, pathsOf(round));
    }
    await round.close();
    return run;
  } catch (error) {
    return { ...run, why: round.explain(error.message) };
  } finally {
    round.destroy();
  }
}

/// Whether a relay is on the way, in either direction.
export const isRelayed = ({ relayed }) => relayed;

/// For a moment each end may send through the other's relay, and then no local candidate is relayed.
const pathsOf = ({ left, right }) => ({
  kinds: [left.pair.local, right.pair.local].map(kindOf),
  relayed: [left.pair, right.pair].some(({ local, remote }) =>
    [local, remote].some(({ type }) => type === 'relay'),
  ),
});

const kindOf = ({ type, relayProtocol = 'udp' }) =>
  type === 'relay' ? `${type}/${relayProtocol}` : type;

/// Works on `tasks` (functions), `width` at a time.
export async function inParallel(tasks, width) {
  const waiting = [...tasks];
  const worker = async () => {
    while (waiting.length > 0) await waiting.shift()();
  };
  await Promise.all(Array.from({ length: width }, worker));
}
