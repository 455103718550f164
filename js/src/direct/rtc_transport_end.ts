import { FloeError } from '../floe_error.js';
import { Deferred } from '../front/deferred.js';
import { IceCandidate } from '../ice_candidate.js';
import type { IceRole } from '../ice_parameters.js';
import type { TransportSecurity } from '../security.js';
import type {
  CandidateMessage,
  DescriptionMessage,
  SignalingMessage,
} from '../signaling_message.js';
import { candidateLine } from './candidate_line.js';
import type { DirectEnd, DirectEndOptions } from './direct_end.js';
import { fingerprintBytes, fingerprintText } from './fingerprint.js';
import { isAnother, setupOf, shownFingerprint } from './peer_certificate.js';
import { fetchMs, RtcPackets } from './rtc_packets.js';
import type { RtcTransport, RtcTransportIceCandidateInit } from './rtc_transport.js';

/** A path that is not there after this time will not come any more. */
const hopeMs = 20_000;
/** Candidates of the peer that wait for its description. */
const earlyMax = 64;

/** Chromium's RtcTransport as an end that speaks floe.signal.1: the datagrams are records of DTLS. */
export class RtcTransportEnd implements DirectEnd {
  readonly #options: DirectEndOptions;
  readonly #lost = new Deferred<void>();
  readonly #clock: ReturnType<typeof setInterval>;
  #role: IceRole;
  #transport: RtcTransport;
  #own: RtcTransportIceCandidateInit[] = [];
  #candidates = 0;
  #mayOffer = false;
  #hasOffered = false;
  #early: CandidateMessage[] = [];
  #peer: DescriptionMessage | undefined;
  #peerFingerprint = '';
  #isUp = false;
  #hope: ReturnType<typeof setTimeout> | undefined;
  readonly #packets = new RtcPackets();

  constructor(options: DirectEndOptions) {
    this.#options = options;
    this.#role = options.role;
    this.#transport = this.#open();
    this.#clock = setInterval(() => {
      this.#packets.fetch(this.#transport, options.datagram);
    }, fetchMs);
  }

  get lost(): Promise<void> {
    return this.#lost.promise;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  async offer(): Promise<void> {
    this.#mayOffer = true;
    this.#tell();
  }

  send(data: Uint8Array<ArrayBuffer>): boolean {
    return this.#packets.send(this.#transport, data);
  }

  whenWritable(): Promise<void> {
    return Promise.race([this.#packets.whenWritable(), this.lost]);
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
    this.#leave();
    this.#isUp = false;
    this.#lost.resolve();
  }

  /** The SHA-256 of this end's certificate. */
  get #fingerprint(): string {
    return fingerprintText(this.#transport.fingerprint);
  }

  #open(): RtcTransport {
    const { iceServers = [] } = this.#options;
    const iceControlling = this.#role === 'controlling';
    const config = { name: 'datagrams', iceControlling, iceServers, wireProtocol: 'dtls' } as const;
    const transport = new globalThis.RtcTransport!(config);
    transport.onicecandidate = ({ candidate }) => {
      this.#own.push(candidate);
      this.#tell();
    };
    transport.onwritablechange = () => void this.#look();
    return transport;
  }

  /**
   * RtcTransport keeps its role when it hears of a conflict (error 487): another one takes its place.
   * Returns whether the peer has a description of the former one, and will answer the new one by another.
   */
  #changeRole(): boolean {
    const isKnown = this.#hasOffered;
    this.#leave();
    this.#own = [];
    this.#hasOffered = false;
    this.#role = this.#role === 'controlling' ? 'controlled' : 'controlling';
    this.#transport = this.#open();
    return isKnown;
  }

  #leave(): void {
    this.#transport.onicecandidate = null;
    this.#transport.onwritablechange = null;
  }

  /** Describes this end, whose first candidate tells fragment and password, and signals candidates. */
  #tell(): void {
    const [first] = this.#own;
    if (!first || !this.#mayOffer) return;
    const { usernameFragment, password } = first;
    const { signal } = this.#options;
    if (!this.#hasOffered) {
      const fingerprints = [{ algorithm: 'sha-256', value: this.#fingerprint }];
      signal({
        type: 'description',
        usernameFragment,
        password,
        iceOptions: ['trickle'],
        role: this.#role,
        dtls: { setup: 'actpass', fingerprints },
      });
    }
    this.#hasOffered = true;
    for (const candidate of this.#own.splice(0)) {
      if (!candidate.address) continue; // hidden: the peer learns it from the checks
      const line = candidateLine(candidate, this.#candidates++);
      signal({ type: 'candidate', usernameFragment, candidate: line, sdpMid: '0' });
    }
  }

  #describe(message: DescriptionMessage): void {
    const { usernameFragment, candidates = [], dtls } = message;
    if (usernameFragment === this.#peer?.usernameFragment) return; // a repetition
    // RtcTransport cannot restart ICE, and its certificate is good for one association.
    if (this.#peer) return this.#lost.resolve();
    if (!dtls) throw notEncryptedError();
    const { algorithm, value } = shownFingerprint(dtls, this.#options.fingerprints);
    // Of two browsers with the same role, one changes it.
    const gives = dtls.id !== undefined || this.#fingerprint < value;
    if (message.role === this.#role && gives && this.#changeRole()) return;
    this.#peer = message;
    this.#peerFingerprint = value;
    this.#transport.setRemoteDtlsParameters({
      sslRole: setupOf(dtls, value, this.#fingerprint) === 'active' ? 'server' : 'client',
      fingerprintDigestAlgorithm: algorithm.toLowerCase(),
      fingerprint: fingerprintBytes(value),
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

  async #look(): Promise<void> {
    const transport = this.#transport;
    const isUp = await transport.writable();
    if (isUp === this.#isUp || !transport.onwritablechange) return; // it was left in the meantime
    this.#isUp = isUp;
    if (isUp) clearTimeout(this.#hope);
    else this.#hopeFor();
    this.#options.changed();
  }

  #hopeFor(): void {
    this.#hope = setTimeout(() => this.#lost.resolve(), hopeMs);
  }
}

function notEncryptedError(): FloeError {
  return new FloeError('OperationError', 'not-encrypted', 'The peer does not encrypt.');
}
