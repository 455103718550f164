import type {
  CandidateMessage,
  DescriptionMessage,
  SctpParameters,
  SignalingMessage,
} from '../signaling_message.js';
import { toDtls } from './dtls.js';
import { SdpReader, type Section } from './sdp_reader.js';
import {
  candidatesDescribedMax,
  isUfrag,
  optionsMax,
  refuse,
  sentences,
  type SdpOptions,
} from './sdp_text.js';

/**
 * Reads a session description (RFC 8839), such as the `sdp` of an RTCSessionDescription: a
 * description message with its candidates. Sections with different credentials are several
 * descriptions; candidates that one description cannot hold follow it. Fingerprints, setup and tls-id
 * become its `dtls`, port and message size of data channels its `sctp`.
 *
 * Throws a SyntaxError when the text cannot be used; its message has the number of the line.
 */
export function fromSdp(text: string, options: SdpOptions = {}): SignalingMessage[] {
  const reader = read(text, false, options);
  const descriptions: ReadDescription[] = [];
  const others: CandidateMessage[] = [];
  const channels = new Map<ReadDescription, SctpParameters>();
  for (const [index, section] of reader.media.entries()) {
    if (section.isRejected) continue;
    const description = descriptionOf(reader, section, descriptions);
    for (const option of [...reader.session.options, ...section.options]) {
      if (description.iceOptions.includes(option)) continue;
      if (description.iceOptions.length === optionsMax) refuse(sentences.options);
      description.iceOptions.push(option);
    }
    const dtls = description.dtls ?? toDtls(reader.security(section), options);
    if (dtls) description.dtls = dtls;
    // A section of data channels has a port, which is not 0 (RFC 8841).
    const { 'sctp-port': port, 'max-message-size': maxMessageSize = 65536 } = section;
    if (port && !channels.has(description)) channels.set(description, { port, maxMessageSize });
    // Sections that use another's transport have no candidates to wait for.
    if (!reader.bundledWith(section) || section.candidates.length > 0) {
      description.endOfCandidates &&= reader.session.ended || section.ended;
    }
    for (const candidate of section.candidates) {
      const init = { candidate, sdpMid: reader.name(index) };
      const usernameFragment = ufragOf(candidate, description.usernameFragment);
      const isOurs = usernameFragment === description.usernameFragment;
      if (isOurs && description.candidates.length < candidatesDescribedMax)
        description.candidates.push(init);
      else others.push({ type: 'candidate', usernameFragment, ...init });
    }
  }
  for (const [description, sctp] of channels) description.sctp = sctp;
  return [...descriptions, ...others];
}

/** Reads a body of application/trickle-ice-sdpfrag (RFC 8840): candidates, and their end. */
export function fromSdpFragment(text: string, options: SdpOptions = {}): SignalingMessage[] {
  const reader = read(text, true, options);
  const messages: SignalingMessage[] = [];
  const { session, media } = reader;
  for (const [index, section] of media.entries()) {
    const sdpMid = reader.name(index);
    const { ufrag } = reader.credentials(section);
    for (const candidate of section.candidates) {
      const usernameFragment = ufragOf(candidate, ufrag) || refuse(noUfrag);
      messages.push({ type: 'candidate', usernameFragment, candidate, sdpMid });
    }
    if (session.ended || section.ended) messages.push(endOf(ufrag, sdpMid));
  }
  if (media.length === 0 && session.ended) messages.push(endOf(session.ufrag, '0'));
  return messages;
}

const noUfrag = 'neither the media section nor the session has ice-ufrag';

function read(text: string, isFragment: boolean, { skipped = () => {} }: SdpOptions): SdpReader {
  if (typeof text !== 'string') throw new TypeError('SDP is a string.');
  return new SdpReader(text, isFragment, skipped);
}

/** SDP has no word for `role`. */
type ReadDescription = DescriptionMessage &
  Required<Omit<DescriptionMessage, 'role' | 'dtls' | 'sctp'>>;

/** The description of the section's credentials, which is made when there is none yet. */
function descriptionOf(
  reader: SdpReader,
  section: Section,
  descriptions: ReadDescription[],
): ReadDescription {
  const { ufrag, password } = reader.credentials(section);
  if (!ufrag) refuse(noUfrag);
  if (!password) refuse('neither the media section nor the session has ice-pwd');
  const found = descriptions.find(
    (one) => one.usernameFragment === ufrag && one.password === password,
  );
  if (found) return found;
  const description: ReadDescription = {
    type: 'description',
    usernameFragment: ufrag,
    password,
    iceLite: reader.lite,
    iceOptions: [],
    remoteUsernameFragment: null,
    candidates: [],
    endOfCandidates: true, // until a section says otherwise
  };
  descriptions.push(description);
  return description;
}

/** The generation of a candidate: its own, which browsers write, or else its section's. */
function ufragOf(candidate: string, ofSection: string): string {
  const own = / ufrag ([^ ]+)/.exec(candidate.replace(/^.*? typ /, ' '))?.[1] ?? '';
  return isUfrag(own) ? own : ofSection;
}

function endOf(ufrag: string, sdpMid: string): SignalingMessage {
  return { type: 'end-of-candidates', usernameFragment: ufrag || refuse(noUfrag), sdpMid };
}
