// The classic story of two users behind NATs, told by what really happened: gather, exchange through
// the signalling server, check, select, heartbeat, and the relay when the direct way closes.
import assert from 'node:assert/strict';
import { LineProcess } from '../../demo/runner/process.mjs';
import { binary } from '../runner/tree.mjs';
import { roomOptions, serverOptions } from './servers.mjs';

const kName = 'walk-through: two users behind NATs';
const kConnectSeconds = 15;
const kAskMs = 250;
const kHeartbeatMs = 10_000; // consent is asked for every 4 to 6 s

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const place = ({ address, port }) =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
const described = (candidate) => `${candidate.candidateType} ${place(candidate)}`;

/// A user's agent, in the room of the story.
class User {
  #asked = 0;
  mapped = null; // its address as the STUN server sees it

  constructor(lab, home, options) {
    this.name = home;
    const command = [
      binary('floe'),
      'agent',
      ...roomOptions('story'),
      ...serverOptions({}),
      ...options,
    ];
    this.process = new LineProcess(home, [...lab.inside(home), ...command]);
  }

  heard(event, matches = () => true) {
    return this.process.line(
      (line) => line.event === event && matches(line),
      kConnectSeconds,
      `say "${event}"`,
    );
  }

  /// The current statistics, by type.
  async stats() {
    const id = ++this.#asked;
    this.process.write({ command: 'stats', id });
    const { report } = await this.heard('stats', (line) => line.id === id);
    const of = (type) => report.filter((entry) => entry.type === type);
    const [transport] = of('transport');
    const pairs = of('candidate-pair');
    const selected = pairs.find((pair) => pair.id === transport.selectedCandidatePairId);
    return { local: of('local-candidate'), remote: of('remote-candidate'), pairs, selected };
  }

  say(text) {
    this.process.write({
      command: 'send',
      base64: Buffer.from(text).toString('base64'),
      component: 1,
    });
  }

  hears(text) {
    return this.heard('data', ({ base64 }) => Buffer.from(base64, 'base64').toString() === text);
  }
}

class Story {
  #chapter = 0;

  constructor(...users) {
    this.users = users;
  }

  /// `tell` says one user's part of it.
  async chapter(title, tell) {
    console.log(`  ${++this.#chapter}. ${title}`);
    for (const user of this.users) console.log(`     ${user.name}: ${await tell(user)}`);
  }

  other(user) {
    return this.users.find((each) => each !== user);
  }
}

async function gather(story) {
  await story.chapter('gather: each asks the STUN server how its socket is seen', async (user) => {
    await user.heard('gathering', ({ state }) => state === 'complete');
    const { local } = await user.stats();
    const types = local.map(({ candidateType }) => candidateType);
    for (const type of ['host', 'srflx', 'relay']) assert.ok(types.includes(type), type);
    user.mapped = local[types.indexOf('srflx')].address;
    return local.map(described).join(', ');
  });
}

async function exchange(story) {
  await story.chapter('exchange: the signalling server passes on what they found', async (user) => {
    await user.heard('state', ({ state }) => state === 'connected');
    const { remote } = await user.stats();
    const { local } = await story.other(user).stats();
    for (const candidate of remote)
      assert.ok(
        local.some((each) => place(each) === place(candidate)),
        place(candidate),
      );
    return `knows ${remote.map(described).join(', ')}`;
  });
}

async function check(story) {
  await story.chapter('check: both send at the same time, which opens their NATs', async (user) => {
    const { pairs } = await user.stats();
    const sum = (key) => pairs.reduce((total, pair) => total + pair[key], 0);
    assert.ok(sum('requestsSent') > 0 && sum('responsesReceived') > 0);
    return `${pairs.length} pairs, ${sum('requestsSent')} checks sent, ${sum('responsesReceived')} answered`;
  });
}

async function select(story, isRelayed) {
  await story.chapter('select: the best pair that works carries the data', async (user) => {
    const { selected, local, remote } = await user.stats();
    const [from, to] = [
      local.find(({ id }) => id === selected.localCandidateId),
      remote.find(({ id }) => id === selected.remoteCandidateId),
    ];
    assert.equal(
      [from, to].some(({ candidateType }) => candidateType === 'relay'),
      isRelayed,
    );
    return `${described(from)} to ${described(to)}`;
  });
}

async function talk(story, words) {
  await story.chapter('talk', async (user) => {
    const text = `${words} from ${user.name}`;
    const heard = story.other(user).hears(text);
    user.say(text);
    await heard;
    return `"${text}" arrived`;
  });
}

async function heartbeat(story) {
  const started = performance.now();
  await story.chapter(
    'heartbeat: each asks whether the other still consents (RFC 7675)',
    async (user) => {
      for (;;) {
        const { selected } = await user.stats();
        if (selected.consentRequestsSent > 0) return `${selected.consentRequestsSent} asked`;
        assert.ok(performance.now() - started < kHeartbeatMs, 'no heartbeat');
        await sleep(kAskMs);
      }
    },
  );
}

/// From now on nothing passes between the two routers.
function closeDirectWay(lab, [one, other]) {
  for (const [user, peer] of [
    [one, other],
    [other, one],
  ]) {
    const rules = ['saddr', 'daddr'].map(
      (end) => `insert rule ip filter passing ip ${end} ${peer.mapped} drop`,
    );
    lab.applyRules(lab.routerOf(user.name), `${rules.join('\n')}\n`);
  }
}

async function fallBack(lab, story) {
  closeDirectWay(lab, story.users);
  const [first] = story.users;
  await story.chapter('fall back: the direct way closes, and they look again', async (user) => {
    if (user === first) user.process.write({ command: 'restart' });
    await user.heard('selected-pair', ({ local, remote }) =>
      [local, remote].some(({ type }) => type === 'relay'),
    );
    return 'a relayed pair works';
  });
  await select(story, true);
  await talk(story, 'still here,');
}

/// One result for tests/run; homes alice and bob of these numbers.
export async function walkThrough(lab, first) {
  console.log(kName);
  lab.addHome('alice', first, { router: 'port-restricted' });
  lab.addHome('bob', first + 1, { router: 'port-restricted' });
  const story = new Story(new User(lab, 'alice', []), new User(lab, 'bob', []));
  try {
    await gather(story);
    await exchange(story);
    await check(story);
    await select(story, false);
    await talk(story, 'hello');
    await heartbeat(story);
    await fallBack(lab, story);
    return { name: kName, passed: 1 };
  } catch (error) {
    return { name: kName, failed: 1, why: error.message };
  } finally {
    for (const user of story.users) await user.process.stop();
  }
}
