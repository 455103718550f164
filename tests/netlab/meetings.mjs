// Agents of the lab that meet, and what came of it.
import { Round } from '../interop/round.mjs';
import { binary } from '../runner/tree.mjs';

const kRepeats = 20; // of a datagram, where a third may be lost on the way there and back

const quoted = (word) => (/^[\w@%+=:,./?-]+$/.test(word) ? word : `'${word}'`);

/// The shell command that runs `words` on the machine `home`.
export const commandOn = (lab, home, words) => [...lab.inside(home), ...words].map(quoted).join(' ');

export const agentCommand = (lab, home, role, options) =>
  commandOn(lab, home, [binary('floe'), 'agent', '--role', role, ...options]);

/// One meeting of two commands with a datagram each way, for which `right` must echo. Resolves to
/// {ms, kinds: [left's candidate, right's candidate]}, with {why} if anything went wrong after they
/// had connected, and to {why} alone when they stay apart.
export async function meetOnce(left, right, timeoutMs) {
  const round = new Round(left, right, timeoutMs);
  const run = {};
  try {
    run.ms = await round.connect();
    await round.exchange(1, kRepeats);
    run.kinds = [round.left.pair.local, round.right.pair.local].map(kindOf);
    await round.close();
    return run;
  } catch (error) {
    return { ...run, why: round.explain(error.message) };
  } finally {
    round.destroy();
  }
}

const kindOf = ({ type, relayProtocol = 'udp' }) => (type === 'relay' ? `${type}/${relayProtocol}` : type);

/// Works on `tasks` (functions), `width` at a time.
export async function inParallel(tasks, width) {
  const waiting = [...tasks];
  const worker = async () => {
    while (waiting.length > 0) await waiting.shift()();
  };
  await Promise.all(Array.from({ length: width }, worker));
}
