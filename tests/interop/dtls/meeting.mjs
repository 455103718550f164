// One association between our end and another one, each a process (end.h), with a forwarder between
// them.
import assert from 'node:assert/strict';
import { LineProcess } from '../../../demo/runner/process.mjs';
import { Forwarder, passesAll } from './forwarder.mjs';

const kSeconds = 8; // for each thing that is waited for

export class Meeting {
  /// `ours` and `theirs` are commands without a role; `role` is ours.
  constructor({ ours, theirs, role, fate = passesAll }) {
    const isClient = role === 'client';
    this.ours = new LineProcess('ours', [...ours, role]);
    this.theirs = new LineProcess('theirs', [...theirs, isClient ? 'server' : 'client']);
    this.client = isClient ? this.ours : this.theirs;
    this.server = isClient ? this.theirs : this.ours;
    this.fate = fate;
  }

  /// Tells each the fingerprint of the other; `byOurs` and `byTheirs` are what they are told instead.
  async begin(fingerprint, { byOurs, byTheirs } = {}) {
    const [ours, theirs] = await this.#both('ready');
    this.library = theirs.library;
    this.fingerprints = { ours: ours.fingerprint, theirs: fingerprint };
    const port = (end) => (end === this.ours ? ours : theirs).port;
    this.path = await Forwarder.between(port(this.client), port(this.server), this.fate);
    for (const end of [this.server, this.client]) {
      const { portForClient, portForServer } = this.path;
      const expected = end === this.ours ? (byOurs ?? fingerprint) : (byTheirs ?? ours.fingerprint);
      this.#order(end, `${end === this.client ? portForClient : portForServer} ${expected}`);
    }
  }

  /// Both are secured and mean the same. From then on the path is good.
  async secure() {
    const [ours, theirs] = await this.#both('secured');
    this.path.becomeGood();
    assert.equal(ours.peer, this.fingerprints.theirs, 'the fingerprint that ours sees');
    assert.equal(theirs.peer, this.fingerprints.ours, 'the fingerprint that theirs sees');
    assert.match(ours.keys, /^[0-9A-F]{120}$/);
    assert.equal(ours.keys, theirs.keys, 'exported keying material');
    assert.equal(ours.srtp, theirs.srtp, 'profile of SRTP');
    return ours;
  }

  /// Texts of so many bytes, one each way.
  async exchange(size) {
    await this.tell(this.client, this.server, 'c'.repeat(size));
    await this.tell(this.server, this.client, 's'.repeat(size));
  }

  async tell(from, to, text) {
    this.send(from, text);
    await this.#event(to, 'data', (line) => line.text === text);
  }

  send(from, text) {
    this.#order(from, `send ${text}`);
  }

  /// The other end is told. So is theirs, by our answer; ours reports nothing after its own close.
  async close(closer) {
    this.#order(closer === 'ours' ? this.ours : this.theirs, 'close');
    await this.#event(this.theirs, 'closed');
    if (closer === 'theirs') await this.#event(this.ours, 'closed');
    const { forged, truncated } = await this.#event(this.ours, 'counters');
    assert.equal(forged + truncated, 0, `ours discarded ${forged} and ${truncated} records`);
  }

  /// What each says of its failure; neither may be secured.
  async fail() {
    const judged = ({ event }) => event === 'failed' || event === 'secured';
    const [ours, theirs] = await Promise.all(
      [this.ours, this.theirs].map((end) => end.line(judged, kSeconds, 'fail')),
    );
    assert.equal(ours.event, 'failed', 'ours was secured');
    assert.equal(theirs.event, 'failed', 'theirs was secured');
    return { ours, theirs };
  }

  async end() {
    await Promise.all([this.ours, this.theirs].map((end) => end.stop('SIGKILL')));
    this.path?.close();
  }

  #order(end, line) {
    end.child.stdin.write(`${line}\n`);
  }

  #both(event) {
    return Promise.all([this.#event(this.ours, event), this.#event(this.theirs, event)]);
  }

  /// An end that fails instead says why.
  async #event(end, event, isIt = () => true) {
    const matches = (line) => line.event === 'failed' || (line.event === event && isIt(line));
    const line = await end.line(matches, kSeconds, `say "${event}"`);
    if (line.event !== event) throw new Error(`${end.name}: ${line.message}`);
    return line;
  }
}
