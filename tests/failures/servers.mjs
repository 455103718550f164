// Servers on loopback that fail in each way, and a gateway that works.
import { createServer as createHttpServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startGateway } from '../../demo/runner/services.mjs';
import { makeCertificate } from '../netlab/certificate.mjs';
import { inTree } from '../runner/tree.mjs';

const kHost = '127.0.0.1';
const kSecret = 'a secret of this test, long enough';
/// Who may use the TURN server of the gateway that works.
export const kTurnUser = { user: 'alice', password: 'open sesame' };
const kRoomMax = 16; // members that a room of the gateway takes

async function listen(server) {
  server.listen(0, kHost);
  await once(server, 'listening');
  return server.address().port;
}

/// {signaling, gateway, ...} by kind of failure, as URLs; stop() ends all.
export async function startServers() {
  const stops = [];
  const folder = mkdtempSync(path.join(tmpdir(), 'floe-failures-'));
  stops.push(() => rmSync(folder, { recursive: true, force: true }));
  const tcp = async (server) => {
    const sockets = new Set();
    server.on('connection', (socket) => sockets.add(socket.on('error', () => {})));
    stops.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return `${kHost}:${await listen(server)}`;
  };
  const users = path.join(folder, 'users');
  writeFileSync(users, `${kTurnUser.user}:${kTurnUser.password}\n`);
  const working = await startGateway({
    listen: `${kHost}:0`,
    bind: kHost,
    options: ['--turn', `${kHost}:0`, '--turn-users', users],
  });
  stops.push(() => working.stop());
  const guarded = await startGateway({ listen: `${kHost}:0`, bind: kHost, secret: kSecret });
  stops.push(() => guarded.stop());
  const { certificate, key } = makeCertificate(folder, [kHost]);
  const tls = { cert: readFileSync(certificate), key: readFileSync(key) };
  const notCertificates = path.join(folder, 'not-certificates.pem');
  writeFileSync(notCertificates, 'no certificate');
  const udp = createSocket('udp4').bind(0, kHost); // hears STUN, and says nothing
  await once(udp, 'listening');
  stops.push(() => udp.close());
  return {
    working: working.address,
    guarded: guarded.address,
    closed: `${kHost}:9`,
    unresolvable: 'nobody.invalid',
    notFound: await tcp(createHttpServer((_, response) => response.writeHead(404).end('no'))),
    silent: await tcp(createTcpServer(() => {})),
    garbage: await tcp(createTcpServer((socket) => socket.end('220 mail.example ESMTP\r\n'))),
    hangsUp: await tcp(createTcpServer((socket) => socket.destroy())),
    untrusted: await tcp(createTlsServer(tls)),
    turn: working.turn[0],
    portInUse: udp.address().port,
    notCertificates,
    silentStun: `${kHost}:${udp.address().port}`,
    fullRoom: await fill(working.address, stops),
    stop: async () => {
      for (const stop of stops.reverse()) await stop();
    },
  };
}

/// A room of the gateway with as many members as it takes.
async function fill(address, stops) {
  const { SignalingClient } = await import(inTree('js/dist/node.js'));
  const members = Array.from({ length: kRoomMax }, (_, i) => {
    return new SignalingClient(`ws://${address}/signal/full`, { name: `member${i}` });
  });
  await Promise.all(members.map(({ joined }) => joined));
  stops.push(() => members.forEach((member) => member.close()));
  return 'full';
}
