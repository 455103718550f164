// What a data channel of a Chromium page costs with each kind of peer, on one machine of the lab.
import { browserOn } from '../../../netlab/browser.mjs';
import { Lab } from '../../../netlab/lab.mjs';
import { spread } from '../measure.mjs';
import { ChannelPage } from './channel_page.mjs';
import { ChromiumPeers, NativePeers, TunnelPeers } from './peers.mjs';
import { cpuSeconds, residentBytes } from './processes.mjs';

const kMachine = 'bench';
const kNumber = 240; // the last part of its address
const kMessageBytes = 64 << 10;
/// At most: who echoes has to keep what cannot go back yet.
const kUnderWay = 64;
const kMoreChannels = 200;

const now = () => performance.timeOrigin + performance.now();

/// With the page as the offerer. Resolves to the ms from its hearing the answer to the open channel.
async function pageOffers(page, peer) {
  await peer.hear(await page.offer());
  const heard = await page.hear(await peer.description());
  return (await page.opened()) - heard;
}

/// With the page as the answerer. The same from the peer's hearing the answer.
async function peerOffers(page, peer) {
  await peer.order('open-channel', { label: 'bench' });
  const answer = await page.answer(await peer.description());
  const heard = now();
  await peer.hear(answer);
  return (await page.opened()) - heard;
}

/// The median of `count` meetings.
async function opening(page, peers, meetings, count) {
  const times = [];
  for (let i = 0; i < count; ++i) {
    const peer = await peers.meet(meetings === pageOffers ? 'controlled' : 'controlling');
    times.push(await meetings(page, peer));
    await page.hangUp();
    await peer.stop('SIGKILL');
  }
  return spread(times).median;
}

async function bulk(page, peer, seconds) {
  const processes = await peer.processes();
  const before = cpuSeconds(processes);
  const done = await page.exchange({ size: kMessageBytes, waiting: kUnderWay, seconds });
  return {
    mb_per_s: done.bytes / 1e6 / done.seconds,
    cpu_s_per_gb: ((cpuSeconds(processes) - before) * 1e9) / done.bytes,
  };
}

/// Resident memory of a process of one peer.
async function memory(page, peer) {
  const [pid] = await peer.processes();
  const first = residentBytes(pid);
  await page.openMore(kMoreChannels);
  const all = residentBytes(pid);
  return { resident_bytes: first, channel_bytes: (all - first) / kMoreChannels };
}

/// What is measured of a kind of peers: `offers` and `isAlone`, a process with nothing else in it.
async function measureOne(page, peers, { meetings, seconds, offers, isAlone }) {
  const figures = { open_ms: await opening(page, peers, pageOffers, meetings) };
  if (offers) figures.offering_ms = await opening(page, peers, peerOffers, meetings);
  const peer = await peers.meet('controlled');
  await pageOffers(page, peer);
  if (isAlone) Object.assign(figures, await memory(page, peer));
  Object.assign(figures, await bulk(page, peer, seconds));
  await page.hangUp();
  await peer.stop('SIGKILL');
  return figures;
}

const kKinds = {
  chromium: { Peers: ChromiumPeers },
  native: { Peers: NativePeers, offers: true, isAlone: true },
  wasm: { Peers: TunnelPeers, offers: true },
};

async function measureAll(lab, amount) {
  const browser = await browserOn(lab, kMachine);
  const page = await ChannelPage.open(browser);
  const all = {};
  for (const [name, { Peers, ...has }] of Object.entries(kKinds)) {
    const peers = new Peers();
    await peers.start(lab, kMachine, `198.51.100.${kNumber}`);
    const figures = await measureOne(page, peers, { ...amount, ...has });
    for (const [key, value] of Object.entries(figures)) all[`${name}_${key}`] = value;
    await peers.stop();
  }
  await browser.close();
  return all;
}

/// Figures called PEER_FIGURE.
export async function measureWebrtc(amount) {
  const lab = new Lab();
  try {
    lab.addMachine(kMachine, [kNumber], [4]);
    return await measureAll(lab, amount);
  } finally {
    lab.close();
  }
}
