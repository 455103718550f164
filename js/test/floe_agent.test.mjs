import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { WebSocketServer } from 'ws';

import { FakeGateway } from './fakes/fake_gateway.mjs';
import { addStunServer } from './fakes/fake_stun_server.mjs';

const program = fileURLToPath(new URL('../bin/floe-agent.mjs', import.meta.url));

/** A running agent, its lines, and its end. */
function start(...args) {
  const child = spawn(process.execPath, [program, ...args]);
  const lines = [];
  const waiting = [];
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text);
    lines.push(line);
    for (const one of waiting) one(line);
  });
  let stderr = '';
  child.stderr.on('data', (data) => (stderr += data));
  const exited = new Promise((resolve) => child.on('close', resolve));
  return {
    lines,
    exited,
    stderr: () => stderr,
    write: (object) =>
      child.stdin.write(`${typeof object === 'string' ? object : JSON.stringify(object)}\n`),
    end: () => child.stdin.end(),
    forEach: (take) => {
      lines.forEach(take);
      waiting.push(take);
    },
    line: (matches) =>
      new Promise((resolve) => {
        const look = (line) => matches(line) && resolve(line);
        lines.forEach(look);
        waiting.push(look);
      }),
  };
}

function peerDescription(candidates) {
  return {
    type: 'description',
    usernameFragment: 'Peer',
    password: '0123456789abcdefghijkl',
    candidates: candidates.map((candidate) => ({ candidate })),
  };
}

function cross(left, right) {
  left.forEach((line) => line.type && right.write(line));
  right.forEach((line) => line.type && left.write(line));
}

test('two agents connect over stdio, and the second echoes', async (t) => {
  const fake = await FakeGateway.start(t);
  const left = start('--gateway', fake.tunnelUrl, '--seed', '1');
  const right = start(
    '--gateway',
    fake.tunnelUrl,
    '--role',
    'controlled',
    '--echo',
    '--no-trickle',
  );
  cross(left, right);
  await left.line(({ event, state }) => event === 'state' && state === 'connected');
  assert.equal(left.lines[0].type, 'description');
  const kinds = left.lines.map(({ event }) => event);
  const connected = left.lines.findIndex(({ state }) => state === 'connected');
  assert.ok(kinds.indexOf('selected-pair') < connected, 'the pair comes before the state');
  const { local } = left.lines.find(({ event }) => event === 'selected-pair');
  assert.deepEqual([local.type, local.protocol, local.address], ['host', 'udp', '192.0.2.1']);

  const base64 = Buffer.from('hello').toString('base64');
  left.write({ command: 'send', base64 });
  assert.equal((await left.line(({ event }) => event === 'data')).base64, base64);
  left.write({ command: 'stats', id: 5 });
  const { report } = await left.line(({ event, id }) => event === 'stats' && id === 5);
  assert.ok(report.some(({ type }) => type === 'transport'));

  left.write({ command: 'close' });
  assert.equal(await left.exited, 0);
  assert.deepEqual(left.lines.at(-1), { event: 'closed', reason: 'local' });
  assert.equal(await right.exited, 0);
  assert.deepEqual(right.lines.at(-1), { event: 'closed', reason: 'remote' });
});

test('two agents meet in a room', async (t) => {
  const fake = await FakeGateway.start(t);
  const args = ['--gateway', fake.tunnelUrl, '--signal', `${fake.signalUrl}/demo`];
  const left = start(...args, '--echo');
  const right = start(...args);
  await right.line(({ state }) => state === 'connected');
  right.write({ command: 'send', base64: 'AAEC' });
  await right.line(({ base64 }) => base64 === 'AAEC');
  right.end();
  assert.equal(await right.exited, 0);
  assert.deepEqual(right.lines.at(-1), { event: 'closed', reason: 'eof' });
  assert.equal(await left.exited, 0);
  assert.deepEqual(left.lines.at(-1), { event: 'closed', reason: 'remote' });
});

test('what a member says together with the news of it is not lost', async (t) => {
  const fake = await FakeGateway.start(t);
  const rooms = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  t.after(() => rooms.close());
  const candidate = 'candidate:1 1 udp 1 4f3c.local 5000 typ host';
  rooms.on('connection', (socket) =>
    socket.once('message', () => {
      const say = (message) => socket.send(JSON.stringify(message));
      say({ type: 'joined', self: 'p2', peers: [{ id: 'p1', name: 'device' }] });
      say({ ...peerDescription([candidate]), from: 'p1', seq: 1 });
    }),
  );
  await once(rooms, 'listening');
  const agent = start(
    ...['--gateway', fake.tunnelUrl],
    ...['--signal', `ws://127.0.0.1:${rooms.address().port}/signal/demo`],
  );
  t.after(() => agent.end());
  await agent.line((line) => line.event === 'skipped' && line.candidate === candidate);
});

test('bad lines and early datagrams are error events, and change nothing', async (t) => {
  const fake = await FakeGateway.start(t);
  const agent = start('--gateway', fake.tunnelUrl);
  const errors = [];
  const all = new Promise((resolve) => {
    agent.forEach(({ event, code }) => event === 'error' && errors.push(code) === 5 && resolve());
  });
  agent.write('not json');
  agent.write({ type: 'description' });
  agent.write({ command: 'send', base64: '***' });
  agent.write({ command: 'send', base64: 'AA==' });
  agent.write({ command: 'send', base64: Buffer.alloc(65508).toString('base64') });
  agent.write({ command: 'a later version knows' });
  agent.write({ type: 'a later version knows' });
  await all;
  assert.deepEqual(errors.sort(), [
    'bad-command',
    'bad-message',
    'bad-message',
    'not-connected',
    'too-big',
  ]);
  agent.end();
  assert.equal(await agent.exited, 0);
  assert.deepEqual(agent.lines.at(-1), { event: 'closed', reason: 'eof' });
});

test("candidates that are not used are reported, a browser's with their names", async (t) => {
  const fake = await FakeGateway.start(t);
  const agent = start('--gateway', fake.tunnelUrl, '--dtls', 'off');
  const lines = [
    'candidate:1 1 udp 1 4f3c.local 5000 typ host',
    'candidate:1 1 tcp 1 192.0.2.1 9 typ host',
  ];
  agent.write(peerDescription(lines));
  await agent.line(({ event, candidate }) => event === 'skipped' && candidate === lines[1]);
  const skipped = agent.lines.filter(({ event }) => event === 'skipped');
  assert.deepEqual(
    skipped.map(({ candidate }) => candidate),
    lines,
  );
  assert.match(skipped[0].reason, /a name instead of an address/);
  agent.end();
  assert.equal(await agent.exited, 0);
});

test('an agent reports what STUN servers gave, and what they did not', async (t) => {
  const fake = await FakeGateway.start(t);
  addStunServer(fake.network, '192.0.2.9:3478', { mapped: { address: '203.0.113.5', port: 6000 } });
  const servers = ['--stun', 'stun:192.0.2.9', '--stun', 'stun:nobody.example.org'];
  const agent = start('--gateway', fake.tunnelUrl, ...servers);
  const { errorCode, errorText } = await agent.line(
    ({ event, url }) => event === 'candidate-error' && url === 'stun:nobody.example.org',
  );
  assert.deepEqual([errorCode, errorText], [701, 'no such host name']);
  await agent.line(({ candidate }) => candidate?.includes('203.0.113.5 6000 typ srflx'));
  await agent.line(({ event, state }) => event === 'gathering' && state === 'complete');
  agent.end();
  assert.equal(await agent.exited, 0);
});

test('what is missing of a TURN server, and TCP, is refused with a sentence', async () => {
  for (const [args, reason] of [
    [['--turn', 'stun:192.0.2.9'], /not turn:HOST/],
    [['--turn-user', 'me', '--turn', 'turn:192.0.2.9'], /--turn-user requires --turn before it/],
    [['--turn', 'turn:192.0.2.9', '--turn-pass-env', 'NO_SUCH'], /no variable NO_SUCH/],
    [['--tcp'], /ICE-TCP is not built yet/],
  ]) {
    const agent = start('--gateway', 'ws://x', ...args);
    assert.equal(await agent.exited, 2);
    assert.match(agent.stderr(), reason);
  }
});

test('a mistake in the options is status 2, a gateway that is not there status 1', async () => {
  for (const args of [
    ['--gateway', 'ws://x', '--nonsense'],
    ['--gateway', 'ws://x', '--ta', '1'],
    ['--gateway', 'ws://x', '--nomination', 'democratic'],
    ['--gateway', 'ws://x', '--mdns', 'hide'],
    ['--gateway', 'ws://x', '--stun', 'turn:192.0.2.9'],
    ['--gateway', 'ws://x', '--stun', 'stun:a b'],
    ['--gateway', 'ws://x', '--lite', '--stun', 'stun:192.0.2.9'],
  ]) {
    const agent = start(...args);
    assert.equal(await agent.exited, 2);
    assert.match(agent.stderr(), /usage: floe agent/);
  }
  const agent = start('--gateway', 'ws://127.0.0.1:9/tunnel');
  assert.equal(await agent.exited, 1);
  assert.match(agent.stderr(), /No answer from a gateway/);
});
