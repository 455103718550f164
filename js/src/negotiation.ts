import { checkedOptions, refuse } from './check_options.js';
import type { DataLayer } from './data_layer.js';
import { FloeErrorEvent } from './events.js';
import { FloeError, refusedError } from './floe_error.js';
import { IceTransport } from './ice_transport.js';
import { expectedPeers, type SecurityOptions } from './security.js';
import {
  defineEventAttributes,
  TypedEventTarget,
  type EventAttribute,
} from './typed_event_target.js';
import type { SignalingMessage } from './signaling_message.js';
import type { EventReader, EventRecord } from './wire/event_reader.js';
import { Command, EventKind } from './wire/record_kind.js';

export interface NegotiationOptions extends SecurityOptions {
  /** False: the description waits for all candidates and carries them. Default: true. */
  trickle?: boolean;
  /** DataChannels of floe/channels: the peer is told that this end carries them. */
  channels?: DataLayer | undefined;
}

/** A message for the peer. */
export class NegotiationMessageEvent extends Event {
  declare readonly message: SignalingMessage;

  constructor(type: string, message: SignalingMessage) {
    super(type);
    this.message = message;
  }
}

/** The peer said goodbye. */
export class ByeEvent extends Event {
  declare readonly reason: string;

  constructor(type: string, reason: string) {
    super(type);
    this.reason = reason;
  }
}

/**
 * A candidate of the peer was read and is not used: one over TCP, or one with a name instead of an
 * address, as browsers tell them. A gateway cannot resolve such a name, since only the peer's own
 * network knows it.
 */
export class CandidateSkippedEvent extends Event {
  /** The peer's line. */
  declare readonly candidate: string;
  declare readonly reason: string;

  constructor(type: string, candidate: string, reason: string) {
    super(type);
    this.candidate = candidate;
    this.reason = reason;
  }
}

export interface NegotiationEvents {
  message: NegotiationMessageEvent;
  bye: ByeEvent;
  skipped: CandidateSkippedEvent;
  error: FloeErrorEvent;
}

/**
 * Negotiates a transport with a peer; the application carries the messages in any way.
 *
 * Handles candidates that overtake their description, old generations, duplicates, and restarts of
 * both sides at once. It replaces start() and addRemoteCandidate(); you still call gather(). A
 * transport has one Negotiation at most.
 *
 * It also agrees on encryption: the transport is `connected` when DTLS is through, as its `secure`
 * event says.
 */
export class Negotiation extends TypedEventTarget<NegotiationEvents> {
  readonly transport: IceTransport;

  declare onmessage: EventAttribute<this, NegotiationMessageEvent>;
  declare onbye: EventAttribute<this, ByeEvent>;
  declare onskipped: EventAttribute<this, CandidateSkippedEvent>;
  declare onerror: EventAttribute<this, FloeErrorEvent>;

  static {
    defineEventAttributes(this, 'message bye skipped error');
  }

  constructor(transport: IceTransport, options: NegotiationOptions = {}) {
    super();
    const { trickle = true, encryption, channels } = checkedOptions(options);
    const peers = expectedPeers(options);
    if (!(transport instanceof IceTransport)) refuse('transport', 'an IceTransport');
    if (transport.agent.onNegotiationRecord) {
      throw new FloeError(
        'InvalidStateError',
        'negotiated',
        'The transport has a Negotiation already.',
      );
    }
    this.transport = transport;
    transport.agent.onNegotiationRecord = (record, reader) => this.#onRecord(record, reader);
    const encrypts = encryption !== 'none';
    transport.agent.mirror.encrypts = encrypts;
    if (encrypts) transport.agent.layer = channels;
    const command = transport.agent.engine.command(Command.negotiation_start);
    const messageSizeMax = channels?.receivedMessageSizeMax ?? 0;
    command.u8(Number(trickle)).u8(Number(encrypts)).u32(messageSizeMax).u16(peers.length);
    for (const peer of peers) command.text(peer);
  }

  /** Takes a message from the `message` event of the peer's Negotiation, as an object or as JSON. */
  receive(message: SignalingMessage | string): void {
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    this.transport.agent.engine.command(Command.negotiation_receive).text(text);
  }

  /** Describes this end again: for use when messages may have been lost. */
  repeat(): void {
    this.transport.agent.engine.command(Command.negotiation_repeat);
  }

  /** Tells the peer that the session ends. It does not close the transport. */
  bye(reason = ''): void {
    this.transport.agent.engine.command(Command.negotiation_bye).text(reason);
  }

  #onRecord({ kind }: EventRecord, reader: EventReader): void {
    if (kind === EventKind.negotiation_message) {
      const message = JSON.parse(reader.text()) as SignalingMessage;
      this.dispatchEvent(new NegotiationMessageEvent('message', message));
    } else if (kind === EventKind.negotiation_bye) {
      this.dispatchEvent(new ByeEvent('bye', reader.text()));
    } else if (kind === EventKind.negotiation_skipped) {
      const candidate = reader.text();
      this.dispatchEvent(new CandidateSkippedEvent('skipped', candidate, reader.text()));
    } else {
      const code = reader.text();
      const error = refusedError(code, reader.text());
      this.dispatchEvent(new FloeErrorEvent('error', error));
    }
  }
}
