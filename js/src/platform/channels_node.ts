import { readFile } from 'node:fs/promises';

import type { ChannelsPlatform } from './channels_platform.js';
import { compile } from './compile.js';

export const channelsPlatform: ChannelsPlatform = {
  loadModule: async () => compile(await readFile(new URL('./floe-channels.wasm', import.meta.url))),
};
