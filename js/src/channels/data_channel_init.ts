import { dictionary, refuse } from '../check_options.js';
import type { EventReader } from '../wire/event_reader.js';
import type { CommandWriter } from '../wire/command_writer.js';

/** As W3C's RTCDataChannelInit. */
export interface DataChannelInit {
  /** False: a message may overtake another. Default: true. */
  ordered?: boolean | undefined;
  /** For how many milliseconds a message is sent again while it is lost. Default: for ever. */
  maxPacketLifeTime?: number | undefined;
  /** How often a lost message is sent again. Default: until it arrives. */
  maxRetransmits?: number | undefined;
  /** The name of a subprotocol, for the peer. Default: "". */
  protocol?: string | undefined;
  /** Both ends make the channel, with the same `id`. Default: this end opens it for both. */
  negotiated?: boolean | undefined;
  /** The number of a negotiated channel, from 0 to 1023. */
  id?: number | undefined;
}

/** A channel's settings, with their defaults. */
export interface ChannelSettings {
  label: string;
  ordered: boolean;
  maxPacketLifeTime: number | null;
  maxRetransmits: number | null;
  protocol: string;
  negotiated: boolean;
  /** Null: it gets one when DTLS has told which end has even numbers. */
  id: number | null;
}

/** channels::kNameSizeMax. */
const nameSizeMax = 1024;
/** sctp::kStreamsMax. */
const idMax = 1023;

const encoder = new TextEncoder();

/** Throws a TypeError for what W3C refuses. */
export function channelSettings(label: string, init?: DataChannelInit): ChannelSettings {
  const { ordered = true, maxPacketLifeTime, maxRetransmits, ...rest } = dictionary(init, 'init');
  const { protocol = '', negotiated = false, id } = rest;
  if (encoder.encode(label).length > nameSizeMax) refuse('label', `at most ${nameSizeMax} bytes`);
  if (encoder.encode(protocol).length > nameSizeMax) {
    refuse('protocol', `at most ${nameSizeMax} bytes`);
  }
  if (maxPacketLifeTime !== undefined && maxRetransmits !== undefined) {
    refuse('maxRetransmits', 'allowed beside maxPacketLifeTime');
  }
  if (negotiated && id === undefined) refuse('id', 'given, which a negotiated channel needs');
  return {
    label: String(label),
    ordered: Boolean(ordered),
    maxPacketLifeTime: limit('maxPacketLifeTime', maxPacketLifeTime, 65535),
    maxRetransmits: limit('maxRetransmits', maxRetransmits, 65535),
    protocol: String(protocol),
    negotiated: Boolean(negotiated),
    // W3C: without `negotiated`, the number is not the application's.
    id: negotiated ? limit('id', id, idMax) : null,
  };
}

function limit(name: string, value: number | undefined, max: number): number | null {
  if (value === undefined) return null;
  if (!Number.isInteger(value) || value < 0 || value > max) {
    refuse(name, `an integer from 0 to ${max}`);
  }
  return value;
}

enum Limit {
  none,
  retransmits,
  lifeTime,
}

/** The fields of channels_open after its header. */
export function writeSettings(out: CommandWriter, settings: ChannelSettings): void {
  const { ordered, maxPacketLifeTime, maxRetransmits, negotiated, id, label, protocol } = settings;
  out.u8(Number(ordered));
  if (maxRetransmits !== null) out.u8(Limit.retransmits).u16(maxRetransmits);
  else if (maxPacketLifeTime !== null) out.u8(Limit.lifeTime).u16(maxPacketLifeTime);
  else out.u8(Limit.none).u16(0);
  out
    .u8(Number(negotiated))
    .u16(id ?? 0)
    .text(label)
    .text(protocol);
}

export function readSettings(reader: EventReader, channel: number): ChannelSettings {
  const ordered = reader.u8() === 1;
  const kind: Limit = reader.u8();
  const value = reader.u16();
  const negotiated = reader.u8() === 1;
  reader.u16(); // its number, which the record's header has, too
  return {
    ordered,
    maxPacketLifeTime: kind === Limit.lifeTime ? value : null,
    maxRetransmits: kind === Limit.retransmits ? value : null,
    negotiated,
    id: channel,
    label: reader.text(),
    protocol: reader.text(),
  };
}
