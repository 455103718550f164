// The demo without a browser: an agent in WebAssembly meets the native device through the gateway,
// and every datagram comes back, encrypted on the way. What the three counted must agree.
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { LineProcess, root } from './process.mjs';
import { kRoom, startDevice, startGateway } from './services.mjs';

const kDatagrams = 1000;
const kWindow = 32; // under way at a time
const kRepeatAfterMs = 500;
const kSizeMax = 1200;
const kSecondsMax = 60;
/// The end of DTLS, which the agent sends after it has told its counts, and the answer.
const kGoodbyes = 1;

/// Sends datagrams of all sizes until each has come back unchanged.
class Echo {
  #next = 0;
  #missing = new Map();
  repeated = 0;

  constructor(agent) {
    this.agent = agent;
    this.done = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
    agent.onLine = (line) => line.event === 'data' && this.#take(line.base64);
    this.timer = setInterval(() => this.#repeat(), kRepeatAfterMs / 5);
    while (this.#next < kWindow) this.#sendNext();
  }

  stop() {
    clearInterval(this.timer);
    this.agent.onLine = undefined;
  }

  #sendNext() {
    const number = this.#next++;
    const payload = randomBytes(4 + ((number * 37) % (kSizeMax - 4)));
    payload.writeUInt32BE(number);
    this.#send(number, payload.toString('base64'));
  }

  #send(number, base64) {
    this.#missing.set(number, { base64, sentAt: performance.now() });
    this.agent.write({ command: 'send', base64 });
  }

  #take(base64) {
    const number = Buffer.from(base64.slice(0, 8), 'base64').readUInt32BE();
    const sent = this.#missing.get(number);
    if (!sent) return; // a second echo: the datagram was repeated
    if (sent.base64 !== base64)
      return this.reject(new Error(`datagram ${number} came back changed`));
    this.#missing.delete(number);
    if (this.#next < kDatagrams) this.#sendNext();
    else if (this.#missing.size === 0) this.resolve();
  }

  #repeat() {
    const late = performance.now() - kRepeatAfterMs;
    for (const [number, { base64, sentAt }] of this.#missing) {
      if (sentAt > late) continue;
      ++this.repeated;
      this.#send(number, base64);
    }
  }
}

export async function check() {
  const started = [];
  let fail;
  const failed = new Promise((_, reject) => (fail = reject));
  const timer = setTimeout(
    () => fail(new Error(`not done after ${kSecondsMax} s`)),
    kSecondsMax * 1000,
  );
  const status = await Promise.race([run(started, fail), failed]).catch(
    (error) => `check: failed: ${error.message.replace(/\s+/g, ' ')}`,
  );
  clearTimeout(timer);
  await Promise.all(started.map((child) => child.stop('SIGKILL')));
  console.log(status);
  return status.startsWith('check: ok') ? 0 : 1;
}

async function run(started, onExit) {
  const common = { bind: '127.0.0.1', started, onExit };
  const gateway = await startGateway({ listen: '127.0.0.1:0', ...common });
  console.log(`gateway  pid ${gateway.pid}, listens on ${gateway.address}`);
  const device = await startDevice({ gateway, ...common });
  console.log(`device   pid ${device.pid}, is in room ${kRoom}`);
  const agent = startAgent(gateway, onExit);
  started.push(agent);
  console.log(`agent    pid ${agent.pid}, in WebAssembly under Node ${process.versions.node}`);

  const pair = await agent.line((line) => line.event === 'selected-pair', 10, 'find a path');
  const path = await device.line((line) => line.event === 'selected-pair', 10, 'find a path');
  await agent.line(
    (line) => line.state === 'connected' || line.state === 'completed',
    10,
    'connect',
  );
  console.log(
    `agent    ${pair.local.address}:${pair.local.port} (a socket of the gateway) to ` +
      `${pair.remote.address}:${pair.remote.port}`,
  );
  console.log(`device   ${path.local} to ${path.remote}`);
  const words = await sameWords(agent, device);
  console.log(`both     encrypted, with the same words to compare: ${words}`);

  const echo = new Echo(agent);
  await echo.done.finally(() => echo.stop());
  return compare(await stopInOrder(agent, device, gateway), echo);
}

/// The words of both ends, which agree when nobody is between them.
async function sameWords(agent, device) {
  const isSecure = (line) => line.event === 'secure' && line.words !== '';
  const [here, there] = await Promise.all(
    [agent, device].map((end) => end.line(isSecure, 10, 'encrypt')),
  );
  if (here.words !== there.words) throw new Error('somebody is between agent and device');
  if (here.fingerprint !== there.peerFingerprint) throw new Error('the fingerprints do not agree');
  return here.words;
}

function startAgent(gateway, onExit) {
  return new LineProcess(
    'agent',
    [
      process.execPath,
      path.join(root, 'js', 'bin', 'floe-agent.mjs'),
      ...['--gateway', `ws://${gateway.address}/tunnel`],
      ...['--signal', `ws://${gateway.address}/signal/${kRoom}`],
    ],
    { onExit },
  );
}

/// Stops the agent first, so that no datagram is under way when the others report their counts.
async function stopInOrder(agent, device, gateway) {
  agent.write({ command: 'stats', id: 1 });
  const { report } = await agent.line((line) => line.event === 'stats', 5, 'answer');
  agent.onExit = undefined;
  agent.write({ command: 'close' });
  await agent.ended;
  await device.stop();
  const [deviceCounts] = device.lines.filter((line) => line.event === 'counters');
  await gateway.stop();
  const [gatewayCounts] = gateway.lines.filter((line) => line.event === 'counters');
  const transport = report.find(({ type }) => type === 'transport');
  return { transport, deviceCounts, gatewayCounts };
}

function compare({ transport, deviceCounts, gatewayCounts }, echo) {
  const rows = [
    ['agent', transport.packetsSent, transport.packetsReceived],
    ['gateway', gatewayCounts.datagramsOut, gatewayCounts.datagramsIn],
    ['device', deviceCounts.udpReceived, deviceCounts.udpSent],
  ];
  for (const [name, toDevice, toAgent] of rows) {
    console.log(
      `${name.padEnd(8)} ${toDevice} datagrams towards the device, ${toAgent} towards the agent`,
    );
  }
  if (echo.repeated === 0 && gatewayCounts.datagramsDropped === 0) {
    for (const column of [1, 2]) {
      const counts = rows.map((row) => row[column]);
      if (Math.max(...counts) - Math.min(...counts) > kGoodbyes) {
        return 'check: failed: the counts of agent, gateway and device do not agree';
      }
    }
  }
  return (
    `check: ok, ${kDatagrams} encrypted datagrams came back intact` +
    (echo.repeated > 0 ? `, ${echo.repeated} had to be repeated` : '')
  );
}
