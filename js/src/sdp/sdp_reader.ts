import type { DtlsFingerprint } from '../signaling_message.js';
import {
  candidatesMax,
  fingerprintsMax,
  isCandidate,
  isDtlsId,
  isMid,
  isOption,
  isPassword,
  isUfrag,
  optionsMax,
  parseFingerprint,
  refuse,
  sectionsMax,
  sentences,
  textSizeMax,
  type SkippedFunction,
} from './sdp_text.js';

/** What secures a transport. Empty means absent. */
export interface Security {
  setup: string;
  fingerprints: readonly DtlsFingerprint[];
  id: string;
}

/** The attributes of ICE and DTLS that a session or one of its media sections has. Empty means absent. */
export class Section implements Security {
  port = 0;
  bundleOnly = false;
  mid = '';
  ufrag = '';
  password = '';
  readonly options: string[] = [];
  ended = false;
  readonly candidates: string[] = [];
  setup = '';
  readonly fingerprints: DtlsFingerprint[] = [];
  id = '';
  'sctp-port': number | undefined;
  'max-message-size': number | undefined;

  get isRejected(): boolean {
    return this.port === 0 && !this.bundleOnly;
  }
}

/** Where the attribute may stand: in the session, in media sections, and in fragments. */
interface Attribute {
  session?: boolean;
  media?: boolean;
  fragment?: false;
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
  readonly #isFragment: boolean;

  constructor(text: string, isFragment: boolean, skipped: SkippedFunction) {
    if (text.length > textSizeMax) refuse('the text is longer than 256 KiB');
    this.#isFragment = isFragment;
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

  /** Of the section, else of the session; without fingerprints of the first section in its bundle. */
  security(section: Section): Security {
    const { session } = this;
    const of = ({ setup, fingerprints, id }: Section): Security => ({
      setup: setup || session.setup,
      // RFC 8122, section 5: one of the session holds where no "media-level fingerprint attribute is
      // defined".
      fingerprints: fingerprints.length > 0 ? fingerprints : session.fingerprints,
      id: id || session.id,
    });
    const found = of(section);
    return found.fingerprints.length > 0 ? found : of(this.bundledWith(section) ?? section);
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
    // RFC 8840, section 9.2: a fragment has nothing of DTLS.
    setup: {
      session: true,
      media: true,
      fragment: false,
      read: (value) => this.#readOnce('setup', value, (text) => setups.includes(text)),
    },
    fingerprint: {
      session: true,
      media: true,
      fragment: false,
      read: (value) => this.#readFingerprint(value),
    },
    'tls-id': {
      session: true,
      media: true,
      fragment: false,
      read: (value) => this.#readOnce('id', value, isDtlsId),
    },
    'sctp-port': this.#number('sctp-port', 65535),
    'max-message-size': this.#number('max-message-size', 2 ** 32 - 1),
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
    if (!attribute || (this.#isFragment && attribute.fragment === false)) return;
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

  #readOnce(
    key: 'setup' | 'id',
    value: string,
    isValid: (text: string) => boolean,
  ): string | undefined {
    if (!isValid(value)) return sentences[key];
    if (this.#section[key]) return sentences.repeated;
    this.#section[key] = value;
    return undefined;
  }

  #number(key: 'sctp-port' | 'max-message-size', max: number): Attribute {
    const read = (value: string): string | undefined => {
      if (!/^\d+$/.test(value) || Number(value) > max) return sentences.number;
      if (this.#section[key] !== undefined) return sentences.repeated;
      this.#section[key] = Number(value);
      return undefined;
    };
    return { media: true, fragment: false, read };
  }

  #readFingerprint(value: string): string | undefined {
    const { fingerprints } = this.#section;
    const fingerprint = parseFingerprint(value);
    if (!fingerprint) return sentences.fingerprint;
    if (fingerprints.length === fingerprintsMax) return sentences.fingerprints;
    fingerprints.push(fingerprint);
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

const setups = ['active', 'passive', 'actpass', 'holdconn'];

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}
