// What reading and writing of SDP have in common. core/sdp is the same natively; its tests and
// limits hold here, too, and test/sdp_core.test.mjs compares the two.

/** Called for each part that was skipped, with a sentence. */
export type SkippedFunction = (reason: string) => void;

export interface SdpOptions {
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

const candidateSizeMax = 512;
/** The fields that every candidate has (RFC 8839, section 5.1). */
const candidatePattern =
  /^candidate:[\x21-\x7e]+ \d{1,3} [\w.-]+ \d{1,10} [\w.:%-]+ \d{1,5} typ [\x21-\x7e]+(?: [\x20-\x7e]*)?$/;
const midPattern = /^[^\x00-\x20"(),/:;<=>?@[\\\]\x7f-\uffff]{1,64}$/;
const ufragPattern = /^[\x21-\x39\x3b-\x7e]{4,256}$/;
const passwordPattern = /^[\x21-\x7e]{22,256}$/;
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
};

export const isMid = (text: string): boolean => midPattern.test(text);
export const isUfrag = (text: string): boolean => ufragPattern.test(text);
export const isPassword = (text: string): boolean => passwordPattern.test(text);
export const isOption = (text: string): boolean => optionPattern.test(text);
export const isCandidate = (line: string): boolean =>
  line.length <= candidateSizeMax && candidatePattern.test(line);

/** Throws a SyntaxError with this sentence. */
export function refuse(sentence: string): never {
  throw new SyntaxError(sentence);
}
