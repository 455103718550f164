import type { OwnBytes } from '../bytes.js';
import type { IceRole } from '../ice_parameters.js';
import type { TransportSecurity } from '../security.js';
import type { DescriptionMessage, SignalingMessage } from '../signaling_message.js';

export interface DirectEndOptions {
  iceServers?: RTCIceServer[] | undefined;
  /** A hint, as in `SignalingPeer`. */
  role: IceRole;
  /** The SHA-256 of the peer's certificate is one of these; none: it is what the peer signals. */
  fingerprints: string[];
  /** Takes a message for the peer. */
  signal(message: SignalingMessage): unknown;
  datagram(data: OwnBytes): void;
  /** isUp has changed. */
  changed(): void;
}

/** What a browser has of its own for a path to a peer: it speaks floe.signal.1, and carries datagrams. */
export interface DirectEnd {
  /** Resolves when nothing comes of this end any more. */
  readonly lost: Promise<void>;
  readonly isUp: boolean;
  /** Describes this end to the peer. */
  offer(): Promise<void>;
  /** False: too much waits. */
  send(data: Uint8Array<ArrayBuffer>): boolean;
  /** Resolves when send() takes something, or this end is lost. */
  whenWritable(): Promise<void>;
  /** What the handshake came to. The browser has compared the fingerprints. */
  security(): Promise<TransportSecurity>;
  /** Whether the peer has lost what it knew of this end: it needs another one. */
  isOfAnother(message: DescriptionMessage): boolean;
  /** Takes a message of the peer. */
  receive(message: SignalingMessage): Promise<void>;
  close(): void;
}

export type DirectEndMaker = (options: DirectEndOptions) => DirectEnd;
