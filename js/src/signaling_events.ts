import type { SignalingMessage } from './signaling_message.js';
import type { SignalingPeer } from './signaling_client.js';

export class PeerJoinedEvent extends Event {
  declare readonly peer: SignalingPeer;

  constructor(type: string, peer: SignalingPeer) {
    super(type);
    this.peer = peer;
  }
}

export class PeerLeftEvent extends Event {
  declare readonly peer: SignalingPeer;
  /** `closed`: the peer left. `timeout`: its connection broke and did not come back in time. */
  declare readonly reason: string;

  constructor(type: string, peer: SignalingPeer, reason: string) {
    super(type);
    this.peer = peer;
    this.reason = reason;
  }
}

/** A message from a peer. */
export class SignalingMessageEvent extends Event {
  declare readonly message: SignalingMessage;
  /** The id of the sender; the server sets it. */
  declare readonly from: string;
  /** The sender; undefined if it has already left the room. */
  declare readonly peer: SignalingPeer | undefined;

  constructor(type: string, message: SignalingMessage, from: string, peer?: SignalingPeer) {
    super(type);
    this.message = message;
    this.from = from;
    this.peer = peer;
  }
}
