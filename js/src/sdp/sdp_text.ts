// What reading and writing of SDP have in common. core/sdp is the same natively; its tests and
// limits hold here, too, and test/sdp_core.test.mjs compares the two.

import type { DtlsFingerprint } from '../signaling_message.js';

/** Called for each part that was skipped, with a sentence. */
export type SkippedFunction = (reason: string) => void;

export interface SdpOptions {
  /** Whether the description is an `offer` (the default) or an `answer`: its setup must be active or
   * passive. */
  type?: 'offer' | 'answer' | undefined;
  /** Called for each line or candidate that was skipped, with a sentence. */
  skipped?: SkippedFunction | undefined;
}

export const textSizeMax = 256 * 1024;
export const sectionsMax = 256;
/** In one section. */
export const candidatesMax = 256;
/** In one description message; the others follow it. */
export const candidatesDescribedMax = 64;
export const optionsMax = 16;
/** Of the session, and of each section. */
export const fingerprintsMax = 4;

const candidateSizeMax = 512;
/** The fields that every candidate has (RFC 8839, section 5.1). */
const candidatePattern =
  /^candidate:[\x21-\x7e]+ \d{1,3} [\w.-]+ \d{1,10} [\w.:%-]+ \d{1,5} typ [\x21-\x7e]+(?: [\x20-\x7e]*)?$/;
const midPattern = /^[^\x00-\x20"(),/:;<=>?@[\\\]\x7f-\uffff]{1,64}$/;
const ufragPattern = /^[\x21-\x39\x3b-\x7e]{4,256}$/;
const passwordPattern = /^[\x21-\x7e]{22,256}$/;
const fingerprintPattern =
  /^ *([^\x00-\x20"(),/:;<=>?@[\\\]\x7f-\uffff]{1,16}) +([\dA-Fa-f]{2}(?::[\dA-Fa-f]{2}){0,63}) *$/;
const idPattern = /^[\w+/-]{20,255}$/;
const optionPattern = /^[\x21-\x7e]{1,64}$/;

export const sentences = {
  mid: 'mid is not a token of 1 to 64 bytes',
  ufrag: 'ice-ufrag is not 4 to 256 letters, digits, "+" or "/"',
  password: 'ice-pwd is not 22 to 256 letters, digits, "+" or "/"',
  candidate: 'the candidate cannot be read',
  candidates: 'more than 256 candidates in one media section',
  sections: 'more than 256 media sections',
  option: 'an ICE option is not 1 to 64 visible characters',
  options: 'more than 16 ICE options',
  fingerprint: 'fingerprint is not an algorithm and pairs of hexadecimal digits, at most 64',
  fingerprints: 'more than 4 fingerprints',
  setup: 'setup is not active, passive, actpass or holdconn',
  id: 'tls-id is not 20 to 255 letters, digits or "+", "/", "-", "_"',
  number: 'the value is not a number in its range',
  repeated: 'the attribute occurs twice; the first counts',
  missingSetup: 'a media section has a fingerprint, but no setup: who begins DTLS?',
  wrongSetup: 'DTLS has setup:active or setup:passive; in an offer also setup:actpass',
  inexpressible: 'SDP cannot express this message',
};

export const isMid = (text: string): boolean => midPattern.test(text);
export const isUfrag = (text: string): boolean => ufragPattern.test(text);
export const isPassword = (text: string): boolean => passwordPattern.test(text);
export const isOption = (text: string): boolean => optionPattern.test(text);
export const isDtlsId = (text: string): boolean => idPattern.test(text);
export const isCandidate = (line: string): boolean =>
  line.length <= candidateSizeMax && candidatePattern.test(line);

/** Undefined when the text is no fingerprint (RFC 8122, section 5). */
export function parseFingerprint(text: string): DtlsFingerprint | undefined {
  const [, algorithm, value] = fingerprintPattern.exec(text) ?? [];
  return algorithm && value ? { algorithm, value } : undefined;
}

/** Throws a SyntaxError with this sentence. */
export function refuse(sentence: string): never {
  throw new SyntaxError(sentence);
}
