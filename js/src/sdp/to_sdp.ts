import { IceCandidate } from '../ice_candidate.js';
import type { IceParameters } from '../ice_parameters.js';
import type { SignalingMessage } from '../signaling_message.js';
import { dtlsLines } from './dtls.js';
import { Generation } from './generation.js';
import {
  isOption,
  isPassword,
  isUfrag,
  optionsMax,
  refuse,
  sentences,
  type SdpOptions,
  type SkippedFunction,
} from './sdp_text.js';

export interface SdpWriteOptions extends SdpOptions {
  /** Sections to write even if no candidate names them. Default: those that messages name, or "0". */
  mids?: readonly string[] | undefined;
  /** The number of the session, below 2^62; the same in each description of it. Default: random. */
  sessionId?: bigint | undefined;
  /** One more with each description of a session. Default: 1. */
  sessionVersion?: number | undefined;
}

/**
 * Writes a description message, or all messages of one generation, as one session description
 * (RFC 8839) with a section for each sdpMid, for data channels.
 *
 * Without `dtls` in the description it has no fingerprint: an ICE agent takes it, an
 * RTCPeerConnection does not. A commitment is lost. Throws a SyntaxError when a message is wrong or
 * SDP has no word for it.
 */
export function toSdp(
  messages: SignalingMessage | readonly SignalingMessage[],
  options: SdpWriteOptions = {},
): string {
  const { mids = [], sessionId = randomId(), sessionVersion = 1, skipped = () => {} } = options;
  const generation = new Generation(messages, {}, mids, skipped);
  const { description, sections } = generation;
  if (!description) refuse('no message is a description, which has the credentials');
  if (sections.size === 0) sections.set('0', { candidates: [], ended: false });
  const iceOptions = checkedOptions(description.iceOptions ?? [], skipped);
  const sctp = description.sctp ?? { maxMessageSize: 262144 };
  const { port: sctpPort = 5000, maxMessageSize = 65536 } = sctp;
  const security = description.dtls ? dtlsLines(description.dtls, options) : [];
  const lines = [
    'v=0',
    `o=- ${BigInt(sessionId)} ${BigInt(sessionVersion)} IN IP4 0.0.0.0`,
    's=-',
    't=0 0',
  ];
  // One transport carries a bundle, so only one section of it has candidates.
  if ([...sections.values()].filter(({ candidates }) => candidates.length > 0).length < 2) {
    lines.push(`a=group:BUNDLE ${[...sections.keys()].join(' ')}`);
  }
  if (description.iceLite) lines.push('a=ice-lite');
  if (iceOptions.length > 0) lines.push(`a=ice-options:${iceOptions.join(' ')}`);
  for (const [mid, { candidates, ended }] of sections) {
    const { address, port } = defaultOf(candidates, 'rtp') ?? { address: '0.0.0.0', port: 9 };
    const rtcp = defaultOf(candidates, 'rtcp');
    // No protocol is registered for other datagrams in DTLS than those of SCTP, RTP and UDPTL.
    lines.push(`m=application ${port} UDP/DTLS/SCTP webrtc-datachannel`, `c=${place(address)}`);
    lines.push(`a=mid:${mid}`);
    if (rtcp) lines.push(`a=rtcp:${rtcp.port} ${place(rtcp.address)}`);
    lines.push(...credentials(description), ...candidates.map((line) => `a=${line}`));
    if (ended || generation.ended) lines.push('a=end-of-candidates');
    lines.push(...security);
    lines.push(`a=sctp-port:${Number(sctpPort)}`, `a=max-message-size:${Number(maxMessageSize)}`);
  }
  return text(lines);
}

/**
 * Writes candidates and their end as a body of application/trickle-ice-sdpfrag (RFC 8840).
 * `parameters` are the sender's: the result of getLocalParameters(), or its description message.
 */
export function toSdpFragment(
  messages: SignalingMessage | readonly SignalingMessage[],
  parameters: IceParameters,
  { skipped = () => {} }: SdpOptions = {},
): string {
  if (typeof parameters?.usernameFragment !== 'string' || typeof parameters.password !== 'string') {
    throw new TypeError('A fragment needs the usernameFragment and password of its sender.');
  }
  if (!isUfrag(parameters.usernameFragment)) refuse(sentences.ufrag);
  if (!isPassword(parameters.password)) refuse(sentences.password);
  const { sections, ended } = new Generation(messages, parameters, [], skipped);
  const lines = credentials(parameters);
  if (ended) lines.push('a=end-of-candidates');
  for (const [mid, section] of sections) {
    lines.push('m=application 9 UDP/DTLS/SCTP webrtc-datachannel', `a=mid:${mid}`);
    lines.push(...section.candidates.map((line) => `a=${line}`));
    if (section.ended) lines.push('a=end-of-candidates');
  }
  return text(lines);
}

function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\r\n`).join('');
}

function credentials({ usernameFragment, password }: IceParameters): string[] {
  return [`a=ice-pwd:${password}`, `a=ice-ufrag:${usernameFragment}`];
}

function place(address: string): string {
  return `IN ${address.includes(':') ? 'IP6' : 'IP4'} ${address}`;
}

/** RFC 9429, section 5.2.1: it is random, and less than 2^63 - 1. */
function randomId(): bigint {
  return crypto.getRandomValues(new BigUint64Array(1))[0]! >> 2n;
}

function checkedOptions(options: readonly string[], skipped: SkippedFunction): string[] {
  const valid = [...new Set(options)].filter((option) => {
    if (!isOption(String(option))) skipped(sentences.option);
    return isOption(String(option));
  });
  if (valid.length > optionsMax) skipped(sentences.options);
  return valid.slice(0, optionsMax);
}

/** RFC 8839, section 4.2.1.2: the candidate that works most likely for a peer without ICE. */
function defaultOf(
  lines: readonly string[],
  component: 'rtp' | 'rtcp',
): { address: string; port: number } | undefined {
  const ranks = ['host', 'srflx', 'relay'];
  const [best] = lines
    .map((candidate) => new IceCandidate({ candidate }))
    .filter(
      (one) =>
        one.component === component &&
        one.protocol === 'udp' &&
        one.port !== 0 &&
        ranks.includes(one.type ?? '') &&
        /^(?:\d+(?:\.\d+){3}|.*:.*)$/.test(one.address ?? ''),
    )
    .sort(
      (a, b) =>
        ranks.indexOf(b.type!) - ranks.indexOf(a.type!) || Number(b.priority) - Number(a.priority),
    );
  return best && { address: best.address!, port: best.port! };
}
