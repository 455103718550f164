// What W3C's texts refuse, and by which error: Web IDL's for types and enumerations, those of webrtc-ice
// for the order of calls and for texts. Each call throws at once, but for connect(), which rejects.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { connect, FloeError, Gateway, IceTransport, SignalingClient, UdpSocket } from 'floe';

import { candidateRows } from './fakes/candidate_rows.mjs';
import {
  gateway,
  line,
  oddArguments,
  peer,
  turn,
  usernameFragment,
} from './fakes/odd_arguments.mjs';
import { add, oddCalls } from './fakes/odd_calls.mjs';

function makeTransport(t) {
  const transport = new IceTransport({ gateway });
  transport.ready.catch(() => {});
  t.after(() => transport.stop());
  return transport;
}

function checkError(error, name, code, call) {
  const where = `${call}: ${error}`;
  assert.equal(error.name, name, where);
  assert.equal(
    error.code === code || error instanceof DOMException,
    true,
    `${where}, ${error.code}`,
  );
  assert.equal(error instanceof TypeError, name === 'TypeError', where);
  if (error instanceof DOMException) return;
  assert.ok(error instanceof FloeError, where);
  assert.equal(typeof error.hint, 'string', where);
  assert.match(error.message, /^[A-Z`a-z].*\.?$/s, where);
}

for (const [what, calls] of Object.entries({ ...oddArguments, ...oddCalls })) {
  test(`odd inputs: ${what}, ${calls.length} of them`, async (t) => {
    for (const [call, name, code, rejects] of calls) {
      const transport = makeTransport(t);
      let answer;
      try {
        answer = call(transport);
      } catch (error) {
        assert.ok(!rejects, `${call} threw`);
        checkError(error, name, code, call);
        continue;
      }
      assert.ok(rejects, `${call} did not throw`);
      await assert.rejects(answer, (error) => checkError(error, name, code, call) ?? true);
    }
  });
}

test('a line that core/ice refuses as malformed is an exception, and no other line is', (t) => {
  const { malformed, right } = candidateRows;
  assert.ok(malformed.length > 40 && right.length > 8);
  const transport = makeTransport(t);
  transport.start(peer);
  for (const candidate of malformed) {
    assert.throws(() => add(transport, { candidate }), { code: 'bad-candidate' }, candidate);
  }
  for (const candidate of right) {
    add(transport, { candidate: candidate.replace(/ ufrag \S+/, '') });
  }
});

test('parameters that change after start() are other ones', (t) => {
  const transport = makeTransport(t);
  const own = { ...peer };
  transport.start(own);
  own.usernameFragment = 'efgh';
  assert.throws(() => transport.start(own), { code: 'start-refused' });
});

test('odd inputs that W3C takes are taken', (t) => {
  const transport = makeTransport(t);
  transport.start({ ...peer, iceLite: undefined, more: 1 }, undefined);
  transport.start({ ...peer }); // the same again has no effect
  transport.start(peer, 'controlled');
  for (const end of [undefined, null, {}, { candidate: '' }, { sdpMid: null, usernameFragment }]) {
    add(transport, end);
  }
  add(transport, { candidate: line, sdpMLineIndex: 0, usernameFragment: null });
  void transport.gather(undefined).catch(() => {});
  const other = makeTransport(t);
  const iceServers = [{ urls: 'STUN:[2001:db8::1]:3478' }, { ...turn, urls: ['turns:a.example'] }];
  assert.throws(() => other.gather({ iceServers: [{}] }));
  void other.gather({ iceServers }).catch(() => {}); // the call that threw does not count
});

test('what waits for an object that is aborted hears the reason', async () => {
  for (const open of [
    (signal) => new Gateway(gateway, { signal }).ready,
    (signal) => new UdpSocket({ gateway: new Gateway(gateway), signal }).ready,
    (signal) => new SignalingClient(gateway, { signal }).joined,
    (signal) => connect({ gateway, signaling: gateway, signal }),
    (signal) => new IceTransport({ gateway }).gather({ signal }),
  ]) {
    const abort = new AbortController();
    const waiting = open(abort.signal);
    abort.abort(new DOMException('too long', 'TimeoutError'));
    await assert.rejects(waiting, { name: 'TimeoutError' }, `${open}`);
    await assert.rejects(async () => open(abort.signal), { name: 'TimeoutError' }, `${open}`);
  }
});

test('an error of a subclass is none of FloeTypeError', () => {
  class OwnError extends FloeError {}
  const typeError = (() => {
    try {
      new IceTransport(42);
    } catch (error) {
      return error;
    }
  })();
  assert.ok(typeError instanceof FloeError && typeError instanceof TypeError);
  assert.ok(!(typeError instanceof OwnError));
  assert.ok(new OwnError('AbortError', 'closed', 'x') instanceof FloeError);
  assert.ok(!(new TypeError('x') instanceof FloeError));
});
