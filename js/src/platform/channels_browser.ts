import type { ChannelsPlatform } from './channels_platform.js';
import { compile } from './compile.js';

export const channelsPlatform: ChannelsPlatform = {
  loadModule: () => compile(fetch(new URL('./floe-channels.wasm', import.meta.url))),
};
