import type { IceCandidateInit } from './ice_candidate.js';
import type { IceRole } from './ice_parameters.js';

/** The messages of floe.signal.1 between two peers; core/signal/PROTOCOL.md describes them. */
export type SignalingMessage =
  | DescriptionMessage
  | CandidateMessage
  | { type: 'end-of-candidates'; usernameFragment: string; sdpMid?: string }
  | { type: 'restart' }
  | { type: 'bye'; reason?: string };

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
}

export interface CandidateMessage extends IceCandidateInit {
  type: 'candidate' | 'candidate-removed';
  /** The sender's fragment. */
  usernameFragment: string;
  candidate: string;
}
