import type { IceCandidateInit } from './ice_candidate.js';
import type { IceRole } from './ice_parameters.js';

/** The messages of floe.signal.1 between two peers; core/signal/PROTOCOL.md has them in full. */
export type SignalingMessage =
  | DescriptionMessage
  | CandidateMessage
  | { type: 'end-of-candidates'; usernameFragment: string; sdpMid?: string }
  | { type: 'restart' }
  | { type: 'bye'; reason?: string };

/** Goes straight into start(): the names are W3C's. */
export interface DescriptionMessage {
  type: 'description';
  usernameFragment: string;
  password: string;
  iceLite?: boolean;
  iceOptions?: string[];
  role?: IceRole;
  /** The generation of the receiver that the sender knew. */
  remoteUsernameFragment?: string | null;
  candidates?: IceCandidateInit[];
  endOfCandidates?: boolean;
}

export interface CandidateMessage extends IceCandidateInit {
  type: 'candidate' | 'candidate-removed';
  /** The sender's own. */
  usernameFragment: string;
  candidate: string;
}
