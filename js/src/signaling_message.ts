import type { IceCandidateInit } from './ice_candidate.js';
import type { IceRole } from './ice_parameters.js';

/** The messages of floe.signal.1 between two peers; core/signal/PROTOCOL.md describes them. */
export type SignalingMessage =
  | DescriptionMessage
  | CandidateMessage
  | { type: 'end-of-candidates'; usernameFragment: string; sdpMid?: string }
  | { type: 'restart' }
  | { type: 'bye'; reason?: string }
  | { type: 'reveal'; id?: string; nonce: string };

/** It can be passed to start(), since its members have W3C's names. */
export interface DescriptionMessage {
  type: 'description';
  usernameFragment: string;
  password: string;
  iceLite?: boolean;
  iceOptions?: string[];
  role?: IceRole;
  /** The receiver's generation that the sender knew. */
  remoteUsernameFragment?: string | null;
  candidates?: IceCandidateInit[];
  endOfCandidates?: boolean;
  /** Null or absent: the sender does not encrypt. */
  dtls?: DtlsParameters | null;
  /** Null or absent: the sender carries no data channels. */
  sctp?: SctpParameters | null;
}

/** What the sender of a description takes on its data channels (RFC 8841). */
export interface SctpParameters {
  /** Default: 5000. */
  port?: number;
  /** In bytes; 0: any. Default: 65536. */
  maxMessageSize?: number;
}

/** How the sender of a description encrypts (RFC 8842). */
export interface DtlsParameters {
  /** Who begins: the sender, its peer, or whichever its peer chooses. */
  setup: 'active' | 'passive' | 'actpass';
  /** 1 to 4; the sender's certificate has one of them. */
  fingerprints: DtlsFingerprint[];
  /** Names the association. */
  id?: string;
  /** The receiver's association that this one goes with. */
  peerId?: string;
  /** The SHA-256 of what a reveal message will tell. */
  commitment?: string;
}

/** The hash of a certificate (RFC 8122): `sha-256` and `AB:CD:…`. */
export interface DtlsFingerprint {
  algorithm: string;
  value: string;
}

export interface CandidateMessage extends IceCandidateInit {
  type: 'candidate' | 'candidate-removed';
  /** The sender's fragment. */
  usernameFragment: string;
  candidate: string;
}
