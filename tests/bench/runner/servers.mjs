// Servers in processes of their own, whose CPU and memory a load program reads while it uses them.
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { must } from '../../runner/shell.mjs';
import { binary } from '../../runner/tree.mjs';

const kReadyMs = 5000;

/// Of UDP and of TCP.
export async function freePort() {
  for (;;) {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    const socket = createSocket('udp4');
    socket.bind(port, '127.0.0.1');
    const isFree = await once(socket, 'listening').then(
      () => true,
      () => false,
    );
    socket.close();
    server.close();
    await once(server, 'close');
    if (isFree) return port;
  }
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

/// [of servers, of what loads them]: a core each, where there are two, as `taskset -c` wants them.
const kCores = (() => {
  const list = /Cpus_allowed_list:\s*(\S+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1];
  const cores = list.split(',').flatMap((range) => {
    const [first, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  return cores.length > 1 ? cores : undefined;
})();
const pinned = (place, command) =>
  kCores ? ['taskset', '-c', `${kCores[place]}`, ...command] : command;

const children = [];
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));

function start(command) {
  const child = spawn(command[0], command.slice(1), { stdio: 'ignore' });
  children.push(child);
  return child;
}

/// A program that says on its output that it listens on `port`; its output is in `directory`. With
/// `alone` it has a core, and what loads it another.
export async function startListening(directory, command, { port, alone = false }) {
  const log = path.join(directory, `log-${port}`);
  const whole = ['sh', '-c', `exec "$@" > '${log}'`, 'sh', ...command];
  const child = start(alone ? pinned(0, whole) : whole);
  await said(log, 'listening');
  return { child, port, alone };
}

/// A gateway that everybody on this machine may use.
export const startGateway = (directory, { port, options = [], alone }) =>
  startListening(
    directory,
    [...[binary('floe-gateway'), '--insecure-dev', '--listen', `127.0.0.1:${port}`], ...options],
    { port, alone },
  );

/// On UDP and TCP.
export async function startCoturn(directory, { alone = false } = {}) {
  const port = await freePort();
  const log = path.join(directory, 'coturn');
  const command = [
    ...['turnserver', '-n', '-L', '127.0.0.1', '-E', '127.0.0.1', '-p', `${port}`],
    ...['--no-tls', '--no-dtls', '--no-cli', '-a', '-u', 'bench:bench', '-r', 'bench'],
    ...['--allow-loopback-peers', '--no-stdout-log', '--simple-log'],
    ...['--min-port', '40000', '--max-port', '65535', '--log-file', log],
    ...['--pidfile', path.join(directory, 'pid'), '--userdb', path.join(directory, 'db')],
  ];
  const child = start(alone ? pinned(0, command) : command);
  await said(log, 'Total General servers');
  return { child, port, alone };
}

/// What `program` finds about a server; options are {key: number}.
export async function load(program, server, row, options = {}) {
  const words = Object.entries({ port: server.port, pid: server.child.pid, ...options }).map(
    ([key, value]) => `${key}=${value}`,
  );
  const command = [binary(program), row, ...words];
  const output = await must(server.alone ? pinned(1, command) : command, { seconds: 120 });
  return JSON.parse(output.trim().split('\n').at(-1));
}

/// Starts all of {name: start(directory)} at the same time, and ends them when `use`, which gets
/// {name: server}, is done.
export async function withServers(starts, use) {
  const directory = mkdtempSync(path.join(tmpdir(), 'floe-bench-'));
  const servers = {};
  try {
    for (const [name, startServer] of Object.entries(starts)) {
      servers[name] = await startServer(directory);
    }
    return await use(servers);
  } finally {
    for (const { child } of Object.values(servers)) child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  }
}

/// `servers` are {name: {start, measure}}: each is started in a directory and measured alone, one
/// right after the other. Figures are called NAME_FIGURE.
export async function measureServers(servers) {
  const figures = {};
  for (const [name, { start: startServer, measure }] of Object.entries(servers)) {
    const found = await withServers({ [name]: startServer }, (started) => measure(started[name]));
    for (const [key, value] of Object.entries(found)) figures[`${name}_${key}`] = value;
  }
  return figures;
}
