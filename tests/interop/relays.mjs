// An agent in Node that may use relays only. Behind a gateway: over UDP by a socket of the tunnel, over
// TCP and TLS by the tunnel's own kinds of streams. By itself: by the sockets of Node.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LineProcess } from '../../demo/runner/process.mjs';
import { makeCertificate } from '../netlab/certificate.mjs';
import { binary } from '../runner/tree.mjs';

const kServer = '127.0.0.1';
const kPort = 13484;
const kTlsPort = 13485;
const kTurn = {
  udp: `turn:${kServer}:${kPort}`,
  tcp: `turn:${kServer}:${kPort}?transport=tcp`,
  tls: `turns:${kServer}:${kTlsPort}`,
};

const kGateway = [binary('floe-gateway'), '--insecure-dev', '--listen', '127.0.0.1:0'];
const listening = (gateway) => gateway.line((line) => line.event === 'listening', 5, 'listen');

/// Calls `work` with {name, transport, agent: (role) => command} for both kinds of sockets and each way
/// to the relay, one after another; returns the results. One gateway provides sockets and another is the TURN server, because
/// a gateway's own clients cannot reach the addresses that it listens on itself over UDP.
export async function byRelays({ wasm, node }, work) {
  const directory = mkdtempSync(path.join(tmpdir(), 'floe-relays-'));
  const file = (name) => path.join(directory, name);
  const { authority, certificate, key } = makeCertificate(directory, [kServer]);
  writeFileSync(file('users'), 'alice:secret\n');
  const server = new LineProcess('server', [
    ...[...kGateway, '--turn-users', file('users')],
    ...['--turn', `${kServer}:${kPort}`, '--turns', `${kServer}:${kTlsPort}`],
    ...['--tls-certificate', certificate, '--tls-key', key],
  ]);
  const lets = ['--tls-ca', authority, '--allow-turn', kTurn.tcp, '--allow-turn', kTurn.tls];
  const gateway = new LineProcess('gateway', [...kGateway, ...lets]);
  try {
    await listening(server);
    const { url } = await listening(gateway);
    const tunnel = `${url.replace('http', 'ws')}tunnel`;
    const results = [];
    for (const [transport, uri] of Object.entries(kTurn)) {
      const relay = `--policy relay --turn ${uri} --turn-user alice --turn-pass secret`;
      const trusting = `env NODE_EXTRA_CA_CERTS=${authority}`;
      for (const [name, agent] of [
        ['wasm', (role) => `${wasm(tunnel, role)} ${relay}`],
        ['node', (role) => `${trusting} ${node(role)} ${relay}`],
      ]) {
        results.push(await work({ name, transport, agent }));
      }
    }
    return results;
  } finally {
    await Promise.all([server, gateway].map((each) => each.stop('SIGKILL')));
    rmSync(directory, { recursive: true, force: true });
  }
}
