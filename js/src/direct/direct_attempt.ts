import type { ConnectOptions } from '../connect_options.js';
import type { ReceivedDatagram } from '../datagrams.js';
import { closedError, FloeError } from '../floe_error.js';
import { Deferred } from '../front/deferred.js';
import {
  answerMs,
  noAnswerError,
  outdoneError,
  pathMs,
  type Attempt,
  type AttemptListener,
  type AttemptParts,
} from '../meeting/attempt.js';
import { expectedPeers, type TransportSecurity } from '../security.js';
import type { SignalingClient, SignalingPeer } from '../signaling_client.js';
import type { PeerLeftEvent } from '../signaling_events.js';
import type { SignalingMessage } from '../signaling_message.js';
import type { DirectEnd, DirectEndMaker } from './direct_end.js';

/** A path that is not there by then comes no more: browsers go on for half a minute in vain. */
const patienceMs = 15_000;
/** Datagrams that come before the connection is there. */
const earlyMax = 64;

/** The browser's own WebRTC as the only way to a member of the room. */
export class DirectAttempt implements Attempt {
  declare readonly peer: SignalingPeer;
  declare readonly connected: Promise<void>;
  readonly transport = undefined;
  /** One packet of SCTP: the DTLS of browsers takes 1,191 bytes or more. */
  readonly maxDatagramSize = 1150;

  readonly #signaling: SignalingClient;
  readonly #parts: AttemptParts;
  readonly #options: ConnectOptions;
  readonly #newEnd: DirectEndMaker;
  #end: DirectEnd;
  readonly #connected = new Deferred<void>();
  readonly #timers: ReturnType<typeof setTimeout>[] = [];
  #listener: AttemptListener | undefined;
  #early: ReceivedDatagram[] = [];
  #security: TransportSecurity | null = null;
  #hasEnded = false;
  readonly #onLeft = ({ peer }: PeerLeftEvent): void => {
    if (peer.id === this.peer.id && !this.isUp) this.#fail(noAnswerError(peer));
  };

  constructor(parts: AttemptParts, options: ConnectOptions, newEnd: DirectEndMaker) {
    const { signaling, peer } = parts;
    this.peer = peer;
    this.connected = this.#connected.promise;
    this.#parts = parts;
    this.#signaling = signaling;
    this.#options = options;
    this.#newEnd = newEnd;
    this.#end = this.#makeEnd();
    signaling.addEventListener('peerleft', this.#onLeft);
    this.#timers.push(
      setTimeout(() => this.#fail(noAnswerError(peer)), answerMs),
      setTimeout(() => this.isUp || parts.onslow(this.#slowError()), pathMs),
      setTimeout(() => this.#fail(this.#noPathError()), patienceMs),
    );
  }

  get isUp(): boolean {
    return !this.#hasEnded && this.#end.isUp;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get reason(): string {
    return 'The peer does not answer any more.';
  }

  get security(): TransportSecurity | null {
    return this.#security;
  }

  receive(message: SignalingMessage): void {
    clearTimeout(this.#timers[0]);
    if (message.type === 'bye') this.#parts.onbye(message.reason ?? '');
    else this.#take(message);
  }

  giveWay(service: string): void {
    if (this.#security === null) this.#fail(outdoneError(this.peer, service));
  }

  listen(listener: AttemptListener): void {
    this.#listener = listener;
    for (const datagram of this.#early.splice(0)) listener.datagram(datagram);
  }

  send(data: Uint8Array): boolean {
    if (!this.isUp || data.length > this.maxDatagramSize) return false;
    return this.#end.send(data as Uint8Array<ArrayBuffer>);
  }

  whenWritable(): Promise<void> {
    return this.#end.whenWritable();
  }

  /** The end watches for silence itself. */
  isSilent(): Promise<boolean> {
    return Promise.resolve(!this.isUp);
  }

  close(farewell?: string): void {
    if (farewell !== undefined) this.#send({ type: 'bye', reason: farewell });
    this.#signaling.removeEventListener('peerleft', this.#onLeft);
    this.#fail(closedError('connection'));
  }

  #makeEnd(): DirectEnd {
    const end = this.#newEnd({
      iceServers: this.#options.iceServers as RTCIceServer[] | undefined,
      role: this.peer.role,
      fingerprints: expectedPeers(this.#options),
      signal: (message) => this.#send(message),
      datagram: (data) => this.#onDatagram({ data, component: 1 }),
      changed: () => void this.#onChange(),
    });
    void end.lost.then(() => this.#end === end && this.#fail(this.#noPathError()));
    end.offer().catch((error: unknown) => this.#fail(error));
    return end;
  }

  #take(message: SignalingMessage): void {
    if (message.type === 'description' && this.#end.isOfAnother(message)) {
      const old = this.#end;
      this.#security = null;
      this.#end = this.#makeEnd();
      old.close();
      this.#parts.onchange();
    }
    this.#end.receive(message).catch((error: unknown) => this.#fail(error));
  }

  /** Nothing comes of this attempt any more. */
  #fail(error: unknown): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#timers.forEach(clearTimeout);
    this.#end.close();
    this.#connected.reject(error);
    this.#parts.onchange();
  }

  #send(message: SignalingMessage): void {
    if (this.#signaling.state !== 'closed') this.#signaling.send(message, this.peer.id);
  }

  #onDatagram(datagram: ReceivedDatagram): void {
    if (this.#listener) this.#listener.datagram(datagram);
    else if (this.#early.length < earlyMax) this.#early.push(datagram);
  }

  async #onChange(): Promise<void> {
    const end = this.#end;
    if (end.isUp && !this.#security) {
      this.#timers.forEach(clearTimeout);
      this.#security = await end.security();
      this.#connected.resolve();
      this.#listener?.secure();
    }
    this.#parts.onchange();
  }

  #slowError(): FloeError {
    return new FloeError('TimeoutError', 'no-path-yet', `No path yet to "${this.peer.name}".`, {
      hint: 'The browser goes on looking; a TURN server in `iceServers` passes most networks.',
    });
  }

  #noPathError(): FloeError {
    const message = `The browser's WebRTC has no path to "${this.peer.name}".`;
    return new FloeError('NetworkError', 'no-path', message, {
      hint: '`direct: "prefer"` with a `gateway` passes where UDP is blocked.',
    });
  }
}
