// Checks without an ICE agent that the routers of the lab do what their names say: by `floe nat` where
// RFC 5780 has a term for the behaviour, else by plain sockets on both sides.
import { LineProcess } from '../../demo/runner/process.mjs';
import { run } from '../runner/shell.mjs';
import { binary, inTree } from '../runner/tree.mjs';
import { stunUri } from './coturn.mjs';
import { kLossPercent } from './nat_rules.mjs';
import { kNetworkKinds } from './network_kinds.mjs';

const kQuietMs = 300; // every datagram that passes has arrived by then
const kLateMs = 5000; // the wait for a datagram that must arrive, also while the machine is busy
const kOpenSeconds = 20; // the wait for a program to start, also while the machine is busy
const kTcpSeconds = 1;
const kPort = 5000;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const result = (name, why) => (why ? { name, failed: 1, why } : { name, passed: 1 });

/// `expected` is mapping, filtering, and RFC 3489's name; `hairpin` is works or fails.
async function recognise(lab, name, home, [mapping, filtering, classicType], hairpinning) {
  const command = [...lab.inside(home), binary('floe'), 'nat', stunUri(), '--json'];
  const { output } = await run(command, { seconds: 60 });
  const wanted = { mapping, filtering, classicType, hairpinning };
  try {
    const found = JSON.parse(output.trim().split('\n').at(-1));
    const wrong = Object.keys(wanted).filter((key) => found[key] !== wanted[key]);
    return result(
      name,
      wrong.map((key) => `${key} is ${found[key]} instead of ${wanted[key]}`).join(', '),
    );
  } catch {
    return result(name, output.trim().slice(0, 400));
  }
}

/// The four classic NATs, and one with hairpinning.
export function recogniseNats(lab, homes, hairpinHome) {
  const kinds = [...homes].filter(([kind]) => kNetworkKinds[kind].nat);
  return Promise.all([
    ...kinds.map(([kind, home]) =>
      recognise(lab, `floe nat: ${kind}`, home, kNetworkKinds[kind].nat, 'fails'),
    ),
    recognise(lab, 'floe nat: hairpin', hairpinHome, kNetworkKinds['full-cone'].nat, 'works'),
  ]);
}

async function openEnd(lab, machine, address, options = []) {
  const command = [
    ...lab.inside(machine),
    process.execPath,
    inTree('tests/netlab/udp_end.mjs'),
    address,
  ];
  const end = new LineProcess(`socket on ${machine}`, [...command, String(kPort), ...options]);
  await end.line(({ event }) => event === 'listening', kOpenSeconds, 'open');
  return end;
}

const arrivals = (end) => end.lines.filter(({ event }) => event === 'arrived');

/// What arrives at `to` of `count` datagrams that `from` sends to `address`; the first may take `lateMs`.
async function tryToSend(from, to, address, count = 1, lateMs = 0) {
  const before = arrivals(to).length;
  from.write({ to: { address, port: kPort }, count });
  for (let waited = 0; waited < lateMs && arrivals(to).length === before; waited += 20)
    await sleep(20);
  await sleep(kQuietMs + count * 3);
  return arrivals(to).slice(before);
}

/// Sends one datagram that must arrive.
const send = (from, to, address) => tryToSend(from, to, address, 1, kLateMs);

/// Datagrams pass in both directions once the inside has sent; before that none, and none from others.
async function ipv6Firewall(lab, home, address) {
  const ends = await Promise.all([
    openEnd(lab, home, address),
    openEnd(lab, 'g', '2001:db8:99::4'),
    openEnd(lab, 's', '2001:db8:99::2'),
  ]);
  const [inside, partner, stranger] = ends;
  const seen = [];
  seen.push((await tryToSend(partner, inside, address)).length);
  const out = await send(inside, partner, '2001:db8:99::4');
  seen.push(out.length, (await send(partner, inside, address)).length);
  seen.push((await tryToSend(stranger, inside, address)).length);
  for (const end of ends) await end.stop();
  if (out[0]?.address !== address) return result('IPv6 firewall', `seen from ${out[0]?.address}`);
  return result(
    'IPv6 firewall',
    seen.join() === '0,1,1,0' ? '' : `let through: ${seen} instead of 0,1,1,0`,
  );
}

async function shortBindings(lab, home, wan, seconds) {
  const [inside, partner] = await Promise.all([
    openEnd(lab, home, '0.0.0.0'),
    openEnd(lab, 'g', '198.51.100.4'),
  ]);
  await send(inside, partner, '198.51.100.4');
  const open = await send(partner, inside, wan);
  await send(inside, partner, '198.51.100.4');
  await sleep((seconds + 1) * 1000);
  const closed = await tryToSend(partner, inside, wan);
  for (const end of [inside, partner]) await end.stop();
  if (open.length !== 1) return result('short bindings', 'closed at once');
  return result(
    'short bindings',
    closed.length > 0 ? 'still open when they should have ended' : '',
  );
}

/// What comes back of `count` datagrams through the router, sent to an echo outside.
async function throughAndBack(lab, home, port, count) {
  const server = await openEnd(lab, 'g', '198.51.100.4', ['--echo']);
  const inside = await openEnd(lab, home, '0.0.0.0');
  const back = await tryToSend(inside, inside, '198.51.100.4', count);
  for (const end of [server, inside]) await end.stop();
  return back;
}

async function loss(lab, home) {
  const count = 500;
  const back = (await throughAndBack(lab, home, kPort, count)).length;
  const passes = (1 - kLossPercent / 100) ** 2; // there and back
  const doubt = 6 * Math.sqrt(count * passes * (1 - passes));
  const ok = back < count && Math.abs(back - count * passes) < doubt;
  return result('loss', ok ? '' : `${back} of ${count} came back at ${kLossPercent} % each way`);
}

async function late(lab, home) {
  const back = await throughAndBack(lab, home, kPort, 100);
  const overtaken = back.filter(
    ({ number }, index) => index > 0 && number < back[index - 1].number,
  ).length;
  const quickest = Math.min(...back.map(({ ms }) => ms));
  const ok = back.length === 100 && overtaken > 0 && quickest >= 40; // 20 each way
  return result(
    'late, reordered',
    ok ? '' : `${back.length} back, ${overtaken} overtaken, ${quickest} ms`,
  );
}

/// Which of UDP and TCP to ports 443 and 9000 leads from `home` to `g`.
async function passes(lab, home) {
  const script = (port) => `exec 3<>/dev/tcp/198.51.100.4/${port}`;
  const tcp = (port) =>
    run([...lab.inside(home), 'timeout', String(kTcpSeconds), 'bash', '-c', script(port)]).then(
      ({ code }) => code === 0,
    );
  const udp = async () => {
    const [inside, outside] = [
      await openEnd(lab, home, '0.0.0.0'),
      await openEnd(lab, 'g', '198.51.100.4'),
    ];
    const arrived = await tryToSend(inside, outside, '198.51.100.4');
    for (const end of [inside, outside]) await end.stop();
    return arrived.length > 0;
  };
  return `${await udp()} ${await tcp(443)} ${await tcp(9000)}`;
}

async function blocked(lab, homes) {
  // On port 443 the gateway listens already.
  const script = 'require("net").createServer(() => {}).listen(9000, "198.51.100.4")';
  const listener = lab.start('g', [process.execPath, '-e', script]);
  await sleep(kQuietMs);
  const wanted = {
    'port-restricted': 'true true true',
    'UDP blocked': 'false true true',
    'only 443': 'false true false',
  };
  const results = [];
  for (const [kind, expected] of Object.entries(wanted)) {
    const found = await passes(lab, homes.get(kind));
    results.push(
      result(`what leaves: ${kind}`, found === expected ? '' : `UDP, 443, 9000: ${found}`),
    );
  }
  listener.kill();
  return results;
}

/// The kinds of network that no RFC names. `homes` as addHomes() says them, numbered from `first`.
export async function probeNetworks(lab, homes, first) {
  const home = (kind) => homes.get(kind);
  const number = (kind) => first + [...homes.keys()].indexOf(kind);
  const wan = `198.51.100.${10 + number('short bindings')}`;
  const address = `2001:db8:${number('IPv6 firewall').toString(16)}::2`;
  return [
    await ipv6Firewall(lab, home('IPv6 firewall'), address),
    await shortBindings(
      lab,
      home('short bindings'),
      wan,
      kNetworkKinds['short bindings'].bindingSeconds[1],
    ),
    await loss(lab, home('loss')),
    await late(lab, home('late, reordered')),
    ...(await blocked(lab, homes)),
  ];
}
