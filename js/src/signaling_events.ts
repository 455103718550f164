import type { SignalingMessage } from './signaling_message.js';
import type { SignalingPeer } from './signaling_client.js';

export class PeerJoinedEvent extends Event {
  readonly peer: SignalingPeer;

  constructor(type: string, peer: SignalingPeer) {
    super(type);
    this.peer = peer;
  }
}

export class PeerLeftEvent extends Event {
  readonly peer: SignalingPeer;
  /** `closed`: it said so. `timeout`: its connection broke and did not come back. */
  readonly reason: string;

  constructor(type: string, peer: SignalingPeer, reason: string) {
    super(type);
    this.peer = peer;
    this.reason = reason;
  }
}

/** A message from a peer. */
export class SignalingMessageEvent extends Event {
  readonly message: SignalingMessage;
  /** The id of the sender, as the server stamped it. */
  readonly from: string;
  /** The sender, unless it has left the room meanwhile. */
  readonly peer: SignalingPeer | undefined;

  constructor(type: string, message: SignalingMessage, from: string, peer?: SignalingPeer) {
    super(type);
    this.message = message;
    this.from = from;
    this.peer = peer;
  }
}
