export {
  type ChannelMessageEvent,
  DataChannel,
  type DataChannelEvents,
  type DataChannelState,
} from './data_channel.js';
export { DataChannelEvent } from './data_channel_events.js';
export type { DataChannelInit } from './data_channel_init.js';
export {
  DataChannels,
  type DataChannelsEvents,
  type DataChannelsOptions,
} from './data_channels.js';
