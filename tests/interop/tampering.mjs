// What stands between two agents changes what it carries: a TURN server that flips, repeats and
// replaces, and a signalling server that swaps fingerprints. The agents notice each time.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LineProcess } from '../../demo/runner/process.mjs';
import { binary } from '../runner/tree.mjs';
import { StdioAgent } from './stdio_agent.mjs';
import { TamperingRelay } from './tampering_relay.mjs';

const kTurn = '127.0.0.1:13487';
const kSecondsMax = 20;
const kApplicationData = 23;
const kHandshake = 22;
const kCertificate = 11;

const ofData = (change) => (part) => (part[0] === kApplicationData ? change(part) : 1);
const flip = (part) => {
  part[part.length - 1] ^= 1;
  return 1;
};
const kAttacksOnData = {
  'flips a bit': ofData(flip),
  'puts plaintext in its place': ofData((part) => (part.fill(0x41), 1)),
  'names another sequence number': ofData((part) => ((part[10] ^= 0x55), 1)),
};
const isCertificate = (part) =>
  part[0] === kHandshake && part[3] === 0 && part[13] === kCertificate;

/// Two agents whose messages `carry` may change on the way; it is given an object and returns one.
class Meeting {
  constructor([left, right], carry = (message) => message) {
    const changed = () => {};
    this.left = new StdioAgent('left', left, changed);
    this.right = new StdioAgent('right', right, changed);
    for (const [from, to] of [
      [this.left, this.right],
      [this.right, this.left],
    ]) {
      from.errors = [];
      from.secure = null;
      from.peer = {
        write: (line) => {
          const message = carry(JSON.parse(line));
          if (message) to.write(JSON.stringify(message));
        },
      };
      from.onReport = (report) => {
        if (report.event === 'error') from.errors.push(report);
        if (report.event === 'secure') from.secure = report;
      };
    }
  }

  async until(what, holds) {
    for (let i = 0; i < kSecondsMax * 50; ++i) {
      if (holds()) return;
      await sleep(20);
    }
    throw new Error(
      `${what}: not after ${kSecondsMax} s; left ${this.left.state}, right ${this.right.state}`,
    );
  }

  connected() {
    return this.until('both to connect', () => this.left.connected && this.right.connected);
  }

  /// Resolves with the errors of the agents that noticed; neither may have connected.
  async refused() {
    const errors = () => [...this.left.errors, ...this.right.errors];
    await this.until('an end to notice', () => errors().length > 0);
    if (this.left.connected || this.right.connected) throw new Error('they connected all the same');
    return errors();
  }

  send(text) {
    this.left.order('send', { base64: Buffer.from(text).toString('base64') });
  }

  arrived(text) {
    return this.right.payloads.has(Buffer.from(text).toString('base64'));
  }

  end() {
    this.left.kill();
    this.right.kill();
  }
}

async function cell(name, work) {
  try {
    await work();
    return { name, passed: 1 };
  } catch (error) {
    return { name, failed: 1, why: error.message };
  }
}

async function attackData(relay, agents, attack) {
  const meeting = new Meeting(agents);
  try {
    await meeting.connected();
    relay.tamper = attack;
    meeting.send('changed on the way');
    await sleep(300);
    if (meeting.right.payloads.size > 0) throw new Error('something arrived');
    // The same datagram three times is one.
    relay.tamper = ofData(() => 3);
    meeting.send('repeated');
    await meeting.until('a datagram to arrive', () => meeting.arrived('repeated'));
    await sleep(100);
    if (!meeting.left.connected || !meeting.right.connected)
      throw new Error('the connection ended');
    if (meeting.right.datagrams > 1) throw new Error('a repeated datagram arrived again');
  } finally {
    relay.tamper = () => 1;
    meeting.end();
  }
}

async function attackHandshake(relay, agents) {
  relay.tamper = (part) => (isCertificate(part) ? flip(part) : 1);
  const meeting = new Meeting(agents);
  try {
    return await meeting.refused();
  } finally {
    relay.tamper = () => 1;
    meeting.end();
  }
}

const kNobody = Array(32).fill('00').join(':');
const kAttacksOnSignalling = {
  'swaps the fingerprints': [
    (message) => {
      for (const one of message.dtls?.fingerprints ?? []) one.value = kNobody;
      return message;
    },
    ['fingerprint-mismatch', 'refused-by-peer'],
  ],
  'takes the fingerprints away': [({ dtls: _, ...rest }) => rest, ['not-encrypted']],
  'changes the numbers behind the words': [
    (message) => (message.nonce ? { ...message, nonce: '0'.repeat(64) } : message),
    ['false-reveal'],
  ],
};

async function attackSignalling(agents, carry, codes) {
  const meeting = new Meeting(agents, carry);
  try {
    for (const { code, message } of await meeting.refused()) {
      if (codes.includes(code)) return;
      throw new Error(`noticed as ${code}: ${message}`);
    }
  } finally {
    meeting.end();
  }
}

/// Results for tests/run. `agents`: {name: (role) => command}.
export async function tampering(agents) {
  const directory = mkdtempSync(path.join(tmpdir(), 'floe-tampering-'));
  const users = path.join(directory, 'users');
  writeFileSync(users, 'alice:secret\n');
  const server = new LineProcess('server', [
    ...[binary('floe-gateway'), '--insecure-dev', '--listen', '127.0.0.1:0'],
    ...['--turn-users', users, '--turn', kTurn],
  ]);
  const relay = new TamperingRelay(Number(kTurn.split(':')[1]));
  const results = [];
  try {
    await server.line((line) => line.event === 'listening', 5, 'listen');
    const uri = `turn:127.0.0.1:${await relay.listen()}`;
    const relayed = `--policy relay --turn ${uri} --turn-user alice --turn-pass secret`;
    for (const [name, agent] of Object.entries(agents)) {
      const direct = [agent('controlling'), agent('controlled')];
      const byRelay = [`${direct[0]} ${relayed}`, direct[1]];
      for (const [what, attack] of Object.entries(kAttacksOnData)) {
        const title = `${name}: a TURN server that ${what}`;
        results.push(await cell(title, () => attackData(relay, byRelay, attack)));
      }
      results.push(
        await cell(`${name}: a TURN server that changes a certificate`, () =>
          attackHandshake(relay, byRelay),
        ),
      );
      for (const [what, [carry, codes]] of Object.entries(kAttacksOnSignalling)) {
        const title = `${name}: a signalling server that ${what}`;
        results.push(await cell(title, () => attackSignalling(direct, carry, codes)));
      }
    }
  } finally {
    relay.close();
    await server.stop('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  }
  const passed = results.filter(({ failed }) => !failed).length;
  console.log(`tampering: ${passed} of ${results.length} attacks were noticed`);
  return results;
}
