// A TURN server of ours and one of coturn, each loaded by turn-bench in turn.
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { must } from '../../runner/shell.mjs';
import { binary } from '../../runner/tree.mjs';

const kReadyMs = 5000;
const kAllocations = 10_000;

async function freePort() {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

/// Resolves when `file` says `text`.
async function said(file, text) {
  for (let waited = 0; waited < kReadyMs; waited += 50) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    try {
      if (readFileSync(file, 'utf8').includes(text)) return;
    } catch {
      // not written yet
    }
  }
  throw new Error(`a TURN server did not start: ${file}`);
}

const children = [];
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));

function start(command, environment) {
  const child = spawn(command[0], command.slice(1), {
    stdio: 'ignore',
    env: { ...process.env, ...environment },
  });
  children.push(child);
  return child;
}

async function startFloe(directory) {
  const port = await freePort();
  const users = path.join(directory, 'users');
  writeFileSync(users, 'bench:bench\n');
  const log = path.join(directory, 'floe');
  const command = [
    ...[
      binary('floe-gateway'),
      '--insecure-dev',
      '--listen',
      '127.0.0.1:0',
      '--turn',
      `127.0.0.1:${port}`,
    ],
    ...[
      '--turn-realm',
      'bench',
      '--turn-users',
      users,
      '--turn-allocations-max',
      `${3 * kAllocations}`,
    ],
    ...['--turn-allocations-per-user-max', `${3 * kAllocations}`, '--turn-ports', '40000-65535'],
  ];
  const child = start(['sh', '-c', `exec "$@" > '${log}'`, 'sh', ...command]);
  await said(log, 'listening');
  return { child, port };
}

async function startCoturn(directory) {
  const port = await freePort();
  const log = path.join(directory, 'coturn');
  const child = start([
    ...[
      'turnserver',
      '-n',
      '-L',
      '127.0.0.1',
      '-E',
      '127.0.0.1',
      '-p',
      `${port}`,
      '--no-tls',
      '--no-dtls',
      '--no-cli',
    ],
    ...[
      '-a',
      '-u',
      'bench:bench',
      '-r',
      'bench',
      '--allow-loopback-peers',
      '--no-stdout-log',
      '--simple-log',
    ],
    ...['--min-port', '40000', '--max-port', '65535', '--log-file', log],
    ...['--pidfile', path.join(directory, 'pid'), '--userdb', path.join(directory, 'db')],
  ]);
  await said(log, 'Total General servers');
  return { child, port };
}

async function load(server, row, ...options) {
  const where = [`port=${server.port}`, `pid=${server.child.pid}`];
  const output = await must([binary('turn-bench'), row, ...where, ...options], { seconds: 120 });
  return JSON.parse(output.trim().split('\n').at(-1));
}

async function loadAll(server, datagrams) {
  const figures = {};
  for (const size of [100, 1200]) {
    const busy = await load(server, 'relay', `size=${size}`, `datagrams=${datagrams}`);
    figures[`us_${size}`] = busy.cpu_us;
    figures[`lost_${size}`] = busy.lost;
  }
  const single = await load(server, 'relay', 'clients=1', 'window=1', `datagrams=${datagrams / 4}`);
  figures.us_single = single.cpu_us;
  const { resident_bytes: bytes } = await load(server, 'allocations', `count=${kAllocations}`);
  figures.allocation_bytes = bytes;
  return figures;
}

/// A run for `sections.mjs`: both servers, each alone, one right after the other.
export const measureTurn = (datagrams) => async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'floe-turn-'));
  const figures = {};
  try {
    for (const [name, startServer] of [
      ['floe', startFloe],
      ['coturn', startCoturn],
    ]) {
      const server = await startServer(directory);
      try {
        const found = await loadAll(server, datagrams);
        for (const [key, value] of Object.entries(found)) figures[`${name}_${key}`] = value;
      } finally {
        server.child.kill('SIGKILL');
      }
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  return figures;
};
