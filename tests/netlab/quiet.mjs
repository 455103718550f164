// Connected agents that have nothing to say: their NATs must not forget them.
import { Round } from '../interop/round.mjs';
import { agentCommand } from './meetings.mjs';
import { kNetworkKinds } from './network_kinds.mjs';
import { serverOptions } from './servers.mjs';

const kQuietMs = 20_000; // almost three lives of a binding
const kLimitMs = 15_000;

/// In a flow's first two seconds the kernel keeps even what both ends use only as long as what one
/// end does: a binding that ends between two checks of consent comes back when those of both ends
/// happen to be close, which is another thing.
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
    command('quiet-a', 'controlling'), `${command('quiet-b', 'controlled')} --echo`, kLimitMs + kQuietMs);
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
