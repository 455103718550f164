import type { OwnBytes } from '../bytes.js';
import type { ConnectOptions } from '../connect_options.js';
import type { DirectPath } from '../direct/direct_path.js';
import { SignalingClient } from '../signaling_client.js';
import type { Attempt } from './attempt.js';
import { hasWebrtc } from './direct_source.js';

export interface DirectWayEvents {
  datagram(data: OwnBytes): void;
  /** isUp has changed. */
  changed(): void;
}

/** The direct way to the peer, by the browser's own WebRTC, where there is one and it is wanted. */
export class DirectWay {
  readonly #options: ConnectOptions;
  readonly #events: DirectWayEvents;
  #path: DirectPath | undefined;
  #attempt: Attempt | undefined;
  #isUp = false;

  constructor(options: ConnectOptions, events: DirectWayEvents) {
    this.#options = options;
    this.#events = events;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  send(data: Uint8Array): boolean {
    return this.#path?.send(data) ?? false;
  }

  async whenWritable(): Promise<void> {
    await this.#path?.whenWritable();
  }

  /** Looks for a direct way to the peer of this attempt. Its script is loaded now. */
  async follow(attempt: Attempt): Promise<void> {
    const isSame = this.#attempt?.peer.id === attempt.peer.id;
    this.#attempt = attempt;
    if (isSame || !this.#isWanted(attempt)) return;
    this.close();
    this.#attempt = attempt;
    const script = await import('#direct').catch(() => undefined);
    if (!script || this.#attempt !== attempt) return;
    const { iceServers, rtcTransport } = this.#options;
    this.#path = new script.DirectPath({
      join: () => this.#join(),
      peer: attempt.peer.id,
      iceServers,
      rtcTransport,
      // Who could put itself between the ends of one path cannot do so on the other.
      fingerprint: attempt.security!.peerFingerprint,
      datagram: (data) => this.#events.datagram(data),
      changed: () => this.#look(),
    });
  }

  close(): void {
    this.#attempt = undefined;
    this.#path?.close();
    this.#path = undefined;
    this.#look();
  }

  #isWanted({ transport, security }: Attempt): boolean {
    const isWanted = this.#options.direct === 'prefer' && hasWebrtc(this.#options);
    return isWanted && security !== null && (transport?.agent.channelPort ?? 0) > 0;
  }

  /** Another member of the room, since the direct way is another session with the peer. */
  #join(): SignalingClient {
    const { signaling, room, name, token, WebSocket, log, worker } = this.#options;
    const url = signaling instanceof SignalingClient ? signaling.url : signaling;
    return new SignalingClient(url, { room, name, token, WebSocket, log, worker });
  }

  #look(): void {
    const isUp = this.#path?.isUp ?? false;
    if (isUp === this.#isUp) return;
    this.#isUp = isUp;
    this.#events.changed();
  }
}
