// Where two ends meet, and who carries what between them.
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { makeCertificate } from '../netlab/certificate.mjs';
import { binary } from '../runner/tree.mjs';
import { End, until } from './end.mjs';

const kRoom = 'home';

/// The ends that meet by the servers of one gateway. A method for each way to meet takes their two kinds,
/// and resolves to the two that are to be judged.
export class Meeting {
  #ends = [];
  #servers;
  #agents;
  #folder;

  /// `servers`: {gateway, address, turn}. `agents`: {native, node}, a command each. `folder`: for files.
  constructor(servers, agents, folder) {
    this.#servers = servers;
    this.#agents = agents;
    this.#folder = folder;
  }

  stop() {
    return Promise.all(this.#ends.map((end) => end.stop('SIGKILL')));
  }

  /// By no server but that of the rooms.
  async direct([left, right]) {
    return [await this.#agent(left), await this.#end(right)];
  }

  /// The left end has only the sockets of the gateway.
  async byTunnel([left, right]) {
    const tunnel = ['--gateway', `ws://${this.#servers.address}/tunnel`];
    return [await this.#agent(left, tunnel, []), await this.#end(right)];
  }

  /// The left end has only an address of the TURN server.
  async byRelay([left, right]) {
    const [server] = this.#servers.turn;
    const relay = ['--policy', 'relay', '--turn', `turn:${server}`];
    const account = ['--turn-user', 'alice', '--turn-pass', 'secret'];
    return [await this.#agent(left, [...relay, ...account]), await this.#end(right)];
  }

  /// The right end has left, and come back with another certificate.
  async afterAnother([left, right]) {
    const stays = await this.#end(left);
    const leaves = await this.#end(right);
    const both = [stays, leaves];
    await until('both to trust', both, () => both.every(({ security }) => security?.words));
    await leaves.stop();
    stays.beginAnew();
    return [stays, await this.#end(right)];
  }

  /// Two more ends wait in the rooms of the server's choice, and hand on what they hear.
  async withMiddleman([left, right]) {
    const ends = [await this.#agent(left), await this.#end(right)];
    await this.#middleman();
    return ends;
  }

  /// The left end knows the certificate of the right one.
  async withMiddlemanAndPin([left, right]) {
    const { certificate, key } = makeCertificate(this.#folder, ['127.0.0.1']);
    const { fingerprint256 } = new X509Certificate(readFileSync(certificate));
    const ends = [
      await this.#agent(left, ['--expect-fingerprint', fingerprint256]),
      await this.#agent(right, ['--certificate', certificate, '--key', key]),
    ];
    await this.#middleman();
    return ends;
  }

  async #middleman() {
    const [one, other] = [
      await this.#agent('native', [], ['--bind', '127.0.0.1'], `${kRoom}.0`),
      await this.#agent('native', [], ['--bind', '127.0.0.1'], `${kRoom}.1`),
    ];
    for (const [from, to] of [
      [one, other],
      [other, one],
    ]) {
      from.onLine = ({ event, base64 }) =>
        event === 'data' && to.write({ command: 'send', base64 });
    }
  }

  #end(kind) {
    return kind === 'device' ? this.#device() : this.#agent(kind);
  }

  async #agent(kind, options = [], bind = ['--bind', '127.0.0.1'], room = kRoom) {
    const signal = ['--signal', this.#url(room)];
    const name = `${kind} ${this.#ends.length}`;
    const end = new End(name, [...this.#agents[kind], ...signal, ...bind, ...options]);
    return this.#joined(end);
  }

  async #device() {
    const command = [binary('floe-device'), this.#url(kRoom), '--bind', '127.0.0.1'];
    const end = new End(`device ${this.#ends.length}`, command);
    return this.#joined(end);
  }

  /// The attack knows the members by the order in which they come.
  async #joined(end) {
    const number = this.#ends.push(end) - 1;
    const is = (line) => line.event === 'member' && line.number === number;
    const dies = end.ended.then(() => {
      throw new Error(`${end.name} ended: ${end.errors.at(-1)}`);
    });
    const joins = this.#servers.gateway.line(is, 20, `take ${end.name} as a member`);
    await Promise.race([joins, dies]);
    return end;
  }

  #url(room) {
    return `ws://${this.#servers.address}/signal/${room}`;
  }
}
