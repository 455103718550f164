import type { OwnBytes } from '../bytes.js';
import { checkedOptions, refuse } from '../check_options.js';
import type { ChannelPeer, DataLayer, PacketCarrier } from '../data_layer.js';
import { FloeError } from '../floe_error.js';
import {
  defineEventAttributes,
  TypedEventTarget,
  type EventAttribute,
} from '../typed_event_target.js';
import { ChannelCommand, ChannelEventKind } from '../wire/channel_record_kind.js';
import type { EventReader, EventRecord } from '../wire/event_reader.js';
import { Command } from '../wire/record_kind.js';
import { channelsEngine, type ChannelsEngine } from './channels_engine.js';
import { DataChannel, type ChannelOwner } from './data_channel.js';
import { DataChannelEvent } from './data_channel_events.js';
import {
  channelSettings,
  readSettings,
  writeSettings,
  type DataChannelInit,
} from './data_channel_init.js';

export interface DataChannelsOptions {
  /** The longest message in bytes that the peer may send, up to 1 MiB. Default: 256 KiB. */
  maxMessageSize?: number | undefined;
}

export interface DataChannelsEvents {
  datachannel: DataChannelEvent;
}

/** sctp::kMessageSizeMax. */
const messageSizeMax = 1 << 20;
/** channels::kChannelsMax. */
const channelsMax = 256;
/** Packets of the peer that wait for the module. */
const heldPacketsMax = 64;
const ownPort = 5000;

/** In the order of channels::OpenError. */
const openErrors = [
  'There are too many channels.',
  'Another channel has this number.',
  'Its label or its protocol is too long.',
  'The data channels of this connection are over.',
  'The peer carries no data channels.',
];

/**
 * The data channels of a connection (RFC 8831), as a browser's RTCPeerConnection has them. Pass it as
 * the option `channels` to connect(), or to a Negotiation.
 *
 * Channels end with the association that carries them: when the connection has found its peer again
 * after that was gone, both ends open others.
 */
export class DataChannels extends TypedEventTarget<DataChannelsEvents> implements DataLayer {
  readonly receivedMessageSizeMax: number;

  declare ondatachannel: EventAttribute<this, DataChannelEvent>;

  readonly #owner: ChannelOwner = {
    maxMessageSize: () => this.maxMessageSize,
    send: (channel, isText, message) => this.#send(channel, isText, message),
    close: (channel) => this.#close(channel),
  };
  #carrier: PacketCarrier | undefined;
  #peer: ChannelPeer | undefined;
  #engine: ChannelsEngine | undefined;
  #handle = 0;
  #isOver = false;
  #heldPackets = 0;
  #nextNumber = 0;
  /** Without a number: for an association, or for the module's answer, by the number of the request. */
  #waiting: DataChannel[] = [];
  readonly #asked = new Map<number, DataChannel>();
  readonly #channels = new Map<number, DataChannel>();

  static {
    defineEventAttributes(this, 'datachannel');
  }

  constructor(options: DataChannelsOptions = {}) {
    super();
    const { maxMessageSize = 256 << 10 } = checkedOptions(options);
    if (
      !Number.isInteger(maxMessageSize) ||
      maxMessageSize < 1 ||
      maxMessageSize > messageSizeMax
    ) {
      refuse('maxMessageSize', `an integer from 1 to ${messageSizeMax}`);
    }
    this.receivedMessageSizeMax = maxMessageSize;
  }

  /** The longest message in bytes that the peer takes; 0 while there is none that takes any. */
  get maxMessageSize(): number {
    if (!this.#peer?.port) return 0;
    return Math.min(this.#peer.messageSizeMax || messageSizeMax, messageSizeMax);
  }

  /**
   * Opens a channel. Before the peer is there, it waits for it. Throws a TypeError for arguments that
   * W3C refuses, and an OperationError when there can be no such channel.
   */
  createDataChannel(label: string, init?: DataChannelInit): DataChannel {
    const channel = new DataChannel(this.#owner, channelSettings(label, init));
    this.#check(channel);
    this.#waiting.push(channel);
    if (this.#peer) this.#begin();
    return channel;
  }

  #check({ id }: DataChannel): void {
    if (this.#peer && !this.#peer.port) throw noChannelsError();
    if (this.#isOver) throw limitError('The data channels of this connection are over.');
    const pending = [...this.#waiting, ...this.#asked.values()];
    if (pending.length + this.#channels.size >= channelsMax) {
      throw limitError(`There are ${channelsMax} channels already.`);
    }
    const isTaken = id !== null && (this.#channels.has(id) || pending.some((one) => one.id === id));
    if (isTaken) throw limitError(`Another channel has the number ${id}.`);
  }

  // The layer of a transport, which calls these ---------------------------------------------------

  connected(carrier: PacketCarrier, peer: ChannelPeer): void {
    if (this.#carrier === carrier && this.#peer?.association === peer.association) return;
    // RFC 8842, section 5.1 has it for DTLS: what was built on the old association goes with it.
    this.#end();
    this.#carrier = carrier;
    this.#peer = peer;
    this.#isOver = false;
    if (!peer.port) this.#fail(this.#waiting.splice(0), noChannelsError());
    else if (this.#waiting.length > 0) this.#begin();
  }

  take(datagram: OwnBytes): boolean {
    if (!this.#peer?.port || !isBetween(datagram, this.#peer.port, ownPort)) return false;
    if (this.#isOver) return true;
    const engine = this.#begin();
    if (!engine.isLoaded && this.#heldPackets++ >= heldPacketsMax) return true; // it comes again
    engine.command(ChannelCommand.channels_packet, this.#handle).bytes(datagram);
    return true;
  }

  disconnected(carrier: PacketCarrier): void {
    if (this.#carrier !== carrier) return;
    this.#end();
    this.#carrier = this.#peer = undefined;
    this.#isOver = false;
  }

  /** The association begins with the first channel of either end. */
  #begin(): ChannelsEngine {
    const { port, isClient, messageSizeMax: peerTakes } = this.#peer!;
    if (!this.#engine) {
      this.#engine = channelsEngine();
      this.#handle = this.#engine.add({
        onRecord: (record, reader) => this.#onRecord(record, reader),
        onEngineLost: (error) => this.#over(error),
      });
      this.#engine
        .command(ChannelCommand.channels_create, this.#handle)
        .u8(Number(isClient))
        .u16(ownPort)
        .u16(port)
        .u32(this.receivedMessageSizeMax)
        .u32(peerTakes);
    }
    for (const channel of this.#waiting.splice(0)) this.#open(this.#engine, channel);
    return this.#engine;
  }

  #open(engine: ChannelsEngine, channel: DataChannel): void {
    if (channel.readyState !== 'connecting') return;
    const number = this.#nextNumber++ & 0xffff;
    this.#asked.set(number, channel);
    const command = engine.command(ChannelCommand.channels_open, this.#handle, number);
    writeSettings(command, channel.settings);
  }

  // What the module says --------------------------------------------------------------------------

  #onRecord({ kind, extra }: EventRecord, reader: EventReader): void {
    const channel = this.#channels.get(extra);
    switch (kind as ChannelEventKind) {
      case ChannelEventKind.channels_transmit:
        // What cannot be sent is lost; SCTP sends it again.
        this.#carrier?.send(reader.view());
        break;
      case ChannelEventKind.channels_datagram:
        this.#carrier?.receive(reader.rest());
        break;
      case ChannelEventKind.channels_numbered:
        this.#onNumbered(extra, reader.u16(), reader.u8());
        break;
      case ChannelEventKind.channels_opened:
        if (reader.u8() === 1) this.#onOpenedByPeer(extra, reader);
        else channel?.opened();
        break;
      case ChannelEventKind.channels_message:
        channel?.received(reader.u8() === 1 ? reader.restText() : reader.rest());
        break;
      case ChannelEventKind.channels_taken:
        channel?.taken(reader.u32());
        break;
      case ChannelEventKind.channels_refused:
        reader.u8();
        channel?.taken(reader.u32());
        break;
      case ChannelEventKind.channels_closed:
        this.#channels.delete(extra);
        channel?.ended();
        break;
      case ChannelEventKind.channels_ended:
        this.#over();
    }
  }

  #onNumbered(number: number, id: number, error: number): void {
    const channel = this.#asked.get(number);
    this.#asked.delete(number);
    if (!channel) return;
    if (error > 0)
      return channel.ended(limitError(openErrors[error - 1] ?? 'It cannot be opened.'));
    channel.settings.id = id;
    this.#channels.set(id, channel);
    if (channel.readyState === 'closing') this.#close(channel);
  }

  #onOpenedByPeer(id: number, reader: EventReader): void {
    const channel = new DataChannel(this.#owner, readSettings(reader, id));
    this.#channels.set(id, channel);
    channel.opened();
    this.dispatchEvent(new DataChannelEvent('datachannel', channel));
  }

  /** The association is over, and the connection goes on without channels. */
  #over(error?: FloeError): void {
    this.#isOver = true;
    this.#end(error);
  }

  #end(error?: FloeError): void {
    this.#engine?.command(Command.close, this.#handle);
    this.#engine?.remove(this.#handle);
    this.#engine = undefined;
    this.#heldPackets = 0;
    const ended = [...this.#asked.values(), ...this.#channels.values()];
    this.#asked.clear();
    this.#channels.clear();
    this.#fail(ended, error);
  }

  #fail(channels: DataChannel[], error?: FloeError): void {
    for (const channel of channels) channel.ended(error);
  }

  // For DataChannel -------------------------------------------------------------------------------

  #send({ id }: DataChannel, isText: boolean, message: Uint8Array): void {
    this.#engine
      ?.command(ChannelCommand.channels_send, this.#handle, id!)
      .u8(Number(isText))
      .bytes(message);
  }

  #close(channel: DataChannel): void {
    if (channel.id !== null && this.#channels.get(channel.id) === channel) {
      this.#engine?.command(ChannelCommand.channels_close, this.#handle, channel.id);
      return;
    }
    // Nobody knows of it yet, unless the module has just been asked: its answer comes here again.
    const at = this.#waiting.indexOf(channel);
    if (at < 0) return;
    this.#waiting.splice(at, 1);
    queueMicrotask(() => channel.ended());
  }
}

/** RFC 9260, section 3.1: each packet begins with the ports of its ends. */
function isBetween(datagram: Uint8Array, source: number, destination: number): boolean {
  if (datagram.length < 12) return false;
  const view = new DataView(datagram.buffer, datagram.byteOffset, 4);
  return view.getUint16(0) === source && view.getUint16(2) === destination;
}

function noChannelsError(): FloeError {
  return new FloeError('OperationError', 'no-channels', 'The peer carries no data channels.', {
    hint: 'It has to say so in its description: a `floe` peer by its option `channels`.',
  });
}

function limitError(why: string): FloeError {
  return new FloeError('OperationError', 'channel-limit', why);
}
