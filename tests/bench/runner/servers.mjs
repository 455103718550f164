// Servers in processes of their own, whose CPU and memory a load program reads while it uses them.
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { must } from '../../runner/shell.mjs';
import { binary } from '../../runner/tree.mjs';

const kReadyMs = 5000;

export async function freePort() {
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
  throw new Error(`a server did not start: ${file}`);
}

const children = [];
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));

function start(command) {
  const child = spawn(command[0], command.slice(1), { stdio: 'ignore' });
  children.push(child);
  return child;
}

/// A gateway that everybody on this machine may use. Its files are in `directory`.
export async function startGateway(directory, { port, options = [] }) {
  const log = path.join(directory, 'floe');
  const command = [binary('floe-gateway'), '--insecure-dev', '--listen', `127.0.0.1:${port}`];
  const child = start(['sh', '-c', `exec "$@" > '${log}'`, 'sh', ...command, ...options]);
  await said(log, 'listening');
  return { child, port };
}

/// On UDP and TCP.
export async function startCoturn(directory) {
  const port = await freePort();
  const log = path.join(directory, 'coturn');
  const child = start([
    ...['turnserver', '-n', '-L', '127.0.0.1', '-E', '127.0.0.1', '-p', `${port}`],
    ...['--no-tls', '--no-dtls', '--no-cli', '-a', '-u', 'bench:bench', '-r', 'bench'],
    ...['--allow-loopback-peers', '--no-stdout-log', '--simple-log'],
    ...['--min-port', '40000', '--max-port', '65535', '--log-file', log],
    ...['--pidfile', path.join(directory, 'pid'), '--userdb', path.join(directory, 'db')],
  ]);
  await said(log, 'Total General servers');
  return { child, port };
}

/// What `program` finds about a server; options are {key: number}.
export async function load(program, server, row, options = {}) {
  const words = Object.entries({ port: server.port, pid: server.child.pid, ...options }).map(
    ([key, value]) => `${key}=${value}`,
  );
  const output = await must([binary(program), row, ...words], { seconds: 120 });
  return JSON.parse(output.trim().split('\n').at(-1));
}

/// `servers` are {name: {start, measure}}: each is started in a directory and measured alone, one
/// right after the other. Figures are called NAME_FIGURE.
export async function measureServers(servers) {
  const directory = mkdtempSync(path.join(tmpdir(), 'floe-bench-'));
  const figures = {};
  try {
    for (const [name, { start: startServer, measure }] of Object.entries(servers)) {
      const server = await startServer(directory);
      try {
        const found = await measure(server);
        for (const [key, value] of Object.entries(found)) figures[`${name}_${key}`] = value;
      } finally {
        server.child.kill('SIGKILL');
      }
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  return figures;
}
