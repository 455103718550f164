// Work of which each part needs one core.
import { availableParallelism } from 'node:os';

/// Calls `work` for each of `items`, as many at a time as there are cores; resolves to the results in
/// the order of `items`.
export async function sideBySide(items, work) {
  const results = new Array(items.length);
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index]);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return results;
}
