// coturn's own client against the gateway's TURN server, over loopback: each transport, each kind of
// user, and the answers that must be refusals; and what its two addresses tell of a NAT.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LineProcess } from '../../demo/runner/process.mjs';
import { makeCertificate } from '../netlab/certificate.mjs';
import { run } from '../runner/shell.mjs';
import { binary } from '../runner/tree.mjs';

const kSecret = '0123456789abcdef0123';
const kMessages = 20;
const kPeerPort = 13480;
const kFirst = '127.0.0.1:13482'; // of the server that has two addresses
const kSecond = '127.0.0.2:13483';

const kLongTerm = ['-u', 'alice', '-w', 'secret'];
const kTimeLimited = ['-u', 'bob', '-W', kSecret];
const kToPeer = ['-e', '127.0.0.1', '-r', `${kPeerPort}`];

/// `-y`: clients in pairs, each the peer of the other; without `-c`: EVEN-PORT and RESERVATION-TOKEN;
/// `-s`: Send indications, without: channels.
const kRuns = [
  ['UDP, channels', 'plain', [...kLongTerm, ...kToPeer, '-c']],
  ['UDP, indications', 'plain', [...kLongTerm, ...kToPeer, '-c', '-s']],
  ['UDP, pairs of ports', 'plain', [...kLongTerm, ...kToPeer]],
  ['UDP, between clients', 'plain', [...kLongTerm, '-y', '-c']],
  ['UDP, time-limited password', 'plain', [...kTimeLimited, ...kToPeer, '-c']],
  ['TCP, channels', 'plain', [...kLongTerm, ...kToPeer, '-c', '-t']],
  [
    'TCP, indications, time-limited password',
    'plain',
    [...kTimeLimited, ...kToPeer, '-c', '-t', '-s'],
  ],
  ['TLS, channels', 'tls', [...kLongTerm, ...kToPeer, '-c', '-t', '-S']],
  ['TLS, time-limited password', 'tls', [...kTimeLimited, ...kToPeer, '-c', '-t', '-S']],
];
const kRefused = [
  ['a wrong password', ['-u', 'alice', '-w', 'wrong', ...kToPeer, '-c']],
  ['an unknown user', ['-u', 'mallory', '-w', 'secret', ...kToPeer, '-c']],
  ['another secret', ['-u', 'bob', '-W', 'another secret!!', ...kToPeer, '-c']],
  ['a peer that the policy denies', [...kLongTerm, '-e', '192.0.2.1', '-r', `${kPeerPort}`, '-c']],
];

async function startServer(directory) {
  const users = path.join(directory, 'users');
  writeFileSync(users, '# who may come in\nalice:secret\n');
  const { certificate, key } = makeCertificate(directory, ['127.0.0.1']);
  const server = new LineProcess(
    'gateway',
    [
      ...[binary('floe-gateway'), '--insecure-dev', '--listen', '127.0.0.1:0'],
      ...['--turn', '127.0.0.1:0', '--turns', '127.0.0.1:0', '--turn-realm', 'example.org'],
      ...['--tls-certificate', certificate, '--tls-key', key, '--turn-users', users],
    ],
    { env: { FLOE_TURN_SECRET: kSecret } },
  );
  const { turn } = await server.line((line) => line.event === 'listening', 5, 'listen');
  const [plain, tls] = turn.map((address) => address.split(':').at(-1));
  return { server, ports: { plain, tls } };
}

function client(port, options) {
  const load = ['-n', `${kMessages}`, '-m', '2', '-l', '200'];
  return run(['turnutils_uclient', ...options, ...load, '-p', port, '127.0.0.1'], { seconds: 30 });
}

async function passes(ports, [name, door, options]) {
  const { code, output } = await client(ports[door], options);
  const [, sent, received] = /tot_send_msgs=(\d+), tot_recv_msgs=(\d+)\s*$/m.exec(output) ?? [];
  const expected = `${2 * kMessages}`;
  if (code === 0 && sent === expected && received === expected)
    return { name: `coturn's client: ${name}`, passed: 1 };
  console.log(output.split('\n').slice(-15).join('\n'));
  return {
    name: `coturn's client: ${name}`,
    failed: 1,
    why: `${received} of ${sent} messages came back`,
  };
}

async function isRefused(ports, [name, options]) {
  const { code, output } = await client(ports.plain, options);
  if (code !== 0 && !/tot_recv_msgs=[1-9]/.test(output))
    return { name: `coturn's client: ${name}`, passed: 1 };
  return { name: `coturn's client: ${name}`, failed: 1, why: 'it was let in' };
}

/// RFC 5780: over loopback there is no NAT, which shows only if both addresses answer.
async function discovers() {
  const name = 'floe nat: by the two addresses of the gateway';
  const options = [
    '--insecure-dev',
    '--listen',
    '127.0.0.1:0',
    '--turn',
    kFirst,
    '--turn-alternate',
    kSecond,
  ];
  const env = { FLOE_TURN_SECRET: kSecret };
  const server = new LineProcess('gateway', [binary('floe-gateway'), ...options], { env });
  try {
    await server.line((line) => line.event === 'listening', 5, 'listen');
    const { output } = await run([binary('floe'), 'nat', `stun:${kFirst}`], { seconds: 30 });
    const found = /Mapping +no NAT/.test(output) && /Filtering +endpoint-independent/.test(output);
    return found ? { name, passed: 1 } : { name, failed: 1, why: output.trim() };
  } finally {
    await server.stop('SIGKILL');
  }
}

/// Results of all runs, and that nothing is left of them.
export async function turnClients() {
  const directory = mkdtempSync(path.join(tmpdir(), 'floe-turn-'));
  const peer = spawn('turnutils_peer', ['-L', '127.0.0.1', '-p', `${kPeerPort}`], {
    stdio: 'ignore',
  });
  const { server, ports } = await startServer(directory);
  try {
    const results = await Promise.all(kRuns.map((entry) => passes(ports, entry)));
    for (const entry of kRefused) results.push(await isRefused(ports, entry));
    results.push(await discovers());
    return results;
  } finally {
    peer.kill('SIGKILL');
    await server.stop('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  }
}
