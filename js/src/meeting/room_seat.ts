import { closedError } from '../floe_error.js';
import type { FloeErrorEvent } from '../events.js';
import { Deferred } from '../front/deferred.js';
import { unreachableError } from '../front/refusal.js';
import { SignalingClient, type SignalingOptions, type SignalingPeer } from '../signaling_client.js';
import { within } from '../front/within.js';

/** A server that does not let this end in for so long is not there; two more seconds tell why. */
const patienceMs = 5_000;

/** Which members of a room may be the peer. */
export interface Wanted {
  /** Of this name; undefined: of any. */
  name?: string | undefined;
  /** One that offers this service, or does not say what it offers; undefined: any. */
  service?: string | undefined;
}

/**
 * The place of a connection in its room, and which of the other members to try next: those that
 * were not tried yet first; among them those that offer what is sought; in the order in which they
 * joined.
 */
export class RoomSeat {
  readonly client: SignalingClient;
  readonly #isOwn: boolean;
  readonly #wanted: Wanted;
  readonly #failed = new Set<string>();

  constructor(source: SignalingClient | string | URL, options: SignalingOptions, wanted: Wanted) {
    this.#isOwn = !(source instanceof SignalingClient);
    this.client = source instanceof SignalingClient ? source : new SignalingClient(source, options);
    this.#wanted = wanted;
  }

  /** Resolves when this end is in the room; rejects when the server does not let it in. */
  async joined(): Promise<void> {
    const { client } = this;
    if (client.state === 'joined') return;
    if (client.state === 'closed') throw client.error ?? closedError('signalling client');
    client.retry();
    const joined = new Deferred<void>();
    const onState = (): void => {
      if (client.state === 'joined') joined.resolve();
      if (client.state === 'closed')
        joined.reject(client.error ?? closedError('signalling client'));
    };
    // The server has answered: to wait would not mend it before long.
    const onError = ({ error }: FloeErrorEvent): void => joined.reject(error);
    client.addEventListener('statechange', onState);
    client.addEventListener('error', onError);
    const late = new Error();
    try {
      await within(joined.promise, patienceMs, () => late);
    } catch (error) {
      throw error === late ? await unreachableError(client.url) : error;
    } finally {
      client.removeEventListener('statechange', onState);
      client.removeEventListener('error', onError);
    }
  }

  /** The member to try now, if there is one. */
  candidate(): SignalingPeer | undefined {
    const wanted = this.#candidates();
    return wanted.find(({ id }) => !this.#failed.has(id)) ?? wanted[0];
  }

  /** Whether a member is there that has not failed. */
  hasFresh(): boolean {
    return this.#candidates().some(({ id }) => !this.#failed.has(id));
  }

  /** Whether a member that has not failed comes before this one: it says that it offers what is sought. */
  hasBetter(peer: SignalingPeer): boolean {
    const first = this.candidate();
    return first !== undefined && this.#offers(first) && !this.#offers(peer);
  }

  /** Those that offer what is sought come first. */
  #candidates(): SignalingPeer[] {
    const { name, service } = this.#wanted;
    const may = (peer: SignalingPeer): boolean =>
      (name === undefined || peer.name === name) &&
      (service === undefined || !peer.offers[0] || this.#offers(peer));
    const rank = (peer: SignalingPeer): number => Number(this.#offers(peer));
    return this.client.peers.filter(may).sort((a, b) => rank(b) - rank(a));
  }

  #offers({ offers }: SignalingPeer): boolean {
    return offers.includes(this.#wanted.service!);
  }

  isPresent(peer: SignalingPeer): boolean {
    return this.client.peers.some(({ id }) => id === peer.id);
  }

  /** The member did not answer, or no path to it works: others come first. */
  setAside({ id }: SignalingPeer): void {
    this.#failed.add(id);
  }

  /** All members are as good as new. */
  forgive(): void {
    this.#failed.clear();
  }

  /** Leaves the room, when the client was made here. */
  leave(): void {
    if (this.#isOwn) this.client.close();
  }
}
