import {
  candidatesMax,
  isCandidate,
  isMid,
  isOption,
  isPassword,
  isUfrag,
  optionsMax,
  refuse,
  sectionsMax,
  sentences,
  textSizeMax,
  type SkippedFunction,
} from './sdp_text.js';

/** The attributes of ICE that a session or one of its media sections has. Empty means absent. */
export class Section {
  port = 0;
  bundleOnly = false;
  mid = '';
  ufrag = '';
  password = '';
  readonly options: string[] = [];
  ended = false;
  readonly candidates: string[] = [];

  get isRejected(): boolean {
    return this.port === 0 && !this.bundleOnly;
  }
}

/** `session` and `media` say where the attribute may stand. */
interface Attribute {
  session?: boolean;
  media?: boolean;
  /** Returns why the line is skipped; throws when the text cannot be used. */
  read(value: string): string | undefined | void;
}

/** Reads the lines of a session description (RFC 8839) or of a fragment of trickle ICE (RFC 8840). */
export class SdpReader {
  lite = false;
  readonly bundles: string[][] = [];
  readonly session = new Section();
  readonly media: Section[] = [];
  /** Of the line that is read. */
  #section = this.session;

  constructor(text: string, isFragment: boolean, skipped: SkippedFunction) {
    if (text.length > textSizeMax) refuse('the text is longer than 256 KiB');
    let isFirst = !isFragment;
    for (const [index, ended] of text.split('\n').entries()) {
      const line = ended.replace(/\r$/, '');
      if (line === '') continue;
      try {
        const reason = this.#readLine(line, isFirst);
        if (reason) skipped(`line ${index + 1}: ${reason}`);
      } catch (error) {
        throw error instanceof SyntaxError ? refuse(`line ${index + 1}: ${error.message}`) : error;
      }
      isFirst = false;
    }
    if (isFirst) refuse('the text does not begin with "v=0"');
    this.#checkNames();
  }

  /** The signalling's name for a section. */
  name(index: number): string {
    return this.media[index]!.mid || String(index);
  }

  /** The section whose transport `section` uses in a bundle (RFC 9143, section 7.2). */
  bundledWith(section: Section): Section | undefined {
    const bundle = this.bundles.find((mids) => section.mid && mids.includes(section.mid)) ?? [];
    for (const mid of bundle) {
      if (mid === section.mid) return undefined;
      const first = this.media.find((other) => other.mid === mid);
      if (first && !first.isRejected) return first;
    }
    return undefined;
  }

  credentials(section: Section): { ufrag: string; password: string } {
    const ufrag = section.ufrag || this.session.ufrag;
    const password = section.password || this.session.password;
    return ufrag || password ? { ufrag, password } : (this.bundledWith(section) ?? section);
  }

  readonly #attributes: Record<string, Attribute> = {
    'ice-ufrag': {
      session: true,
      media: true,
      read: (value) => this.#identify('ufrag', value, isUfrag),
    },
    'ice-pwd': {
      session: true,
      media: true,
      read: (value) => this.#identify('password', value, isPassword),
    },
    'ice-options': { session: true, media: true, read: (value) => this.#readOptions(value) },
    'ice-lite': { session: true, read: () => void (this.lite = true) },
    'end-of-candidates': {
      session: true,
      media: true,
      read: () => void (this.#section.ended = true),
    },
    candidate: { media: true, read: (value) => this.#readCandidate(`candidate:${value}`) },
    group: { session: true, read: (value) => this.#readGroup(value) },
    mid: { media: true, read: (value) => this.#readMid(value) },
    'bundle-only': { media: true, read: () => void (this.#section.bundleOnly = true) },
  };

  #readLine(line: string, isFirst: boolean): string | undefined | void {
    if (/[\0\r]/.test(line)) refuse('a NUL, or a carriage return that does not end the line');
    if (!/^[vosiuepcbtrzkam]=/.test(line)) {
      refuse('the line does not begin with an SDP type letter and "="');
    }
    if (isFirst && line !== 'v=0') refuse('the text does not begin with "v=0"');
    if (line.startsWith('m=')) return this.#readMedia(line.slice(2));
    const [, name = '', value = ''] = /^a=([^:]*):?(.*)$/s.exec(line) ?? [];
    const attribute = Object.hasOwn(this.#attributes, name) && this.#attributes[name];
    if (!attribute) return;
    if (!(this.#section === this.session ? attribute.session : attribute.media)) {
      return 'a session attribute in a media section, or a media attribute in the session';
    }
    return attribute.read(value);
  }

  #readMedia(value: string): void {
    if (this.media.length === sectionsMax) refuse(sentences.sections);
    // libnice writes no formats.
    const port = Number(
      /^[\w!#$%&'*+.^`{|}~-]+ +(\d+)(?:\/\S*)? +(?:ICE\/SDP *$|[\w!#$%&'*+.^`{|}~-][\w!#$%&'*+.^`{|}~/-]* +\S)/.exec(
        value,
      )?.[1] ?? NaN,
    );
    if (!(port <= 65535) || value.length > 1024) {
      refuse('the m-line does not have media, port, protocol and formats');
    }
    this.#section = new Section();
    this.#section.port = port;
    this.media.push(this.#section);
  }

  /** Of two different values, two readers may believe different ones. */
  #identify(
    key: 'mid' | 'ufrag' | 'password',
    value: string,
    isValid: (text: string) => boolean,
  ): void {
    if (!isValid(value)) refuse(sentences[key]);
    if (this.#section[key] && this.#section[key] !== value) {
      refuse('the attribute occurs twice, with different values');
    }
    this.#section[key] = value;
  }

  #readMid(value: string): void {
    if (this.media.some((other) => other !== this.#section && other.mid && other.mid === value)) {
      refuse('two media sections have the same mid');
    }
    this.#identify('mid', value, isMid);
  }

  #readOptions(value: string): string | undefined {
    let reason: string | undefined;
    const { options } = this.#section;
    const others = this.#section === this.session ? 0 : this.session.options.length;
    for (const option of words(value)) {
      if (!isOption(option)) reason = sentences.option;
      else if (!options.includes(option)) {
        if (options.length + others >= optionsMax) return sentences.options;
        options.push(option);
      }
    }
    return reason;
  }

  #readCandidate(line: string): string | undefined {
    const { candidates } = this.#section;
    if (candidates.length === candidatesMax) return sentences.candidates;
    if (!isCandidate(line)) return sentences.candidate;
    candidates.push(line);
    return undefined;
  }

  #readGroup(value: string): string | undefined {
    const [semantics, ...mids] = words(value);
    if (semantics !== 'BUNDLE') return undefined;
    if (this.bundles.length === 16) return 'more than 16 BUNDLE groups';
    const all = [...this.bundles.flat(), ...mids];
    if (!mids.every(isMid) || new Set(all).size < all.length || all.length > sectionsMax) {
      return 'a BUNDLE group names something that is no mid';
    }
    this.bundles.push(mids);
    return undefined;
  }

  /** With two sections of one name it is unclear which of them a candidate is for. */
  #checkNames(): void {
    const names = new Set(this.media.map((_, index) => this.name(index)));
    if (names.size < this.media.length) refuse('two media sections have the same mid');
  }
}

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}
