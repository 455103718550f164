// The entry of the command line: dist/tools.js, which is no part of the package's interface.
import { readFile } from 'node:fs/promises';

import type { NamedServer } from '../ice_server.js';
import { CommandWriter } from '../wire/command_writer.js';
import { runWaiting } from './run_waiting.js';

export { unreachableError } from '../front/refusal.js';
export { namePattern } from '../room_url.js';
export { isFingerprint, securityCodes } from '../security.js';
export { isOnThisHost } from '../web_socket_url.js';
export { runWaiting } from './run_waiting.js';

/** In the order of Tool in wasm/tools/tools.cc. */
const tools = ['stun', 'turn', 'nat', 'doctor'] as const;

export interface ToolOrder {
  tool: (typeof tools)[number];
  /** STUN servers may be without a scheme. */
  servers: NamedServer[];
  json: boolean;
  /** STUN over TCP. */
  tcp?: boolean | undefined;
  family?: 4 | 6 | undefined;
  bind?: string | undefined;
}

/** Runs one tool; resolves with the exit status. */
export async function runTool(order: ToolOrder): Promise<number> {
  const wasm = await readFile(new URL('./floe-tools.wasm', import.meta.url));
  return runWaiting({
    wasm,
    argument: packed(order),
    network: { addresses: order.bind === undefined ? [] : [order.bind] },
    print: (text) => void process.stdout.write(text),
    printError: (text) => void process.stderr.write(text),
  });
}

function packed({ tool, servers, json, tcp, family, bind }: ToolOrder): Uint8Array {
  const writer = new CommandWriter()
    .u8(tools.indexOf(tool))
    .u8(Number(json))
    .u8(Number(tcp ?? false))
    .u8(family ?? 0)
    .text(bind ?? '')
    .u16(servers.length);
  for (const { url, username, credential } of servers) {
    writer.text(url).text(username).text(credential);
  }
  return writer.take();
}
