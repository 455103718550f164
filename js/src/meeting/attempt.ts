import type { ReceivedDatagram } from '../datagrams.js';
import { FloeError } from '../floe_error.js';
import type { IceTransport } from '../ice_transport.js';
import type { TransportSecurity } from '../security.js';
import type { SignalingClient, SignalingPeer } from '../signaling_client.js';
import type { SignalingMessage } from '../signaling_message.js';

/** One try to reach one member of the room, and what it came to. */
export interface Attempt {
  readonly peer: SignalingPeer;
  /** What carries the datagrams; undefined: the browser's own WebRTC. */
  readonly transport: IceTransport | undefined;
  /** Resolves when datagrams can be sent; rejects when the peer is silent or no path works. */
  readonly connected: Promise<void>;
  /** Whether datagrams can be sent now. */
  readonly isUp: boolean;
  /** Nothing comes of this attempt any more. */
  readonly hasEnded: boolean;
  /** Why it is not up any more. */
  readonly reason: string;
  readonly security: TransportSecurity | null;
  readonly maxDatagramSize: number;

  /** Takes a message that this peer sent. */
  receive(message: SignalingMessage): void;
  /** Another member is the better one, unless there is a path already. */
  giveWay(service: string): void;
  /** Tells what the peer sends, from the first datagram on, and when `security` has changed. */
  listen(listener: AttemptListener): void;
  /** False: it was not sent. */
  send(data: Uint8Array): boolean;
  whenWritable(): Promise<void>;
  /** Whether nothing comes any more: resolves with false as soon as something comes. */
  isSilent(): Promise<boolean>;
  /** Ends it; the peer is told only of a `farewell`. */
  close(farewell?: string): void;
}

export interface AttemptListener {
  datagram(datagram: ReceivedDatagram): void;
  secure(): void;
}

export interface AttemptParts {
  signaling: SignalingClient;
  peer: SignalingPeer;
  /** isUp or hasEnded may have changed. */
  onchange: () => void;
  /** The peer said goodbye. */
  onbye: (reason: string) => void;
  /** The peer has answered, and there is no path yet. */
  onslow: (error: FloeError) => void;
}

export type AttemptMaker = (parts: AttemptParts) => Attempt;

/** Where the attempts of a meeting come from. */
export interface AttemptSource {
  /** False: open() cannot succeed any more. */
  readonly mayOpen: boolean;
  /** Rejects with the reason why no attempt can be made now. */
  open(): Promise<AttemptMaker>;
  close(): void;
}

/** A path that is found after this time is late, and the application hears that it is looked for. */
export const pathMs = 6_000;
/** A member of the room that says nothing for so long is not there any more. */
export const answerMs = 5_000;

export function noAnswerError({ name }: SignalingPeer): FloeError {
  return new FloeError(
    'TimeoutError',
    'no-answer',
    `"${name}" is in the room and does not answer.`,
    {
      hint: 'It may have lost its network, or it talks to nobody: look at its own log.',
    },
  );
}

export function outdoneError({ name }: SignalingPeer, service: string): FloeError {
  const message = `"${name}" does not say that it offers "${service}", and another does.`;
  return new FloeError('AbortError', 'no-answer', message);
}
