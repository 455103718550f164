import { FloeError } from '../floe_error.js';
import { Deferred } from '../front/deferred.js';
import { fromSdp } from '../sdp/from_sdp.js';
import { toSdp } from '../sdp/to_sdp.js';
import type { TransportSecurity } from '../security.js';
import type { DescriptionMessage, SignalingMessage } from '../signaling_message.js';
import type { DirectEnd, DirectEndOptions } from './direct_end.js';
import { isAnother, setupOf, shownFingerprint } from './peer_certificate.js';

/** PROTOCOL.md, section 1.5: the messages of such a channel are datagrams. */
const datagramProtocol = 'floe.datagram.1';
/** What waits in the channel, in bytes: more would come too late. */
const waitingMax = 64 << 10;
const lowMark = waitingMax / 2;
/** Candidates of the peer that wait for its description. */
const earlyMax = 64;
/** How often the traffic is looked at. */
const lookMs = 250;
/** What was sent is acknowledged within this time, or the path is in doubt. */
const acknowledgedMs = 1_000;

/** The browser's own WebRTC as an end that speaks floe.signal.1, and carries datagrams. */
export class BrowserEnd implements DirectEnd {
  readonly #options: DirectEndOptions;
  readonly #pc: RTCPeerConnection;
  readonly #channel: RTCDataChannel;
  readonly #lost = new Deferred<void>();
  #early: RTCIceCandidateInit[] = [];
  #offered: Promise<void> | undefined;
  /** The latest description of the peer. */
  #peer: DescriptionMessage | undefined;
  #peerFingerprint = '';
  #wasUp = false;
  /** Resolves when isUp changes. */
  #turned = new Deferred<void>();
  readonly #watch: ReturnType<typeof setInterval>;
  #received = 0;
  #sentWhenHeard = 0;
  #heardAt = 0;
  #isInDoubt = false;

  constructor(options: DirectEndOptions) {
    this.#options = options;
    this.#pc = new RTCPeerConnection({ iceServers: options.iceServers ?? [] });
    this.#channel = this.#pc.createDataChannel('datagrams', {
      protocol: datagramProtocol,
      ordered: false,
      maxRetransmits: 0,
    });
    this.#channel.onopen = () => this.#look();
    this.#channel.onclose = () => this.#lost.resolve();
    this.#hear(this.#channel);
    // Two browsers have opened one each.
    this.#pc.ondatachannel = ({ channel }) => {
      if (channel.protocol === datagramProtocol) this.#hear(channel);
    };
    this.#pc.onconnectionstatechange = () => this.#look();
    this.#watch = setInterval(() => void this.#lookAtTraffic(), lookMs);
    this.#pc.onicecandidate = ({ candidate }) => this.#signalCandidate(candidate);
  }

  get lost(): Promise<void> {
    return this.#lost.promise;
  }

  get isUp(): boolean {
    const isOpen = this.#channel.readyState === 'open' && this.#pc.connectionState === 'connected';
    return isOpen && !this.#isInDoubt;
  }

  async offer(): Promise<void> {
    this.#offered = this.#pc.setLocalDescription();
    await this.#offered;
    for (const message of fromSdp(this.#pc.localDescription!.sdp)) this.#options.signal(message);
  }

  send(data: Uint8Array<ArrayBuffer>): boolean {
    if (this.#channel.bufferedAmount + data.length > waitingMax) return false;
    this.#channel.send(data);
    return true;
  }

  async whenWritable(): Promise<void> {
    if (this.isUp && this.#channel.bufferedAmount <= lowMark) return;
    const low = new Deferred<void>();
    this.#channel.bufferedAmountLowThreshold = lowMark;
    this.#channel.addEventListener('bufferedamountlow', () => low.resolve(), { once: true });
    await Promise.race([low.promise, this.#turned.promise, this.lost]);
  }

  async security(): Promise<TransportSecurity> {
    const all = [...(await this.#pc.getStats()).values()];
    const { dtlsCipher: cipher = '', tlsVersion } =
      all.find(({ type }) => type === 'transport') ?? {};
    return {
      fingerprint: this.#fingerprint,
      peerFingerprint: this.#peerFingerprint,
      words: '',
      protocol: tlsVersion === 'FEFC' ? 'DTLS 1.3' : 'DTLS 1.2',
      cipher,
    };
  }

  isOfAnother({ dtls }: DescriptionMessage): boolean {
    return isAnother(dtls, this.#peer?.dtls);
  }

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
    if (usernameFragment === this.#peer?.usernameFragment) return; // a repetition
    if (this.isOfAnother(message)) return this.#lost.resolve();
    const isRestart = this.#peer !== undefined;
    this.#peer = message;
    // Until then this end has no fingerprint, which may decide who begins.
    await this.#offered;
    const answer = toSdp(this.#answerOf(message), { type: 'answer' });
    if (isRestart) {
      this.#pc.restartIce();
      await this.offer();
    }
    await this.#pc.setRemoteDescription({ type: 'answer', sdp: answer });
    for (const candidate of this.#early.splice(0)) await this.#add(candidate);
  }

  async #add({ candidate, sdpMid }: RTCIceCandidateInit): Promise<void> {
    const init = { candidate: candidate ?? '', sdpMid: sdpMid ?? '0' };
    if (!this.#pc.remoteDescription) {
      if (this.#early.length < earlyMax) this.#early.push(init);
      return;
    }
    // One that the browser cannot use is no reason to give up the others.
    await this.#pc.addIceCandidate(init).catch(() => {});
  }

  /** The peer's description as an answer to ours. */
  #answerOf(message: DescriptionMessage): DescriptionMessage {
    const { dtls, sctp } = message;
    if (!dtls || !sctp) throw noChannelsError();
    const shown = shownFingerprint(dtls, this.#options.fingerprints);
    this.#peerFingerprint = shown.value;
    const setup = setupOf(dtls, shown.value, this.#fingerprint);
    return { ...message, dtls: { setup, fingerprints: [shown] } };
  }

  /** The SHA-256 of this end's certificate, which it has described. */
  get #fingerprint(): string {
    return /^a=fingerprint:sha-256 (\S+)/im.exec(this.#pc.localDescription?.sdp ?? '')?.[1] ?? '';
  }

  #hear(channel: RTCDataChannel): void {
    channel.binaryType = 'arraybuffer';
    channel.onmessage = ({ data }) => this.#options.datagram(new Uint8Array(data));
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
    this.#turned.resolve();
    this.#turned = new Deferred();
    this.#options.changed();
  }
}

function noChannelsError(): FloeError {
  return new FloeError('NotSupportedError', 'no-channels', 'The peer has no data channels.', {
    hint: 'A direct path needs them: floe-device and native rooms have them, and so do pages with `direct`.',
  });
}
