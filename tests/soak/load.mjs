// Clients with tokens and their peers, in the program floe-soak-load.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { until } from '../operating/operated.mjs';
import { binary } from '../runner/tree.mjs';
import { Conversation } from './conversation.mjs';
import { tokenFor } from './token.mjs';
import { kPeerIp } from './world.mjs';

export class Load {
  #conversation;
  #tokens;
  #staying;

  /// `options` are keys of load/plan.cc.
  constructor(world, { clients, scheme = 'ws', ...options }) {
    this.clients = clients;
    // Those who leave and come again are away for some of the time.
    this.#staying = clients - (options.leaver ? Math.ceil(clients / options.leaver) : 0);
    this.#tokens = path.join(world.folder, 'tokens');
    this.#writeTokens();
    const words = {
      urls: world.urls(scheme).join(','),
      tokens: this.#tokens,
      peer_ip: kPeerIp,
      clients,
      ...options,
    };
    this.#conversation = new Conversation([
      ...world.inside('world'),
      binary('floe-soak-load'),
      ...Object.entries(words).map(([key, value]) => `${key}=${value}`),
    ]);
  }

  /// Tokens have little time to be used; those who come back need fresh ones.
  async renewTokens() {
    this.#writeTokens();
    await this.#conversation.ask('tokens');
  }

  #writeTokens() {
    const tokens = Array.from({ length: this.clients }, (_, client) =>
      tokenFor(`client-${client}`),
    );
    writeFileSync(this.#tokens, `${tokens.join('\n')}\n`);
  }

  get pid() {
    return this.#conversation.pid;
  }

  report = () => this.#conversation.ask('report');
  quiet = () => this.#conversation.ask('quiet');
  loud = () => this.#conversation.ask('loud');

  /// Until `share` of those that stay have a peer's consent. Resolves to the milliseconds that took.
  async allOpen(share = 1, seconds = 180) {
    const began = performance.now();
    let open = 0;
    const isEnough = async () => (open = (await this.report()).open) >= share * this.#staying;
    await until('clients are open', isEnough, seconds).catch((error) => {
      throw new Error(`${error.message}: ${open} of ${this.#staying}`);
    });
    return performance.now() - began;
  }

  end = () => this.#conversation.end();
}
