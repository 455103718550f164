// The records of the module of data channels, apart from the others since few pages need them.

export enum ChannelCommand {
  channels_create = 80,
  channels_packet = 81,
  channels_open = 82,
  channels_send = 83,
  channels_close = 84,
}

export enum ChannelEventKind {
  channels_transmit = 80,
  channels_datagram = 81,
  channels_numbered = 82,
  channels_opened = 83,
  channels_message = 84,
  channels_taken = 85,
  channels_refused = 86,
  channels_closed = 87,
  channels_ended = 88,
}
