import assert from 'node:assert/strict';
import { test } from 'node:test';

import { IceTransport } from 'floe';

import { FakeGateway } from './fakes/fake_gateway.mjs';
import { addStunServer } from './fakes/fake_stun_server.mjs';
import { connectedPair, next } from './fakes/pair.mjs';

const mapped = { address: '203.0.113.5', port: 6000 };

/** A transport on a fake gateway, and the candidates and errors that gathering gave. */
async function gather(t, iceServers, { prepare = () => {}, ...options } = {}) {
  const fake = await FakeGateway.start(t);
  prepare(fake.network);
  const transport = new IceTransport({ gateway: fake.tunnelUrl });
  t.after(() => transport.stop());
  const errors = [];
  transport.onicecandidateerror = (error) => errors.push(error);
  await transport.gather({ iceServers, ...options });
  return { transport, errors, candidates: transport.getLocalCandidates() };
}

test('a STUN server is asked through the gateway, by address and by name', async (t) => {
  for (const url of ['stun:192.0.2.9', 'stun:stun.example.org:3478']) {
    const { candidates, errors } = await gather(t, [{ urls: [url] }], {
      prepare: (network) => {
        network.names.set('stun.example.org', ['192.0.2.9']);
        addStunServer(network, '192.0.2.9:3478', { mapped });
      },
    });
    assert.deepEqual(errors, []);
    assert.deepEqual(candidates.map(({ type }) => type).sort(), ['host', 'srflx']);
    const reflexive = candidates.find(({ type }) => type === 'srflx');
    assert.deepEqual([reflexive.address, reflexive.port], [mapped.address, mapped.port]);
    assert.equal(reflexive.relatedAddress, '192.0.2.1');
  }
});

test('a server that refuses is an error with its code, its words and who asked', async (t) => {
  const { errors, candidates } = await gather(t, [{ urls: 'stun:192.0.2.9' }], {
    prepare: (network) => {
      addStunServer(network, '192.0.2.9:3478', { error: { code: 403, reason: 'not you.' } });
    },
  });
  assert.equal(candidates.length, 1);
  const [{ url, errorCode, errorText, address, port }] = errors;
  assert.deepEqual(
    [url, errorCode, errorText, address],
    ['stun:192.0.2.9', 403, 'not you.', '192.0.2.1'],
  );
  assert.equal(port, candidates[0].port);
});

test('servers that cannot be asked are errors 701 with a reason, and nothing waits', async (t) => {
  const dtls = 'turns:192.0.2.9?transport=udp';
  const tcp = 'turn:192.0.2.9?transport=tcp';
  const urls = ['stun:nobody.example.org', dtls, tcp, 'stuns:192.0.2.9', 'stun:a!b'];
  const { errors } = await gather(t, [{ urls, username: 'me', credential: 'secret' }]);
  const reasons = new Map(errors.map(({ url, errorText }) => [url, errorText]));
  assert.deepEqual([...reasons.keys()].sort(), [...urls].sort());
  assert.ok(errors.every(({ errorCode, address }) => errorCode === 701 && address === null));
  assert.match(reasons.get('stun:nobody.example.org'), /no such host name/);
  assert.match(reasons.get(dtls), /DTLS/);
  assert.match(reasons.get(tcp), /the gateway does not support TCP connections/);
  assert.match(reasons.get('stun:a!b'), /host/);
});

test('the policy relay tells no address, and asks no STUN server', async (t) => {
  let server;
  const { candidates, errors } = await gather(t, [{ urls: 'stun:192.0.2.9' }], {
    gatherPolicy: 'relay',
    prepare: (network) => (server = addStunServer(network, '192.0.2.9:3478', { mapped })),
  });
  assert.deepEqual([candidates, errors, server.asked], [[], [], 0]);
});

test('a candidate of the peer can be taken back', async (t) => {
  const fake = await FakeGateway.start(t);
  const transport = new IceTransport({ gateway: fake.tunnelUrl });
  t.after(() => transport.stop());
  const candidate = 'candidate:1 1 udp 2130706431 192.0.2.7 5000 typ host';
  await transport.ready;
  transport.start({ usernameFragment: 'abcd', password: 'p'.repeat(22) });
  transport.addRemoteCandidate({ candidate });
  await transport.getStats();
  assert.equal(transport.getRemoteCandidates().length, 1);
  transport.removeRemoteCandidate({ candidate: `a=${candidate}` });
  await transport.getStats();
  assert.equal(transport.getRemoteCandidates().length, 0);
});

test('who faces a lite peer is controlling, whatever was said', async (t) => {
  const fake = await FakeGateway.start(t);
  const transport = new IceTransport({ gateway: fake.tunnelUrl, role: 'controlled' });
  t.after(() => transport.stop());
  const iceLite = true;
  transport.start({ usernameFragment: 'abcd', password: 'p'.repeat(22), iceLite }, 'controlled');
  await transport.getStats();
  assert.equal(transport.role, 'controlling');
});

test('a lite transport answers, and a full one nominates', async (t) => {
  const { a, b } = await connectedPair(t, { of: { b: { lite: true } } });
  assert.deepEqual([a.role, b.role], ['controlling', 'controlled']);
  const arrived = next(a, 'datagram');
  assert.equal(b.send(new Uint8Array([1])), true);
  assert.deepEqual([...(await arrived).data], [1]);
});

test('each way of nominating connects', async (t) => {
  for (const nomination of ['regular', 'aggressive', 'renomination']) {
    const { a } = await connectedPair(t, { of: { a: { nomination }, b: { nomination } } });
    assert.equal(a.getSelectedCandidatePair().local.type, 'host');
  }
});

test('start takes another role than the constructor, as in W3C', async (t) => {
  const fake = await FakeGateway.start(t);
  const transport = new IceTransport({ gateway: fake.tunnelUrl, role: 'controlling' });
  t.after(() => transport.stop());
  transport.start({ usernameFragment: 'abcd', password: 'p'.repeat(22) }, 'controlled');
  await transport.getStats();
  assert.equal(transport.role, 'controlled');
  assert.equal(transport.getRemoteParameters().usernameFragment, 'abcd');
});

test('start without a role is controlled, unless the constructor was given one', async (t) => {
  const fake = await FakeGateway.start(t);
  for (const [role, expected] of [
    [undefined, 'controlled'],
    ['controlling', 'controlling'],
  ]) {
    const transport = new IceTransport({ gateway: fake.tunnelUrl, role });
    t.after(() => transport.stop());
    assert.equal(transport.role, 'controlling');
    transport.start({ usernameFragment: 'abcd', password: 'p'.repeat(22) });
    await transport.getStats();
    assert.equal(transport.role, expected);
    await transport.restart();
    transport.start({ usernameFragment: 'efgh', password: 'p'.repeat(22) });
    await transport.getStats();
    assert.equal(transport.role, expected, 'a restart keeps it');
  }
});
