import { FloeError } from '../floe_error.js';
import { Deferred } from '../front/deferred.js';
import { IceCandidate } from '../ice_candidate.js';
import type { TransportSecurity } from '../security.js';
import type {
  CandidateMessage,
  DescriptionMessage,
  SignalingMessage,
} from '../signaling_message.js';
import { candidateLine } from './candidate_line.js';
import type { DirectEnd, DirectEndOptions } from './direct_end.js';
import { isAnother, setupOf, shownFingerprint } from './peer_certificate.js';
import type { RtcTransport, RtcTransportIceCandidateInit } from './rtc_transport.js';

/** How often packets are fetched: no event tells of them. */
const fetchMs = 5;
/** RtcTransport does not say what waits in it: so many bytes are sent between two looks, no more. */
const sentMax = 64 << 10;
/** A path that is not there after this time will not come any more. */
const hopeMs = 20_000;
/** Candidates of the peer that wait for its description. */
const earlyMax = 64;

/** Chromium's RtcTransport as an end that speaks floe.signal.1: the datagrams are records of DTLS. */
export class RtcTransportEnd implements DirectEnd {
  readonly #options: DirectEndOptions;
  readonly #transport: RtcTransport;
  readonly #fingerprint: string;
  readonly #first = new Deferred<RtcTransportIceCandidateInit>();
  readonly #lost = new Deferred<void>();
  readonly #clock: ReturnType<typeof setInterval>;
  #gathered: RtcTransportIceCandidateInit[] = [];
  #hasOffered = false;
  #early: CandidateMessage[] = [];
  #peer: DescriptionMessage | undefined;
  #peerFingerprint = '';
  #isUp = false;
  #hope: ReturnType<typeof setTimeout> | undefined;
  #sent = 0;
  #writable = new Deferred<void>();

  constructor(options: DirectEndOptions) {
    const { role, iceServers = [] } = options;
    this.#options = options;
    this.#transport = new globalThis.RtcTransport!({
      name: 'datagrams',
      iceControlling: role === 'controlling',
      iceServers,
      wireProtocol: 'dtls',
    });
    this.#fingerprint = textOf(this.#transport.fingerprint);
    this.#transport.onicecandidate = ({ candidate }) => this.#onCandidate(candidate);
    this.#transport.onwritablechange = () => void this.#look();
    this.#clock = setInterval(() => this.#fetch(), fetchMs);
  }

  get lost(): Promise<void> {
    return this.#lost.promise;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** The first candidate tells fragment and password. */
  async offer(): Promise<void> {
    const { usernameFragment, password } = await this.#first.promise;
    const { fingerprintDigestAlgorithm: algorithm } = this.#transport;
    this.#options.signal({
      type: 'description',
      usernameFragment,
      password,
      iceOptions: ['trickle', 'ice2'],
      role: this.#options.role,
      dtls: { setup: 'actpass', fingerprints: [{ algorithm, value: this.#fingerprint }] },
    });
    this.#hasOffered = true;
    for (const candidate of this.#gathered.splice(0)) this.#onCandidate(candidate);
  }

  send(data: Uint8Array<ArrayBuffer>): boolean {
    if (this.#sent + data.length > sentMax) return false;
    this.#sent += data.length;
    this.#transport.sendPackets([{ data }]);
    return true;
  }

  whenWritable(): Promise<void> {
    return Promise.race([this.#writable.promise, this.lost]);
  }

  /** RtcTransport tells neither version nor cipher. */
  security(): Promise<TransportSecurity> {
    return Promise.resolve({
      fingerprint: this.#fingerprint,
      peerFingerprint: this.#peerFingerprint,
      words: '',
      protocol: 'DTLS',
      cipher: '',
    });
  }

  isOfAnother({ dtls }: DescriptionMessage): boolean {
    return isAnother(dtls, this.#peer?.dtls);
  }

  async receive(message: SignalingMessage): Promise<void> {
    if (message.type === 'description') this.#describe(message);
    else if (message.type === 'bye') this.#lost.resolve();
    else if (message.type === 'candidate') this.#add(message);
  }

  close(): void {
    clearInterval(this.#clock);
    clearTimeout(this.#hope);
    this.#transport.onicecandidate = null;
    this.#transport.onwritablechange = null;
    this.#isUp = false;
    this.#lost.resolve();
  }

  #describe(message: DescriptionMessage): void {
    const { usernameFragment, candidates = [], dtls } = message;
    if (usernameFragment === this.#peer?.usernameFragment) return; // a repetition
    // RtcTransport cannot restart ICE, and its certificate is good for one association.
    if (this.#peer) return this.#lost.resolve();
    if (!dtls) throw notEncryptedError();
    const { algorithm, value } = shownFingerprint(dtls, this.#options.fingerprints);
    this.#peer = message;
    this.#peerFingerprint = value;
    this.#transport.setRemoteDtlsParameters({
      sslRole: setupOf(dtls, value, this.#fingerprint) === 'active' ? 'server' : 'client',
      fingerprintDigestAlgorithm: algorithm.toLowerCase(),
      fingerprint: bytesOf(value),
    });
    this.#hopeFor();
    for (const { candidate = '' } of candidates) this.#use(candidate);
    for (const candidate of this.#early.splice(0)) this.#add(candidate);
  }

  #add(message: CandidateMessage): void {
    if (!this.#peer && this.#early.length < earlyMax) this.#early.push(message);
    if (message.usernameFragment === this.#peer?.usernameFragment) this.#use(message.candidate);
  }

  /** Takes a candidate of the peer: it uses UDP, and the one component. */
  #use(line: string): void {
    const { component, protocol, address, port, type } = new IceCandidate({ candidate: line });
    if (component !== 'rtp' || protocol !== 'udp' || !address || !port || !type) return;
    const { usernameFragment, password } = this.#peer!;
    try {
      this.#transport.addRemoteCandidate({ usernameFragment, password, address, port, type });
    } catch {
      // One that the browser cannot use, such as a name, is no reason to give up the others.
    }
  }

  #onCandidate(candidate: RtcTransportIceCandidateInit): void {
    this.#first.resolve(candidate);
    if (!this.#hasOffered) return void this.#gathered.push(candidate);
    const { usernameFragment } = candidate;
    const line = candidateLine(candidate);
    this.#options.signal({ type: 'candidate', usernameFragment, candidate: line, sdpMid: '0' });
  }

  #fetch(): void {
    if (this.#sent > 0) {
      this.#sent = 0;
      this.#writable.resolve();
      this.#writable = new Deferred();
    }
    for (const packet of this.#transport.getReceivedPackets()) {
      const data = new Uint8Array(packet.payloadByteLength);
      packet.copyPayloadTo(data);
      this.#options.datagram(data);
    }
  }

  async #look(): Promise<void> {
    const isUp = await this.#transport.writable();
    if (isUp === this.#isUp) return;
    this.#isUp = isUp;
    if (isUp) clearTimeout(this.#hope);
    else this.#hopeFor();
    this.#options.changed();
  }

  #hopeFor(): void {
    this.#hope = setTimeout(() => this.#lost.resolve(), hopeMs);
  }
}

/** "AB:CD:…" */
function textOf(fingerprint: ArrayBuffer): string {
  const bytes = [...new Uint8Array(fingerprint)];
  const texts = bytes.map((byte) => byte.toString(16).padStart(2, '0'));
  return texts.join(':').toUpperCase();
}

function bytesOf(fingerprint: string): ArrayBuffer {
  return Uint8Array.from(fingerprint.split(':'), (text) => parseInt(text, 16)).buffer;
}

function notEncryptedError(): FloeError {
  return new FloeError('OperationError', 'not-encrypted', 'The peer does not encrypt.');
}
