// Two agents meet and then say nothing but what keeps them connected. After that time datagrams
// must still arrive.
import { setTimeout as sleep } from 'node:timers/promises';
import { Round } from './round.mjs';

const kDatagrams = 10;

/// Throws with a plain reason when one of them loses the other within `seconds`.
export async function stay({ left, right, seconds }) {
  const round = new Round(left, right, (seconds + 20) * 1000);
  try {
    await round.connect();
    const until = performance.now() + seconds * 1000;
    while (performance.now() < until) {
      await sleep(500);
      for (const agent of [round.left, round.right]) {
        if (!agent.connected) throw new Error(`${agent.name} became ${agent.state}`);
      }
    }
    await round.exchange(kDatagrams);
    await round.close();
  } catch (error) {
    throw new Error(round.explain(error.message), { cause: error });
  } finally {
    round.destroy();
  }
}
