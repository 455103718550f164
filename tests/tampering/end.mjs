// An end of a connection: `floe agent` in a room, native or of the npm package, or floe-device.
import { LineProcess } from '../../demo/runner/process.mjs';

const kSeconds = 20;

export class End extends LineProcess {
  #statsId = 0;

  /// The last state of ICE that it told.
  get state() {
    return this.lines.findLast(({ event }) => event === 'state')?.state ?? 'new';
  }

  get isConnected() {
    return this.state === 'connected' || this.state === 'completed';
  }

  /// What it knows of its peer; the words may be missing yet.
  get security() {
    return this.lines.findLast(({ event }) => event === 'secure');
  }

  /// Why it does not trust its peer: {code, message}. A device writes it to its log.
  get refusal() {
    const text = this.errors.find((line) => / (error|warning) +dtls/i.test(line));
    const error = this.lines.find(({ event }) => event === 'error');
    return error ?? (text && { code: 'log', message: text });
  }

  /// The datagrams that arrived.
  get received() {
    return this.lines
      .filter(({ event }) => event === 'data')
      .map(({ base64 }) => Buffer.from(base64, 'base64').toString());
  }

  send(text) {
    this.write({ command: 'send', base64: Buffer.from(text).toString('base64') });
  }

  /// The records that it has discarded: {replayed, forged, truncated}.
  async discarded() {
    const id = ++this.#statsId;
    this.write({ command: 'stats', id });
    const told = await this.line((line) => line.event === 'stats' && line.id === id, 5, 'count');
    const transport = told.report.find(({ type }) => type === 'transport');
    return {
      replayed: transport.dtlsRecordsReplayed,
      forged: transport.dtlsRecordsForged,
      truncated: transport.dtlsRecordsTruncated,
    };
  }

  /// Forgets what it has said so far.
  beginAnew() {
    this.lines.length = 0;
    this.errors.length = 0;
  }
}

/// Resolves when `holds()`; it rejects with what the ends said last.
export async function until(what, ends, holds) {
  for (let i = 0; i < kSeconds * 50; ++i) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const said = ends.map(({ name, state, lines, errors }) => {
    return `${name} ${state} ${JSON.stringify(lines.at(-1))} ${errors.at(-1) ?? ''}`;
  });
  throw new Error(`${what}: not within ${kSeconds} s; ${said.join('; ')}`);
}
