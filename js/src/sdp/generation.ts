import type { IceCandidateInit } from '../ice_candidate.js';
import type { IceParameters } from '../ice_parameters.js';
import type { DescriptionMessage, SignalingMessage } from '../signaling_message.js';
import {
  candidatesMax,
  isCandidate,
  isMid,
  isPassword,
  isUfrag,
  refuse,
  sectionsMax,
  sentences,
  type SkippedFunction,
} from './sdp_text.js';

export interface WrittenSection {
  candidates: string[];
  ended: boolean;
}

/** The messages of one generation, sorted by sections. */
export class Generation {
  description: DescriptionMessage | undefined;
  /** By their mids, in the order in which messages name them. */
  readonly sections = new Map<string, WrittenSection>();
  /** No candidate follows in any section. */
  ended = false;
  #ufrag: string | undefined;
  /** A fragment adds to what was told before: it takes nothing back. */
  readonly #isFragment: boolean;
  readonly #skipped: SkippedFunction;

  constructor(
    messages: SignalingMessage | readonly SignalingMessage[],
    { usernameFragment }: Partial<IceParameters>,
    mids: readonly string[],
    skipped: SkippedFunction,
  ) {
    this.#ufrag = usernameFragment;
    this.#isFragment = usernameFragment !== undefined;
    this.#skipped = skipped;
    for (const mid of mids) this.#section(mid);
    for (const [index, message] of [messages].flat().entries()) {
      try {
        this.#add(message);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        refuse(`message ${index + 1}: ${error.message}`);
      }
    }
  }

  #add(message: SignalingMessage): void {
    if (typeof message?.type !== 'string') throw new TypeError('A message has a type.');
    const removes = message.type === 'candidate-removed';
    const isOfNone =
      message.type === 'restart' || message.type === 'bye' || message.type === 'reveal';
    if (isOfNone || (removes && this.#isFragment)) refuse(sentences.inexpressible);
    this.#claim(message.usernameFragment);
    if (message.type === 'description') this.#describe(message);
    else if (message.type === 'candidate') this.#addCandidate(message);
    else if (message.type === 'end-of-candidates')
      this.#section(message.sdpMid ?? '0').ended = true;
    else if (message.type === 'candidate-removed') this.#remove(message);
    else refuse('a message of another type');
  }

  #claim(ufrag: string): void {
    if (!isUfrag(String(ufrag))) refuse(sentences.ufrag);
    this.#ufrag ??= ufrag;
    if (this.#ufrag !== ufrag) refuse('the message belongs to another username fragment');
  }

  #describe(message: DescriptionMessage): void {
    if (!isPassword(String(message.password))) refuse(sentences.password);
    if (this.description && this.description.password !== message.password) {
      refuse('the message belongs to another username fragment');
    }
    this.description = message;
    this.ended ||= message.endOfCandidates ?? false;
    for (const init of message.candidates ?? []) {
      if (init.candidate === '') this.ended = true;
      else this.#addCandidate(init);
    }
  }

  #addCandidate({ candidate, sdpMid }: IceCandidateInit): void {
    const line = String(candidate ?? '').replace(/^a=/, '');
    const section = this.#section(sdpMid ?? '0');
    if (line === '') section.ended = true;
    else if (!this.#isFragment && section.candidates.includes(line)) return;
    else if (!isCandidate(line)) this.#skipped(sentences.candidate);
    else if (section.candidates.length === candidatesMax) this.#skipped(sentences.candidates);
    else section.candidates.push(line);
  }

  #remove({ candidate, sdpMid }: IceCandidateInit): void {
    const { candidates } = this.#section(sdpMid ?? '0');
    const index = candidates.indexOf(String(candidate).replace(/^a=/, ''));
    if (index >= 0) candidates.splice(index, 1);
  }

  #section(mid: string): WrittenSection {
    let section = this.sections.get(mid);
    if (section) return section;
    if (!isMid(String(mid))) refuse(sentences.mid);
    if (this.sections.size === sectionsMax) refuse(sentences.sections);
    section = { candidates: [], ended: false };
    this.sections.set(mid, section);
    return section;
  }
}
