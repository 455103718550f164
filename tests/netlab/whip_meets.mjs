// floe-device and a browser's RTCPeerConnection: by a data channel, and WHIP alone. Over stateful
// firewalls, NATs of the kernel and TURN; a channel outlives a restart, and the device's move to another
// network.
import { LineProcess } from '../../demo/runner/process.mjs';
import { binary } from '../runner/tree.mjs';
import { WebrtcPage } from '../runner/webrtc_page.mjs';
import { WhipClient } from '../runner/whip_client.mjs';
import { browserOn } from './browser.mjs';
import { kAccess, kAddresses, stunUri, turnUri } from './coturn.mjs';
import { kNetworkKinds } from './network_kinds.mjs';
import { kHostFirewall } from './nat_rules.mjs';
import { kGatewayUrl, kToken, serverOptions } from './servers.mjs';

const kSeconds = 10;
const kLabel = 'doors';
const kBulkSize = 64 << 10;
const kBulkMs = 300_000;
const kMoveMs = 30_000;

const kGuarded = ['shut-page', 'shut-device'];

/// Where the page is, and the device. Both are behind NATs, unless they are guarded: on the public
/// segment, where a firewall of their own lets nobody in to whom they have not sent before.
const kWays = [
  { page: kGuarded[0], device: kGuarded[1], isMany: true },
  { page: 'port-restricted', device: 'port-restricted' },
  { page: 'port-restricted', device: 'symmetric', isRelayed: true },
];

/// With two ways out; its second one has the next number.
const kTraveller = 'w0'; // its cables have names of at most 15 letters
const kTravellerKind = { router: 'port-restricted' };

function iceServers(isRelayed) {
  const { user, password } = kAccess.longTerm.credentials();
  const relay = { urls: turnUri('udp'), username: user, credential: password };
  return [{ urls: stunUri() }, ...(isRelayed ? [relay] : [])];
}

async function startDevice(lab, home, room, options) {
  const url = `${kGatewayUrl.replace('http', 'ws')}/signal/${room}`;
  const command = [binary('floe-device'), url, '--token', kToken, ...options];
  const device = new LineProcess('device', [...lab.inside(home), ...command]);
  await device.line(({ state }) => state === 'joined', kSeconds, 'join the room');
  return device;
}

/// A page that has no other way to the device than WHIP.
class Caller {
  static async on(browser, room) {
    const self = new Caller();
    self.page = await WebrtcPage.open(browser);
    const site = await browser.newPage();
    await site.goto(`${kGatewayUrl}/`);
    self.whip = new WhipClient(site, room, kToken);
    return self;
  }

  /// Resolves to the ms from the answer to the open channel.
  async meet(isRelayed) {
    const offer = await this.page.describe({ iceServers: iceServers(isRelayed), label: kLabel });
    const answer = await this.whip.offer(offer);
    const start = performance.now();
    await this.page.hearAnswer(answer);
    await this.page.opened(kLabel, kSeconds * 1000);
    const ms = performance.now() - start;
    await this.ask('is it open?');
    return ms;
  }

  async ask(text, milliseconds) {
    const echo = await this.page.ask(kLabel, text, milliseconds);
    if (echo !== text) throw new Error(`"${echo}" came back`);
  }

  async restart() {
    await this.page.hearAnswer(await this.whip.restart(await this.page.restart()));
    await this.ask('after the restart');
  }

  async hangUp() {
    await this.whip.leave();
    await this.page.hangUp();
  }
}

const explain = (error, device) => [error.message, ...device.errors.slice(-5)].join('; ');

/// Whether the pair that the device selects has an address of the TURN server; `since` is how many lines
/// it had printed before. A channel may open before a pair is selected.
async function isByRelay(device, since) {
  const isPair = (line) => line.event === 'selected-pair' && device.lines.indexOf(line) >= since;
  const { local, remote } = await device.line(isPair, kSeconds, 'select a pair');
  return kAddresses.s[4].some((address) => `${local} ${remote}`.includes(`${address}:`));
}

async function meetings(caller, device, { name, isRelayed }, repeats) {
  const times = [];
  let why;
  for (let repeat = 0; repeat < repeats; ++repeat) {
    try {
      const since = device.lines.length;
      const ms = await caller.meet(isRelayed);
      const isWrong = isRelayed && !(await isByRelay(device, since));
      await caller.hangUp();
      if (isWrong) throw new Error('met without the relay');
      times.push(ms);
    } catch (error) {
      why ??= explain(error, device);
    }
  }
  const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
  console.log(`${name}: ${times.length} of ${repeats} met, open after ${median?.toFixed(0)} ms`);
  return { name, passed: times.length, failed: repeats - times.length, why };
}

/// The channel goes on over a restart of ICE, and carries what is compared byte for byte.
async function stays(caller, device, megabytes) {
  const name = `a channel with floe-device: a restart, and ${megabytes} MB there and back`;
  try {
    await caller.meet(false);
    await caller.restart();
    const count = Math.round((megabytes * 1e6) / kBulkSize);
    const options = { size: kBulkSize, count, milliseconds: kBulkMs };
    const { ms } = await caller.page.bulk(kLabel, options);
    console.log(`${name}: ${((megabytes * 1000) / ms).toFixed(1)} MB/s each way`);
    await caller.hangUp();
    return { name, passed: 1 };
  } catch (error) {
    return { name, failed: 1, why: explain(error, device) };
  }
}

/// The device's machine loses its network and gets another; the page only waits, and asks again.
async function moves(lab, caller, device, number) {
  const name = 'a channel with floe-device, which moves to another network';
  try {
    await caller.meet(false);
    lab.switchOff(kTraveller, 'eth0');
    lab.switchOn(kTraveller, number + 1, kTravellerKind, 'eth1');
    const start = performance.now();
    // Whatever waited in the channel meanwhile arrives, in order.
    await caller.ask('are you there?', kMoveMs);
    console.log(`${name}: answered after ${Math.round(performance.now() - start)} ms`);
    await caller.ask('still there?');
    return { name, passed: 1 };
  } catch (error) {
    return { name, failed: 1, why: explain(error, device) };
  }
}

/// The machine: of that kind of network, or of that name.
const placeOf = (networks, side, kind) => networks[side].get(kind) ?? kind;

async function tryWay(lab, networks, way, { repeats, many, megabytes }) {
  const name = `floe-device and RTCPeerConnection, ${way.page} and ${way.device}`;
  const room = `whip-${way.page}-${way.device}`;
  const home = placeOf(networks, 'right', way.device);
  const device = await startDevice(lab, home, room, serverOptions(kNetworkKinds[way.device] ?? {}));
  const browser = await browserOn(lab, placeOf(networks, 'left', way.page));
  try {
    const caller = await Caller.on(browser, room);
    const count = way.isMany ? many : repeats;
    const results = [await meetings(caller, device, { name, ...way }, count)];
    if (way.isMany) results.push(await stays(caller, device, megabytes));
    return results;
  } finally {
    await browser.close();
    await device.stop('SIGKILL');
  }
}

async function tryMove(lab, networks, number) {
  lab.addHome(kTraveller, number, kTravellerKind);
  lab.addUplink(kTraveller, number + 1, kTravellerKind, 'eth1');
  const device = await startDevice(lab, kTraveller, kTraveller, serverOptions({}));
  const browser = await browserOn(lab, networks.left.get('full-cone'));
  try {
    return await moves(lab, await Caller.on(browser, kTraveller), device, number);
  } finally {
    await browser.close();
    await device.stop('SIGKILL');
  }
}

/// Results for tests/run; networks as buildNetworks() gives them. Numbers of two homes from `first`, and
/// of two machines on the public segment from `publicFirst`.
export async function meetByWhip(lab, networks, { first, publicFirst }, amount) {
  kGuarded.forEach((name, index) => {
    lab.addMachine(name, [publicFirst + index], [4]);
    lab.applyRules(name, kHostFirewall);
  });
  const results = [await tryMove(lab, networks, first)];
  for (const way of kWays) results.push(...(await tryWay(lab, networks, way, amount)));
  return results;
}
