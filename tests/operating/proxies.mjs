// nginx and Caddy in front of a gateway, by the configurations of demo/gateway/proxies: TLS ends there,
// and an agent comes through them into a room and through a tunnel to a device.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { LineProcess } from '../../demo/runner/process.mjs';
import { makeCertificate } from '../netlab/certificate.mjs';
import { binary, inTree } from '../runner/tree.mjs';
import { kPlain, until, withOperated } from './operated.mjs';

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const accepts = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => (socket.destroy(), resolve(true)));
    socket.on('error', () => resolve(false));
  });

/// Each replacement must be there: the configuration is used as it is but for what is of one machine.
function adapted(name, replacements) {
  let text = readFileSync(inTree('demo/gateway/proxies', name), 'utf8');
  for (const [from, to] of replacements) {
    assert.ok(text.includes(from), `${name} has no ${from}`);
    text = text.replaceAll(from, to);
  }
  return text;
}

const kProxies = {
  nginx: (folder, port, gateway, { certificate, key }) => {
    writeFileSync(
      path.join(folder, 'nginx.conf'),
      adapted('nginx.conf', [
        ['listen 443 ssl', `listen 127.0.0.1:${port} ssl`],
        ['server 127.0.0.1:8080', `server ${gateway}`],
        ['/etc/floe/chain.pem', certificate],
        ['/etc/floe/key.pem', key],
      ]),
    );
    const options = `daemon off; pid ${folder}/nginx.pid;`;
    return ['nginx', '-c', `${folder}/nginx.conf`, '-e', `${folder}/error.log`, '-g', options];
  },
  caddy: (folder, port, gateway, { certificate, key }) => {
    writeFileSync(
      path.join(folder, 'Caddyfile'),
      adapted('Caddyfile', [
        ['admin off', 'admin off\n\tdefault_bind 127.0.0.1'],
        ['gateway.example.org:443', `127.0.0.1:${port}`],
        ['reverse_proxy 127.0.0.1:8080', `reverse_proxy ${gateway}`],
        ['/etc/floe/chain.pem', certificate],
        ['/etc/floe/key.pem', key],
      ]),
    );
    return ['caddy', 'run', '--config', `${folder}/Caddyfile`, '--adapter', 'caddyfile'];
  },
};

/// An agent whose sockets are the gateway's meets a device; both speak to the proxy only.
async function meetThrough(port, authority) {
  const room = `wss://127.0.0.1:${port}/signal/demo`;
  const tls = ['--tls-ca', authority];
  const device = new LineProcess('device', [
    ...[binary('floe-device'), room, '--bind', '127.0.0.1', ...tls],
  ]);
  const agent = new LineProcess('agent', [
    ...[binary('floe'), 'agent', '--signal', room, ...tls],
    ...['--gateway', `wss://127.0.0.1:${port}/tunnel`],
  ]);
  try {
    await agent.line((line) => line.event === 'state' && line.state === 'connected', 20, 'connect');
    agent.write({ command: 'send', base64: 'aGVsbG8=', component: 1 });
    await agent.line((line) => line.event === 'data' && line.base64 === 'aGVsbG8=', 10, 'echo');
  } finally {
    await Promise.all([agent.stop('SIGKILL'), device.stop('SIGKILL')]);
  }
}

const behind = (name) => async () => {
  await withOperated(kPlain, async (gateway, folder) => {
    const port = await freePort();
    const files = makeCertificate(folder, ['127.0.0.1']);
    const [program, ...args] = kProxies[name](folder, port, gateway.address, files);
    const proxy = spawn(program, args, {
      env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [proxy.stdout, proxy.stderr])
      stream.on('data', (chunk) => (said = (said + chunk).slice(-4000)));
    const ended = new Promise((resolve) => {
      proxy.on('close', resolve);
      proxy.on('error', (error) => resolve((said = error.message)));
    });
    try {
      await until(`${name} listens`, () => accepts(port));
      await meetThrough(port, files.authority);
      assert.ok((await gateway.metric('floe_tunnel_datagrams_total{direction="in"}')) > 0);
      assert.ok((await gateway.metric('floe_room_joins_total')) >= 2);
    } catch (error) {
      throw new Error(`${error.message}; ${name} said: ${said.slice(-600)}`);
    } finally {
      proxy.kill('SIGTERM');
      await ended;
    }
  });
};

export const proxies = Object.keys(kProxies).map((name) => [
  `an agent comes through ${name} into a room and through a tunnel`,
  behind(name),
]);
