// What two ends say of whoever stands between them: {code, message}, or null when they notice nobody.
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from './end.mjs';

const kDatagrams = 8;
const kQuietMs = 150;
const kCounters = ['replayed', 'forged', 'truncated'];

/// One of them refuses the other, or both trust each other and have the words.
export async function refusal(ends) {
  const refused = () => ends.map((end) => end.refusal).find(Boolean);
  const trust = () => ends.every(({ security }) => security?.words);
  await until('an end to refuse the other, or both to trust', ends, () => refused() || trust());
  return refused() ?? null;
}

/// As refusal(), of ends that trust each other, when one of them restarts ICE.
export async function refusalLater(ends) {
  const early = await refusal(ends);
  if (early) throw new Error(`too early: ${early.message}`);
  const pairs = () => ends.map(({ lines }) => lines.filter(isPair).length);
  await until('both to have a path', ends, () => pairs().every((count) => count > 0));
  const before = pairs();
  ends[0].write({ command: 'restart' });
  const refused = () => ends.map((end) => end.refusal).find(Boolean);
  const restarted = () =>
    pairs().every((count, which) => count > before[which]) && ends.every((end) => end.isConnected);
  await until('an end to refuse, or both to restart', ends, () => refused() || restarted());
  return refused() ?? null;
}

const isPair = ({ event }) => event === 'selected-pair';

/// They find no path, and one of them says why; or both trust each other.
export async function noPath(ends) {
  const why = () => ends.flatMap(({ errors }) => errors).find((line) => /No path yet/.test(line));
  const trust = () => ends.every(({ security }) => security);
  await until('an end to say why there is no path, or both to trust', ends, () => why() || trust());
  return why() ? { code: 'no-path-yet', message: why() } : null;
}

/// The four words that people compare differ.
export async function words(ends) {
  await until('both to have words', ends, () => ends.every(({ security }) => security?.words));
  const [left, right] = ends.map(({ security }) => security);
  if (left.words === right.words) return null;
  return { code: 'words', message: `"${left.words}" and "${right.words}"` };
}

/// Both send; nothing may arrive changed or twice, and neither connection may end. The code is the
/// counter that says why records were discarded, at both ends.
export async function discarded(ends) {
  await until('both to connect', ends, () => ends.every((end) => end.isConnected));
  const sent = ends.map(({ name }) =>
    Array.from({ length: kDatagrams }, (_, i) => `datagram ${i} of ${name}`),
  );
  for (let i = 0; i < kDatagrams; ++i) {
    ends.forEach((end, which) => end.send(sent[which][i]));
    await sleep(5);
  }
  await sleep(kQuietMs);
  const [left, right] = ends;
  judgeData(left, sent[1]);
  judgeData(right, sent[0]);
  const counted = await Promise.all(ends.map((end) => end.discarded()));
  const code = kCounters.find((key) => counted.every((one) => one[key] > 0));
  const arrived = `${left.received.length} and ${right.received.length} of ${kDatagrams} arrived`;
  if (code) return { code, message: `${arrived}; ${counted.map((one) => one[code])} discarded` };
  if (ends.some(({ received }) => received.length < kDatagrams)) throw new Error(arrived);
  return null;
}

/// Some have come, each as it was sent, and each once.
function judgeData(end, sent) {
  const { received, name } = end;
  if (!end.isConnected) throw new Error(`${name} is ${end.state}`);
  if (received.length === 0) throw new Error(`nothing arrived at ${name}`);
  const changed = received.find((text) => !sent.includes(text));
  if (changed) throw new Error(`${name} got what nobody sent: ${changed}`);
  if (new Set(received).size < received.length) throw new Error(`${name} got a datagram twice`);
}
