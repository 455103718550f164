import type { BytesLike, OwnBytes } from '../bytes.js';
import { bytesOf } from '../datagrams.js';
import { FloeErrorEvent } from '../events.js';
import { FloeError, FloeTypeError } from '../floe_error.js';
import {
  defineEventAttributes,
  TypedEventTarget,
  type EventAttribute,
} from '../typed_event_target.js';
import type { ChannelSettings } from './data_channel_init.js';

export type DataChannelState = 'connecting' | 'open' | 'closing' | 'closed';

/** A MessageEvent: a text, or bytes as the channel's `binaryType` says. */
export type ChannelMessageEvent = Event & { readonly data: string | ArrayBuffer | Blob };

export interface DataChannelEvents {
  open: Event;
  message: ChannelMessageEvent;
  bufferedamountlow: Event;
  error: FloeErrorEvent;
  closing: Event;
  close: Event;
}

/** What a channel asks of the DataChannels that made it. */
export interface ChannelOwner {
  /** The longest message in bytes that the peer takes. */
  maxMessageSize(): number;
  send(channel: DataChannel, isText: boolean, message: Uint8Array): void;
  close(channel: DataChannel): void;
}

/** channels::kBufferedMax. */
const bufferedMax = 16 << 20;
const encoder = new TextEncoder();

/** A data channel (RFC 8831), with the interface of W3C's RTCDataChannel. */
export class DataChannel extends TypedEventTarget<DataChannelEvents> {
  readonly label: string;
  readonly ordered: boolean;
  readonly maxPacketLifeTime: number | null;
  readonly maxRetransmits: number | null;
  readonly protocol: string;
  readonly negotiated: boolean;
  /** `bufferedamountlow` comes when bufferedAmount has fallen to this. */
  bufferedAmountLowThreshold = 0;
  /** What the bytes of a message come as. */
  binaryType: 'arraybuffer' | 'blob' = 'arraybuffer';

  declare onopen: EventAttribute<this, Event>;
  declare onmessage: EventAttribute<this, ChannelMessageEvent>;
  declare onbufferedamountlow: EventAttribute<this, Event>;
  declare onerror: EventAttribute<this, FloeErrorEvent>;
  declare onclosing: EventAttribute<this, Event>;
  declare onclose: EventAttribute<this, Event>;

  /** @internal */
  readonly settings: ChannelSettings;
  readonly #owner: ChannelOwner;
  #state: DataChannelState = 'connecting';
  #bufferedAmount = 0;

  static {
    defineEventAttributes(this, 'open message bufferedamountlow error closing close');
  }

  /** @internal */
  constructor(owner: ChannelOwner, settings: ChannelSettings) {
    super();
    const { label, ordered, maxPacketLifeTime, maxRetransmits, protocol, negotiated } = settings;
    this.#owner = owner;
    this.settings = settings;
    this.label = label;
    this.ordered = ordered;
    this.maxPacketLifeTime = maxPacketLifeTime;
    this.maxRetransmits = maxRetransmits;
    this.protocol = protocol;
    this.negotiated = negotiated;
  }

  /** Null until DTLS has told which end has even numbers. */
  get id(): number | null {
    return this.settings.id;
  }

  get readyState(): DataChannelState {
    return this.#state;
  }

  /** Bytes that send() has taken and SCTP has not. */
  get bufferedAmount(): number {
    return this.#bufferedAmount;
  }

  /**
   * Sends a message, which is copied. Throws an InvalidStateError unless the channel is open, a
   * TypeError when the message is longer than the peer takes, and an OperationError when more than
   * 16 MiB would wait: then `bufferedamountlow` tells when to go on.
   */
  send(data: string | BytesLike): void {
    if (this.#state !== 'open') throw notOpenError(this);
    const isText = typeof data === 'string';
    const message = isText ? encoder.encode(data) : bytesOf(data);
    const maxMessageSize = this.#owner.maxMessageSize();
    if (message.length > maxMessageSize) {
      throw new FloeTypeError(
        'message-too-long',
        `A message of ${message.length} bytes is longer than the peer takes.`,
        `Send at most ${maxMessageSize} bytes, in several messages.`,
      );
    }
    if (this.#bufferedAmount + message.length > bufferedMax) {
      throw new FloeError('OperationError', 'buffer-full', 'Too much waits in the channel.', {
        hint: 'Wait for `bufferedamountlow` when `bufferedAmount` is large.',
      });
    }
    this.#bufferedAmount += message.length;
    this.#owner.send(this, isText, message);
  }

  /** What waits is sent before. */
  close(): void {
    if (this.#state === 'closing' || this.#state === 'closed') return;
    this.#state = 'closing';
    this.#owner.close(this);
  }

  // What the channel's DataChannels hear of it -----------------------------------------------------

  /** @internal */
  opened(): void {
    if (this.#state !== 'connecting') return;
    this.#state = 'open';
    this.dispatchEvent(new Event('open'));
  }

  /** @internal */
  received(data: string | OwnBytes): void {
    if (typeof data === 'string') {
      this.dispatchEvent(new MessageEvent('message', { data }));
    } else {
      const { buffer } = data;
      const isBlob = this.binaryType === 'blob';
      this.dispatchEvent(new MessageEvent('message', { data: isBlob ? new Blob([data]) : buffer }));
    }
  }

  /** @internal SCTP has taken so many bytes, or has refused them. */
  taken(bytes: number): void {
    const before = this.#bufferedAmount;
    this.#bufferedAmount -= bytes;
    const threshold = this.bufferedAmountLowThreshold;
    if (before > threshold && this.#bufferedAmount <= threshold) {
      this.dispatchEvent(new Event('bufferedamountlow'));
    }
  }

  /** @internal Nothing more comes, and nothing more can be sent. */
  ended(error?: FloeError): void {
    if (this.#state === 'closed') return;
    const isOurs = this.#state === 'closing';
    this.#state = 'closing';
    if (!isOurs) this.dispatchEvent(new Event('closing'));
    this.#state = 'closed';
    if (error) this.dispatchEvent(new FloeErrorEvent('error', error));
    this.dispatchEvent(new Event('close'));
  }
}

function notOpenError({ label, readyState }: DataChannel): FloeError {
  return new FloeError(
    'InvalidStateError',
    'not-open',
    `The channel "${label}" is ${readyState}.`,
    { hint: 'Send after its `open` event, and before it closes.' },
  );
}
