// Connected agents that have nothing to say: their NATs must not forget them.
import { Round } from '../interop/round.mjs';
import { agentCommand } from './meetings.mjs';
import { kNetworkKinds } from './network_kinds.mjs';
import { serverOptions } from './servers.mjs';

const kQuietMs = 20_000; // almost three lives of a binding
const kLimitMs = 15_000;

/// Both lifetimes are equal: in the first two seconds of a flow, the kernel uses the shorter lifetime
/// even when both ends send. A binding that expires between two consent checks would come back when
/// the checks of both ends happen close together, which is not the case to test here.
const kShortBindings = { ...kNetworkKinds['short bindings'], bindingSeconds: [7, 7] };

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/// One result for tests/run; homes of these numbers.
export async function keepsBindings(lab, first) {
  const kind = kShortBindings;
  const name = `bindings of ${kind.bindingSeconds[1]} s last through ${kQuietMs / 1000} s without data`;
  lab.addHome('quiet-a', first, kind);
  lab.addHome('quiet-b', first + 1, kind);
  const command = (home, role) => agentCommand(lab, home, role, serverOptions(kind));
  const round = new Round(
    command('quiet-a', 'controlling'),
    `${command('quiet-b', 'controlled')} --echo`,
    kLimitMs + kQuietMs,
  );
  try {
    await round.connect();
    await sleep(kQuietMs);
    await round.exchange(10);
    await round.close();
    return { name, passed: 1 };
  } catch (error) {
    return { name, failed: 1, why: round.explain(error.message) };
  } finally {
    round.destroy();
  }
}
