// Agents of different kinds meet over loopback: native, WebAssembly through a gateway, or by the own
// sockets of Node, Deno and Bun, libnice. DTLS meets OpenSSL and GnuTLS. And coturn's client asks the
// gateway's TURN server. Servers that change what they carry are noticed.
// needs: native wasm js interop netlab
import assert from 'node:assert/strict';
import { startDevice } from '../../demo/runner/services.mjs';
import { bulkInNode } from '../interop/bulk.mjs';
import { commandLine } from '../interop/command_line.mjs';
import { dtlsEnds } from '../interop/dtls_ends.mjs';
import { webrtcbinMeets } from '../interop/webrtcbin.mjs';
import { servesHttps } from '../interop/https.mjs';
import { joinedByPipes } from '../interop/joined_by_pipes.mjs';
import { buildLibnice, kLibnice } from '../interop/libnice.mjs';
import { meet } from '../interop/meet.mjs';
import { meetLibniceBySdp } from '../interop/meet_by_sdp.mjs';
import { byRelays } from '../interop/relays.mjs';
import { runtimeAgents } from '../interop/runtimes.mjs';
import { stay } from '../interop/stay.mjs';
import { startStunServer } from '../interop/stun_server.mjs';
import { toolsAgree } from '../interop/tools.mjs';
import { turnClients } from '../interop/turn_clients.mjs';
import { build, buildPackage, buildPrograms } from '../runner/build.mjs';
import { withGateway } from '../runner/gateway.mjs';
import { sideBySide } from '../runner/side_by_side.mjs';
import { binary, inTree } from '../runner/tree.mjs';
import { tampering } from '../tampering/tampering.mjs';

const kRoleOrders = [
  ['controlling', 'controlled'],
  ['controlled', 'controlling'],
];

/// `rounds` meetings; each is a separate result, so that one failure of many is visible. `check`
/// throws when an outcome is wrong.
async function meetings(name, rounds, left, right, check = () => {}) {
  const times = [];
  const result = { name, passed: 0, failed: 0 };
  for (let round = 0; round < rounds; ++round) {
    try {
      const outcome = await meet({ left, right, datagrams: 50 });
      check(outcome);
      times.push(outcome.connectMs);
      ++result.passed;
    } catch (error) {
      ++result.failed;
      result.why = error.message;
    }
  }
  times.sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)];
  console.log(`${name}: ${result.passed} of ${rounds} connected and echoed, median ${median} ms`);
  return result;
}

/// Agents that ask a STUN server, are lite, or choose in other ways. A lite agent asks no peer for its
/// consent: its gateway, `trusting`, must not want any.
async function kindsOfAgents({ native, wasm, node, wasmBy }, trusting) {
  const wasmLite = (role) => wasmBy(trusting.tunnel, role);
  const server = await startStunServer();
  try {
    const stun = `--stun stun:localhost:${server.port}`;
    const all = [];
    for (const [name, agent, lite] of [
      ['native', native, native],
      ['wasm', wasm, wasmLite],
      ['node', node, node],
    ]) {
      const [left, right] = [agent('controlling'), lite('controlled')];
      all.push(await commandLine(`${name}: options`, left, server));
      all.push(
        await meetings(
          `${name} with STUN, native`,
          3,
          `${left} ${stun}`,
          `${native('controlled')} --echo`,
        ),
      );
      all.push(
        await meetings(`native, ${name} lite`, 3, native('controlling'), `${right} --lite --echo`),
      );
      for (const mode of ['aggressive', 'renomination']) {
        const other = `${native('controlled')} --nomination ${mode} --echo`;
        all.push(
          await meetings(`${name}, native: ${mode}`, 3, `${left} --nomination ${mode}`, other),
        );
      }
    }
    return all;
  } finally {
    server.close();
  }
}

/// For a peer that has no DTLS.
const inPlaintext = (agent) => (role) => `${agent(role)} --dtls off`;

/// Two kinds of agents meet, in both orders of their roles; so `rounds` is half of the meetings of a pair.
async function eachWithEach({ native, wasm, node, deno, bun, libnice }, rounds) {
  const kinds = [
    ['native, native', 5, native, native],
    ['native, libnice', 2 * rounds, inPlaintext(native), libnice],
    ['native, native in plaintext', 5, inPlaintext(native), inPlaintext(native)],
    ['node, native in plaintext', 5, inPlaintext(node), inPlaintext(native)],
    ['native, wasm', 5, native, wasm],
    ['two wasm on one gateway', 5, wasm, wasm],
    ['node, libnice', rounds, inPlaintext(node), libnice],
    ['node, wasm', 5, node, wasm],
    ['deno, wasm', 5, deno, wasm],
    ['node, native', rounds, node, native],
    ['deno, native', rounds, deno, native],
    ['bun, native', rounds, bun, native],
    ['node, deno', rounds, node, deno],
    ['node, bun', rounds, node, bun],
    ['deno, bun', rounds, deno, bun],
  ];
  const runs = kRoleOrders.flatMap((roles) => kinds.map((kind) => [...kind, ...roles]));
  return sideBySide(runs, ([name, count, one, other, left, right]) =>
    meetings(`${name}: ${left} and ${right}`, count, one(left), `${other(right)} --echo`),
  );
}

async function bulk({ gateway, tunnel, address }, count) {
  const device = await startDevice({ gateway, bind: '127.0.0.1' });
  try {
    return await bulkInNode({ tunnel, signaling: `ws://${address}/signal` }, count);
  } finally {
    await device.stop();
  }
}

/// libnice at its defaults asks for no consent: only its Binding indications keep a lite peer.
async function staysWithLite(libnice, native) {
  const name = 'libnice without consent, native lite: 120 s';
  const left = `${libnice('controlling')} --no-consent`;
  try {
    const right = `${inPlaintext(native)('controlled')} --lite --echo`;
    await stay({ left, right, seconds: 120 });
    return { name, passed: 1 };
  } catch ({ message }) {
    return { name, failed: 1, why: message };
  }
}

export async function run({ long }) {
  await buildPrograms();
  await build('release', 'floe_tampering_gateway');
  await buildLibnice();
  await buildPackage();
  const rounds = long ? 50 : 10;
  const native = (role) => `${binary('floe')} agent --bind 127.0.0.1 --role ${role}`;
  const libnice = (role) => `${kLibnice} --bind 127.0.0.1 --role ${role}`;
  return withGateway(async ({ gateway, tunnel, address }) => {
    const wasmBy = (gateway, role) =>
      `${process.execPath} ${inTree('js/bin/floe-agent.mjs')} --gateway ${gateway} --role ${role}`;
    const wasm = (role) => wasmBy(tunnel, role);
    const runtimes = await runtimeAgents();
    const { node } = runtimes;
    const results = await eachWithEach({ native, wasm, libnice, ...runtimes }, rounds);
    for (const [name, one, other] of [
      ['native, native', native, native],
      ['native, node', native, node],
      ['node, node', node, node],
    ]) {
      const ends = [one('controlling'), other('controlled')];
      results.push(await joinedByPipes(`${name}: joined by two pipes`, ...ends));
    }
    results.push(await meetLibniceBySdp());
    if (long) results.push(await staysWithLite(libnice, native));
    const kinds = { native, wasm, node, wasmBy };
    const trusts = ['--consent', 'any'];
    results.push(...(await withGateway((trusting) => kindsOfAgents(kinds, trusting), trusts)));
    results.push(...(await toolsAgree()));
    results.push(...(await dtlsEnds()));
    results.push(...(await servesHttps()));
    results.push(...(await webrtcbinMeets()));
    results.push(...(await tampering()));
    results.push(...(await bulk({ gateway, tunnel, address }, long ? 100_000 : 10_000)));
    results.push(...(await turnClients()));
    const echo = `${native('controlled')} --echo`;
    const relayed = ({ name, transport, agent }) =>
      meetings(
        `${name} by a relay over ${transport}, native`,
        3,
        agent('controlling'),
        echo,
        ({ leftPair }) => {
          assert.equal(leftPair.local.relayProtocol, transport);
        },
      );
    results.push(...(await byRelays({ wasm: wasmBy, node }, relayed)));
    const complete = `${native('controlling')} --no-trickle`;
    results.push(
      await meetings(
        'native without trickle',
        3,
        complete,
        `${native('controlled')} --no-trickle --echo`,
      ),
    );
    const many = (role) => `${native(role)} --streams 2 --components 2`;
    results.push(
      await meetings(
        'two streams of two components',
        3,
        many('controlling'),
        `${many('controlled')} --echo`,
      ),
    );
    return results;
  });
}
