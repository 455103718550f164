import { refuse } from './check_options.js';
import type { FloeErrorCode } from './error_codes.js';
import type { EventReader } from './wire/event_reader.js';

/** How datagrams are encrypted: by DTLS, or not at all, which both ends must want. */
export type Encryption = 'dtls' | 'none';

export interface SecurityOptions {
  /**
   * "none": datagrams are plaintext, which the gateway and everybody else on the path can read and
   * change. Default: "dtls".
   */
  encryption?: Encryption | undefined;
  /**
   * The SHA-256 of the certificate that the peer must have, as "AB:CD:…", or several of which it must
   * have one. Default: the peer may have any certificate that it signals.
   */
  expectedFingerprint?: string | string[] | undefined;
}

/** What the handshake of a connection came to. */
export interface TransportSecurity {
  /** SHA-256 of the certificate of this end, which it made for this connection. */
  readonly fingerprint: string;
  /** SHA-256 of the certificate that the peer has shown. */
  readonly peerFingerprint: string;
  /**
   * Four words, the same at both ends if nobody is between them: two people can compare them. Empty
   * while they are not known, and with a peer that has no such words.
   */
  readonly words: string;
  /** "DTLS 1.2"; "DTLS" where the browser does not tell the version. */
  readonly protocol: string;
  /** Empty where the browser does not tell it. */
  readonly cipher: string;
}

const fingerprintPattern = /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/i;

/** @internal */
export function isFingerprint(text: unknown): boolean {
  return typeof text === 'string' && fingerprintPattern.test(text);
}

/** @internal The fingerprints that the peer may have; none: it may have any. */
export function expectedPeers({ encryption, expectedFingerprint }: SecurityOptions): string[] {
  const peers = [expectedFingerprint ?? []].flat();
  if (!peers.every(isFingerprint) || peers.length > 255) {
    refuse('expectedFingerprint', 'the SHA-256 of a certificate, as "AB:CD:…", or several');
  }
  if (peers.length > 0 && encryption === 'none') {
    refuse('encryption', '"dtls", which `expectedFingerprint` needs');
  }
  return peers;
}

/** @internal */
export function readSecurity(reader: EventReader): TransportSecurity {
  return {
    fingerprint: reader.text(),
    peerFingerprint: reader.text(),
    words: reader.text(),
    protocol: reader.text(),
    cipher: reader.text(),
  };
}

/** @internal Why a connection is not encrypted, or not with the right peer. */
export const securityCodes: readonly FloeErrorCode[] = [
  'bad-parameters',
  'dtls-unavailable',
  'false-reveal',
  'fingerprint-mismatch',
  'handshake-failed',
  'handshake-timeout',
  'not-encrypted',
  'not-expected',
  'refused-by-peer',
];
