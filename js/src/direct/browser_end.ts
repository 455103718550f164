import type { OwnBytes } from '../bytes.js';
import { Deferred } from '../front/deferred.js';
import { fromSdp } from '../sdp/from_sdp.js';
import { toSdp } from '../sdp/to_sdp.js';
import type { DescriptionMessage, DtlsParameters, SignalingMessage } from '../signaling_message.js';

/** PROTOCOL.md, section 1.5: the messages of such a channel are datagrams. */
const datagramProtocol = 'floe.datagram.1';
/** What waits in the channel, in bytes: more would come too late. */
const waitingMax = 64 << 10;
/** How often the traffic is looked at. */
const lookMs = 250;
/** What was sent is acknowledged within this time, or the path is in doubt. */
const acknowledgedMs = 1_000;

export interface BrowserEndOptions {
  iceServers?: RTCIceServer[] | undefined;
  /** The SHA-256 that the peer's certificate must have. */
  fingerprint: string;
  /** Takes a message for the peer. */
  signal(message: SignalingMessage): unknown;
  datagram(data: OwnBytes): void;
  /** isUp has changed. */
  changed(): void;
}

/** The browser's own WebRTC as an end that speaks floe.signal.1, and carries datagrams. */
export class BrowserEnd {
  readonly #options: BrowserEndOptions;
  readonly #pc: RTCPeerConnection;
  readonly #channel: RTCDataChannel;
  readonly #lost = new Deferred<void>();
  #early: RTCIceCandidateInit[] = [];
  #peerUfrag: string | undefined;
  #wasUp = false;
  readonly #watch: ReturnType<typeof setInterval>;
  #received = 0;
  #sentWhenHeard = 0;
  #heardAt = 0;
  #isInDoubt = false;

  constructor(options: BrowserEndOptions) {
    this.#options = options;
    this.#pc = new RTCPeerConnection({ iceServers: options.iceServers ?? [] });
    this.#channel = this.#pc.createDataChannel('datagrams', {
      protocol: datagramProtocol,
      ordered: false,
      maxRetransmits: 0,
    });
    this.#channel.binaryType = 'arraybuffer';
    this.#channel.onopen = () => this.#look();
    this.#channel.onclose = () => this.#lost.resolve();
    this.#channel.onmessage = ({ data }) => options.datagram(new Uint8Array(data));
    this.#pc.onconnectionstatechange = () => this.#look();
    this.#watch = setInterval(() => void this.#lookAtTraffic(), lookMs);
    this.#pc.onicecandidate = ({ candidate }) => this.#signalCandidate(candidate);
  }

  /** Resolves when nothing comes of this end any more. */
  get lost(): Promise<void> {
    return this.#lost.promise;
  }

  get isUp(): boolean {
    const isOpen = this.#channel.readyState === 'open' && this.#pc.connectionState === 'connected';
    return isOpen && !this.#isInDoubt;
  }

  /** Describes this end to the peer. */
  async offer(): Promise<void> {
    await this.#pc.setLocalDescription();
    for (const message of fromSdp(this.#pc.localDescription!.sdp)) this.#options.signal(message);
  }

  send(data: Uint8Array<ArrayBuffer>): boolean {
    if (this.#channel.bufferedAmount + data.length > waitingMax) return false;
    this.#channel.send(data);
    return true;
  }

  /** Resolves when send() takes something, or this end is lost. */
  whenWritable(): Promise<void> {
    const low = new Deferred<void>();
    this.#channel.bufferedAmountLowThreshold = waitingMax / 2;
    this.#channel.addEventListener('bufferedamountlow', () => low.resolve(), { once: true });
    return Promise.race([low.promise, this.lost]);
  }

  /** Takes a message of the peer. */
  async receive(message: SignalingMessage): Promise<void> {
    if (message.type === 'description') await this.#describe(message);
    else if (message.type === 'bye') this.#lost.resolve();
    else if (message.type === 'candidate') await this.#add(message);
  }

  close(): void {
    clearInterval(this.#watch);
    this.#pc.close();
    this.#lost.resolve();
  }

  async #describe(message: DescriptionMessage): Promise<void> {
    const { usernameFragment } = message;
    if (usernameFragment === this.#peerUfrag) return; // a repetition
    // The peer has restarted. Another end is the simpler way than another round of offer and answer.
    if (this.#peerUfrag !== undefined) return this.#lost.resolve();
    this.#peerUfrag = usernameFragment;
    const answer = { ...message, dtls: this.#answerOf(message.dtls) };
    await this.#pc.setRemoteDescription({ type: 'answer', sdp: toSdp(answer, { type: 'answer' }) });
    for (const candidate of this.#early.splice(0)) await this.#add(candidate);
  }

  async #add({ candidate, sdpMid }: RTCIceCandidateInit): Promise<void> {
    const init = { candidate: candidate ?? '', sdpMid: sdpMid ?? '0' };
    if (!this.#pc.remoteDescription) this.#early.push(init);
    // One that the browser cannot use is no reason to give up the others.
    else await this.#pc.addIceCandidate(init).catch(() => {});
  }

  /** Both ends have offered: PROTOCOL.md, section 1.4, says who begins. A browser has no id. */
  #answerOf(dtls: DtlsParameters | null | undefined): DtlsParameters {
    const expected = { algorithm: 'sha-256', value: this.#options.fingerprint };
    const { setup = 'actpass' } = dtls ?? {};
    return { setup: setup === 'actpass' ? 'passive' : setup, fingerprints: [expected] };
  }

  #signalCandidate(candidate: RTCIceCandidate | null): void {
    const usernameFragment = candidate?.usernameFragment;
    if (!usernameFragment) return;
    const init = { candidate: candidate.candidate, sdpMid: candidate.sdpMid };
    if (init.candidate) this.#options.signal({ type: 'candidate', usernameFragment, ...init });
  }

  /** SCTP acknowledges what comes: silence after something was sent is no good sign. */
  async #lookAtTraffic(): Promise<void> {
    if (!this.#wasUp && !this.#isInDoubt) return;
    let [sent, received] = [0, 0];
    for (const stats of (await this.#pc.getStats()).values()) {
      if (stats.type !== 'candidate-pair') continue;
      sent += stats.bytesSent ?? 0;
      received += (stats.bytesReceived ?? 0) + (stats.responsesReceived ?? 0);
    }
    const now = performance.now();
    const hasHeard = received !== this.#received;
    if (hasHeard || sent === this.#sentWhenHeard) {
      this.#received = received;
      this.#sentWhenHeard = sent;
      this.#heardAt = now;
    }
    if (hasHeard) this.#isInDoubt = false;
    else if (now - this.#heardAt > acknowledgedMs) this.#isInDoubt = true;
    this.#look();
  }

  #look(): void {
    const { connectionState } = this.#pc;
    if (connectionState === 'failed' || connectionState === 'closed') this.#lost.resolve();
    // The browser's own checks are slower to doubt, and say when they are answered again.
    if (connectionState === 'disconnected') this.#isInDoubt = true;
    if (this.isUp === this.#wasUp) return;
    this.#wasUp = this.isUp;
    this.#options.changed();
  }
}
