// What a program of Node does, whose TypeScript knows of no page.
import { readFile } from 'node:fs/promises';

import { Gateway, IceTransport, init } from 'floe';
import { WebSocket } from 'ws';

export async function program(ice: IceTransport): Promise<void> {
  await init(await readFile('floe.wasm'));
  ice.send(Buffer.from('hello'));
  ice.addEventListener('datagram', ({ data }) => process.stdout.write(data));
  new Gateway('wss://gateway.example/tunnel', { WebSocket });
  for await (const bytes of ice.datagrams.readable) Buffer.concat([bytes]);
}
