import { Engine } from '../engine/engine.js';
import { platform } from '#platform';
import { FloeError } from '../floe_error.js';
import type { Port, PortEvents, PortOptions } from './port.js';

/** An engine in this thread: in Node, in Workers, and in pages that ask for it. */
export async function openInThread(
  module: WebAssembly.Module,
  options: PortOptions,
  events: PortEvents,
): Promise<Port> {
  const WebSocket = options.WebSocket ?? platform.WebSocket();
  if (!WebSocket) {
    throw new FloeError('NotSupportedError', 'no-websocket', 'This runtime has no WebSocket.', {
      hint: 'Pass a constructor as the option WebSocket, for example the one of the package ws.',
    });
  }
  const engine = await Engine.create({
    module,
    WebSocket,
    deliver: (batch) => events.batch(batch),
    fail: (error) => events.failed(error),
    ...(options.log && { log: options.log }),
    random: options.random,
  });
  return { post: (batch) => engine.handleCommands(batch), close: () => engine.stop() };
}
