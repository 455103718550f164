import type { OwnBytes } from './bytes.js';

/**
 * What carries more than datagrams over a transport: the DataChannels of floe/channels, which a page
 * without channels does not load.
 */
export interface DataLayer {
  /** The longest message in bytes that the peer may send: part of this end's description. */
  readonly receivedMessageSizeMax: number;
  /** DTLS is through. `carrier` carries packets until disconnected(). */
  connected(carrier: PacketCarrier, peer: ChannelPeer): void;
  /** Whether the datagram is of this layer; it then owns it. */
  take(datagram: OwnBytes): boolean;
  disconnected(carrier: PacketCarrier): void;
}

/** The datagrams of one transport, below the application's. */
export interface PacketCarrier {
  send(packet: Uint8Array): boolean;
  /** Gives a datagram to the application that the layer took by mistake. */
  receive(datagram: OwnBytes): void;
}

/** What the handshake and the peer's description say of channels. */
export interface ChannelPeer {
  /** The number of the DTLS association: another one means that the peer has begun again. */
  association: number;
  /** This end is the client of DTLS. */
  isClient: boolean;
  /** 0: the peer carries no channels. */
  port: number;
  /** The longest message in bytes that the peer takes; 0: any. */
  messageSizeMax: number;
}
