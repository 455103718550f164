import { closedError, FloeError } from '../floe_error.js';
import type { FloeErrorEvent } from '../events.js';
import { Deferred } from '../front/deferred.js';
import { answersRequests, refusalHint } from '../front/refusal.js';
import { SignalingClient, type SignalingOptions, type SignalingPeer } from '../signaling_client.js';
import { within } from '../front/within.js';

/** A server that does not let this end in for so long is not there; two more seconds tell why. */
const patienceMs = 6_000;

/**
 * The place of a connection in its room, and which of the other members to try next: those that
 * were not tried yet first, in the order in which they joined.
 */
export class RoomSeat {
  readonly client: SignalingClient;
  readonly #isOwn: boolean;
  readonly #isWanted: (peer: SignalingPeer) => boolean;
  readonly #failed = new Set<string>();

  constructor(
    source: SignalingClient | string | URL,
    options: SignalingOptions,
    isWanted: (peer: SignalingPeer) => boolean,
  ) {
    this.#isOwn = !(source instanceof SignalingClient);
    this.client = source instanceof SignalingClient ? source : new SignalingClient(source, options);
    this.#isWanted = isWanted;
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
    const wanted = this.client.peers.filter(this.#isWanted);
    return wanted.find(({ id }) => !this.#failed.has(id)) ?? wanted[0];
  }

  /** Whether a member is there that has not failed. */
  hasFresh(): boolean {
    return this.client.peers.some((peer) => this.#isWanted(peer) && !this.#failed.has(peer.id));
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

async function unreachableError(url: string): Promise<FloeError> {
  if (await answersRequests(url)) {
    const message = `The signalling server at ${url} answers, and does not let this end in.`;
    return new FloeError('NetworkError', 'signaling-refused', message, { hint: refusalHint() });
  }
  const message = `No answer from a signalling server at ${url}.`;
  return new FloeError('NetworkError', 'signaling-unreachable', message, {
    hint: 'Check the URL, and that the server runs.',
  });
}
