// Awaited writes through an idle loopback to a device that echoes: none is lost by a queue of ours, in
// Node by a gateway and by its own sockets, in a page's Worker and in its thread. Beside each run, what
// the same machine does without Floe: a hand-written echo over a WebSocket, and node:dgram alone.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { inTree } from '../runner/tree.mjs';

const kSize = 1200;
const kWindow = 24; // datagrams that are under way, so that no socket overflows
const kQuietMs = 500;

/// Writes `count` datagrams to the room's device, then waits until nothing comes any more. It runs in
/// Node and in a page, so it uses nothing but its argument.
export async function writeAll({ connect, options, count, size, quietMs }) {
  const device = await connect(options);
  let came = 0;
  device.addEventListener('datagram', () => came++);
  const writer = device.datagrams.writable.getWriter();
  const begun = performance.now();
  for (let i = 0; i < count; i++) await writer.write(new Uint8Array(size));
  for (let before = -1; before !== came && came < count;) {
    before = came;
    await new Promise((resolve) => setTimeout(resolve, quietMs));
  }
  const seconds = (performance.now() - begun) / 1000;
  const { transport, datagrams } = device;
  const ofTransport = [...(await transport.getStats()).values()].find(
    ({ type }) => type === 'transport',
  );
  const ofGateway = (await transport.gateway?.getStats()) ?? {};
  const { datagramsDropped = 0, datagramsDroppedByGateway = 0 } = ofGateway;
  const { packetsDiscardedOnSend = 0 } = ofTransport;
  const { incomingDropped, outgoingDropped } = datagrams;
  device.close();
  return {
    came,
    perSecond: Math.round(count / seconds),
    drops: {
      packetsDiscardedOnSend,
      datagramsDropped,
      datagramsDroppedByGateway,
      incomingDropped,
      outgoingDropped,
    },
  };
}

const figure = (perSecond) => `${perSecond.toLocaleString('en')} a second there and back`;

/// A result from what writeAll() resolved with: no queue of the package may have dropped what was
/// written, and the share `echoes` of it must have come back. In a page a tenth is enough: while it writes
/// it reads slowly, and the gateway drops the oldest for it.
export function verdict(name, count, { came, perSecond, drops }, { echoes = 1 } = {}) {
  const { packetsDiscardedOnSend, datagramsDropped, outgoingDropped } = drops;
  const lost = packetsDiscardedOnSend + datagramsDropped + outgoingDropped;
  console.log(
    `${name}: ${came} of ${count} came back, ${lost} dropped by us, ${figure(perSecond)}`,
  );
  const why = `${count - came} are missing: ${JSON.stringify(drops)}`;
  return { name, [lost === 0 && came >= echoes * count ? 'passed' : 'failed']: 1, why };
}

/// Results for Node: by the gateway, and by its own sockets.
export async function bulkInNode({ tunnel, signaling }, count) {
  const { connect } = await import(inTree('js/dist/node.js'));
  const run = async (name, options) => {
    const common = { signaling, room: 'demo', name: 'writer', peer: 'device' };
    const job = { connect, options: { ...common, ...options }, count, size: kSize };
    return verdict(name, count, await writeAll({ ...job, quietMs: kQuietMs }));
  };
  const results = [
    await run('awaited writes, Node by a gateway', { gateway: tunnel }),
    await run('awaited writes, Node by its own sockets', {}),
  ];
  console.log(`for comparison, npm ws alone: ${figure(await webSocketEcho(count))}`);
  console.log(`for comparison, node:dgram alone: ${figure(await datagramEcho(count))}`);
  return results;
}

/// The device's part is in this process, too: so both have one core less than Floe has.
async function webSocketEcho(count) {
  const { WebSocket, WebSocketServer } = createRequire(inTree('js/package.json'))('ws');
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  server.on('connection', (socket) => socket.on('message', (data) => socket.send(data)));
  await once(server, 'listening');
  const client = new WebSocket(`ws://127.0.0.1:${server.address().port}`);
  await once(client, 'open');
  const rate = await echoRate(
    count,
    (data) => client.send(data),
    (heard) => client.on('message', heard),
  );
  client.terminate();
  server.close();
  return rate;
}

async function datagramEcho(count) {
  const sockets = [createSocket('udp4'), createSocket('udp4')];
  for (const socket of sockets) {
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
  }
  const [client, server] = sockets;
  server.on('message', (data, { port, address }) => server.send(data, port, address));
  const { port } = server.address();
  const send = (data) => client.send(data, port, '127.0.0.1');
  const rate = await echoRate(count, send, (heard) => client.on('message', heard));
  for (const socket of sockets) socket.close();
  return rate;
}

/// How many datagrams a second come back, with kWindow of them under way.
async function echoRate(count, send, onMessage) {
  const data = new Uint8Array(kSize);
  const begun = performance.now();
  let [sent, came] = [0, 0];
  await new Promise((resolve) => {
    onMessage(() => {
      if (++came >= count) return resolve();
      if (sent++ < count) send(data);
    });
    for (; sent < kWindow; sent++) send(data);
  });
  return Math.round((count / (performance.now() - begun)) * 1000);
}
