// The tools of the native command and of the package say the same of the same servers, with the same
// words; only ports and times differ.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LineProcess } from '../../demo/runner/process.mjs';
import { makeCertificate } from '../netlab/certificate.mjs';
import { run } from '../runner/shell.mjs';
import { binary, inTree } from '../runner/tree.mjs';

const kHost = '127.0.0.1';
const kFirst = `${kHost}:13486`; // of the server that has two addresses
const kSecond = '127.0.0.2:13487';
const kTls = `${kHost}:13488`;

const kUser = ['--user', 'alice', '--pass', 'secret'];
const kTurnUser = ['--turn-user', 'alice', '--turn-pass', 'secret'];

/// Arguments, what the answer must say, and the exit status.
const kRuns = [
  [['stun', `stun:${kFirst}`], /NAT +no/, 0],
  [['stun', kFirst, '--tcp'], /Transport +TCP/, 0],
  [['stun', `stun:${kHost}:9`], /nothing came back/, 1],
  [['stun', `turn:${kFirst}`], /is a TURN server: use floe turn/, 2],
  [['nat', `stun:${kFirst}`], /Mapping +no NAT/, 0],
  [['turn', `turn:${kFirst}`, ...kUser], /By channel/, 0],
  [['turn', `turn:${kFirst}?transport=tcp`, ...kUser], /Transport +TCP/, 0],
  [['turn', `turns:${kTls}`, ...kUser], /Transport +TLS/, 0],
  [['turn', `turn:${kFirst}`, '--user', 'alice', '--pass', 'wrong'], /Check --user/, 1],
  [['turn', `turn:${kFirst}?transport=tcp`], /It requires a user/, 1],
  [
    [
      ...['doctor', '--bind', kHost, '--stun', `stun:${kFirst}`],
      ...['--turn', `turn:${kFirst}`, ...kTurnUser, '--turn', `turns:${kTls}`, ...kTurnUser],
    ],
    /ok +Connecting/,
    undefined, // a machine without a network fails in one line
  ],
  [['doctor', '--bind', kHost, '--stun', `stun:${kHost}:9`], /failed +stun:/, 1],
];

/// The same text for each run: without times, ports, and the lines of the machine's own addresses.
function withoutFigures(text) {
  return text
    .replace(/^\w+ +Addresses .*\n/m, '')
    .replace(/\d+\.\d{3} ms/g, 'N ms')
    .replace(/(127\.0\.0\.[12]):\d{4,5}\b/g, '$1:PORT');
}

async function answerOf(command, args, env) {
  const { code, output } = await run([...command, ...args], { seconds: 60, env });
  return { code, output };
}

async function agree(args, words, status, env) {
  const name = `floe ${args[0]}, natively and in Node: ${args.slice(1, 5).join(' ')}`;
  const native = await answerOf([binary('floe')], [...args, ...nativeTrust(args, env)]);
  const node = await answerOf([process.execPath, inTree('js/bin/floe.mjs')], args, env);
  const fail = (why) => ({ name, failed: 1, why });
  for (const [kind, { code, output }] of Object.entries({ native, node })) {
    if (!words.test(output)) return fail(`${kind} says: ${output.trim()}`);
    if (status !== undefined && code !== status) return fail(`${kind} has status ${code}`);
  }
  // A mistake in the arguments is told with the usage, which differs.
  if (status === 2 || withoutFigures(native.output) === withoutFigures(node.output)) {
    return { name, passed: 1 };
  }
  return fail(`natively: ${native.output.trim()}\nin Node: ${node.output.trim()}`);
}

const nativeTrust = (args, { NODE_EXTRA_CA_CERTS: authority }) =>
  args.some((arg) => arg.startsWith('turns:')) ? ['--tls-ca', authority] : [];

export async function toolsAgree() {
  const directory = mkdtempSync(path.join(tmpdir(), 'floe-tools-'));
  const { authority, certificate, key } = makeCertificate(directory, [kHost]);
  const users = path.join(directory, 'users');
  writeFileSync(users, 'alice:secret\n');
  const server = new LineProcess('server', [
    ...[binary('floe-gateway'), '--insecure-dev', '--listen', '127.0.0.1:0'],
    ...['--turn', kFirst, '--turn-alternate', kSecond, '--turns', kTls, '--turn-users', users],
    ...['--tls-certificate', certificate, '--tls-key', key],
  ]);
  try {
    await server.line((line) => line.event === 'listening', 5, 'listen');
    const env = { NODE_EXTRA_CA_CERTS: authority };
    const results = [];
    for (const [args, words, status] of kRuns) {
      results.push(await agree(args, words, status, env));
    }
    return results;
  } finally {
    await server.stop('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  }
}
