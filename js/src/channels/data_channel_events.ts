import type { DataChannel } from './data_channel.js';

/** The peer has opened a channel. */
export class DataChannelEvent extends Event {
  declare readonly channel: DataChannel;

  constructor(type: string, channel: DataChannel) {
    super(type);
    this.channel = channel;
  }
}
