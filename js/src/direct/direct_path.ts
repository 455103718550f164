import type { OwnBytes } from '../bytes.js';
import { Deferred } from '../front/deferred.js';
import { within } from '../front/within.js';
import type { IceServer } from '../ice_server.js';
import { Backoff } from '../meeting/backoff.js';
import type { SignalingClient } from '../signaling_client.js';
import type { DirectEnd } from './direct_end.js';
import { directEnds } from './direct_ends.js';

/** A direct path that is not there after this time will not come this time. */
const patienceMs = 10_000;
const pauseMinMs = 1_000;
const pauseMaxMs = 30_000;

export interface DirectPathParts {
  /** Joins the room as a member of its own. */
  join(): SignalingClient;
  /** The id of the peer in the room. */
  peer: string;
  iceServers?: IceServer[] | undefined;
  rtcTransport?: boolean | undefined;
  /** The SHA-256 of the certificate that the peer has shown on the other path. */
  fingerprint: string;
  datagram(data: OwnBytes): void;
  /** isUp has changed. */
  changed(): void;
}

/**
 * The direct path to a peer, beside the one through the gateway: the browser's own WebRTC, as another
 * member of the room. It is tried again and again, until close().
 */
export class DirectPath {
  readonly #parts: DirectPathParts;
  readonly #pauses = new Backoff(pauseMinMs, pauseMaxMs);
  readonly #closed = new Deferred<void>();
  #isClosed = false;
  #end: DirectEnd | undefined;

  constructor(parts: DirectPathParts) {
    this.#parts = parts;
    void this.#run();
  }

  get isUp(): boolean {
    return !this.#isClosed && this.#end !== undefined && this.#end.isUp;
  }

  /** False: too much waits, or the path is not up. */
  send(data: Uint8Array): boolean {
    return this.isUp && this.#end!.send(data as Uint8Array<ArrayBuffer>);
  }

  async whenWritable(): Promise<void> {
    await this.#end?.whenWritable();
  }

  close(): void {
    this.#isClosed = true;
    this.#closed.resolve();
  }

  async #run(): Promise<void> {
    while (!this.#isClosed) {
      // The other path serves while there is none.
      await this.#once().catch(() => {});
      const pause = new Promise((resolve) => setTimeout(resolve, this.#pauses.next()));
      await Promise.race([pause, this.#closed.promise]);
    }
  }

  /** One session, from the room to its end. */
  async #once(): Promise<void> {
    const { peer, join, changed, datagram, iceServers, fingerprint } = this.#parts;
    const newEnd = await directEnds(this.#parts);
    if (this.#isClosed) return;
    const client = join();
    const up = new Deferred<void>();
    const end: DirectEnd = newEnd({
      iceServers: iceServers as RTCIceServer[] | undefined,
      role: 'controlling', // the peer was there before
      fingerprints: [fingerprint],
      signal: (message) => client.state !== 'closed' && client.send(message, peer),
      datagram,
      changed: () => {
        if (end.isUp) up.resolve();
        changed();
      },
    });
    this.#end = end;
    client.onmessage = ({ message, from }) => {
      if (from === peer) end.receive(message).catch((error) => up.reject(error));
    };
    client.onpeerleft = ({ peer: { id } }) => id === peer && end.close();
    try {
      await client.joined;
      if (!client.peers.some(({ id }) => id === peer)) return;
      await end.offer();
      const first = Promise.race([up.promise, end.lost, this.#closed.promise]);
      await within(first, patienceMs, () => new Error('no direct path'));
      if (end.isUp) this.#pauses.reset();
      await Promise.race([end.lost, this.#closed.promise]);
    } finally {
      if (client.state === 'joined') client.send({ type: 'bye' }, peer);
      end.close();
      client.close();
      changed();
    }
  }
}
