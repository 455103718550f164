import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fromSdp, fromSdpFragment, toSdp, toSdpFragment } from 'floe/sdp';

import { shapes } from './fakes/sdp_shapes.mjs';

const password = '0123456789abcdefghijkl';
const host = 'candidate:1 1 udp 2130706431 192.0.2.1 50000 typ host';
const description = {
  type: 'description',
  usernameFragment: 'Ab3d',
  password,
  iceOptions: ['trickle', 'ice2'],
  candidates: [{ candidate: host, sdpMid: '0' }],
};
const candidate = {
  type: 'candidate',
  usernameFragment: 'Ab3d',
  candidate: 'candidate:2 1 udp 1694498815 198.51.100.7 61000 typ srflx raddr 0.0.0.0 rport 0',
  sdpMid: '0',
};
const end = { type: 'end-of-candidates', usernameFragment: 'Ab3d', sdpMid: '0' };

for (const name of ['kChromiumOffer', 'kChromiumGathered', 'kFirefoxOffer', 'kSafariOffer']) {
  test(`${name} becomes messages, and SDP of the same messages`, () => {
    const messages = fromSdp(shapes[name]);
    assert.equal(messages.length, 1);
    assert.equal(messages[0].type, 'description');
    const text = toSdp(messages);
    assert.match(text, /^v=0\r\no=- \d+ 1 IN IP4 0\.0\.0\.0\r\n/);
    // What is written is for data channels, also where the text was not.
    messages[0].sctp ??= { port: 5000, maxMessageSize: 262144 };
    assert.deepEqual(fromSdp(text), messages);
  });
}

test('port and size of data channels are told, and a port of 0 is none', () => {
  const text = (lines) => toSdp(description).replace(/a=sctp-port.*\r\na=max.*\r\n/, lines);
  const sctpOf = (lines) => fromSdp(text(lines))[0].sctp;
  assert.deepEqual(sctpOf('a=sctp-port:5001\r\n'), { port: 5001, maxMessageSize: 65536 });
  assert.deepEqual(sctpOf('a=sctp-port:5000\r\na=max-message-size:0\r\n'), {
    port: 5000,
    maxMessageSize: 0,
  });
  assert.equal(sctpOf('a=sctp-port:0\r\n'), undefined);
  assert.equal(sctpOf('a=sctp-port:65536\r\n'), undefined);
  const own = toSdp({ ...description, sctp: { port: 5001 } });
  assert.match(own, /a=sctp-port:5001\r\na=max-message-size:65536\r\n/);
});

test('what a browser says is in the messages', () => {
  const [message] = fromSdp(shapes.kSafariOffer);
  assert.equal(message.usernameFragment, 'Xy0/');
  assert.equal(message.password, 'Qm9vSGlzU2FmYXJpUGFzc3cw');
  assert.deepEqual(message.iceOptions, ['trickle']);
  assert.equal(message.endOfCandidates, false);
  assert.equal(message.candidates.length, 2);
  assert.match(message.candidates[1].candidate, /^candidate:842163049 1 udp .* typ srflx/);
  assert.equal(message.candidates[1].sdpMid, '0');
});

const dtls = {
  setup: 'actpass',
  fingerprints: [
    { algorithm: 'sha-256', value: 'AB:cd' },
    { algorithm: 'new-1', value: '01' },
  ],
  id: 'abc3de65+/-_00001be82',
};

test('how the sender encrypts is in the message, and in the text', () => {
  const [{ dtls: ofBrowser }] = fromSdp(shapes.kSafariOffer);
  assert.deepEqual(ofBrowser, {
    setup: 'actpass',
    fingerprints: [{ algorithm: 'sha-256', value: 'DE:AD:BE:EF' }],
  });
  const text = toSdp({ ...description, dtls: { ...dtls, commitment: '0'.repeat(64) } });
  const lines =
    'a=fingerprint:sha-256 AB:cd\r\na=fingerprint:new-1 01\r\na=setup:actpass\r\na=tls-id:' +
    dtls.id;
  assert.ok(text.includes(`\r\n${lines}\r\n`), text);
  assert.deepEqual(fromSdp(text)[0].dtls, dtls);
  assert.ok(!('dtls' in fromSdp(toSdp({ ...description, dtls: null }))[0]));
  assert.ok(!toSdpFragment([{ ...description, dtls }], description).includes('setup'));
});

test('attributes of a section override those of the session', () => {
  const ice = `a=ice-ufrag:aaaa\na=ice-pwd:${password}\n`;
  const session = `v=0\n${ice}a=fingerprint:sha-1 AA\na=setup:passive\na=tls-id:${dtls.id}\n`;
  const section = 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel\n';
  const read = (lines) => fromSdp(session + section + lines)[0].dtls;
  const ofSession = {
    setup: 'passive',
    fingerprints: [{ algorithm: 'sha-1', value: 'AA' }],
    id: dtls.id,
  };
  assert.deepEqual(read(''), ofSession);
  assert.deepEqual(read('a=fingerprint:sha-256 BB\n').fingerprints, [
    { algorithm: 'sha-256', value: 'BB' },
  ]);
  assert.equal(read('a=setup:active\n').setup, 'active');
  assert.equal(read(`a=tls-id:${'0'.repeat(20)}\n`).id, '0'.repeat(20));
});

test('an answer says who begins, and nobody holds', () => {
  const refuses = (call, message) => assert.throws(call, { name: 'SyntaxError', message });
  const answer = { type: 'answer' };
  refuses(() => fromSdp(shapes.kSafariOffer, answer), /^DTLS has setup:active/);
  refuses(() => toSdp({ ...description, dtls }, answer), /^DTLS has setup:active/);
  const active = { ...description, dtls: { ...dtls, setup: 'active' } };
  assert.deepEqual(fromSdp(toSdp(active, answer), answer)[0].dtls, active.dtls);
  const holdconn = shapes.kSafariOffer.replace('setup:actpass', 'setup:holdconn');
  refuses(() => fromSdp(holdconn), /^DTLS has setup:active/);
  refuses(() => fromSdp(shapes.kSafariOffer.replace('a=setup:actpass\r\n', '')), /but no setup/);
});

test('DTLS that SDP cannot express is skipped, or refused', () => {
  const withDtls = (more) => ({ ...description, dtls: { ...dtls, ...more } });
  const reasons = [];
  const odd = [
    { algorithm: 'sha 256', value: 'AB' },
    { algorithm: 'sha-256', value: 'AB\r\na=setup:passive' },
    { algorithm: 'sha-256', value: '' },
  ];
  const text = toSdp(withDtls({ fingerprints: [...odd, ...dtls.fingerprints] }), {
    skipped: (reason) => reasons.push(reason),
  });
  assert.equal(reasons.length, 3);
  assert.ok(!text.includes('passive'));
  for (const wrong of [
    { fingerprints: odd },
    { fingerprints: [] },
    { setup: 'holdconn' },
    { setup: 'active\r\na=ice-lite' },
    { id: 'short' },
    { id: `${dtls.id}\r\na=ice-lite` },
  ]) {
    assert.throws(() => toSdp(withDtls(wrong)), SyntaxError);
  }
  assert.throws(() => toSdp(withDtls({ fingerprints: undefined })), TypeError);
});

test('one description, and all messages of a generation, become one text', () => {
  const alone = toSdp(description, { sessionId: 42n, sessionVersion: 7 });
  assert.match(alone, /^v=0\r\no=- 42 7 IN IP4 0\.0\.0\.0\r\n/);
  assert.ok(alone.includes(`\r\na=${host}\r\n`));
  const whole = toSdp([description, candidate, end], { mids: ['0', 'b'] });
  assert.ok(whole.includes(`\r\na=${candidate.candidate}\r\n`));
  assert.ok(whole.includes('\r\na=group:BUNDLE 0 b\r\n'));
  assert.ok(whole.includes('\r\na=end-of-candidates\r\n'));
  const removed = toSdp([description, candidate, { ...candidate, type: 'candidate-removed' }]);
  assert.ok(!removed.includes('srflx'));
});

test('fragments carry candidates and their end', () => {
  const text = toSdpFragment([candidate, end], description);
  assert.match(text, /^a=ice-pwd:0123456789abcdefghijkl\r\na=ice-ufrag:Ab3d\r\nm=/);
  assert.deepEqual(fromSdpFragment(text), [candidate, end]);
});

test('candidates that one description cannot hold follow it', () => {
  const more = (count) => `${shapes.kSafariOffer}${`a=${host}\r\n`.repeat(count)}`;
  const [whole, ...others] = fromSdp(more(70));
  assert.equal(whole.candidates.length, 64);
  assert.equal(others.length, 8);
  assert.deepEqual(others[7], { ...candidate, usernameFragment: 'Xy0/', candidate: host });
  const reasons = [];
  fromSdp(more(260), { skipped: (reason) => reasons.push(reason) });
  assert.equal(reasons.length, 6);
  assert.match(reasons[0], /^line 274: more than 256 candidates/);
});

test('what is skipped is told', () => {
  const reasons = [];
  const skipped = (reason) => reasons.push(reason);
  fromSdp(`${shapes.kSafariOffer}a=candidate:1 1 udp x\r\n`, { skipped });
  assert.deepEqual(reasons, ['line 20: the candidate cannot be read']);
  toSdp({ ...description, candidates: [{ candidate: 'nonsense' }] }, { skipped });
  assert.equal(reasons[1], 'the candidate cannot be read');
});

test('no text gets into lines of its own', () => {
  const line = `${host}\r\na=ice-lite`;
  const text = toSdp({ ...description, candidates: [{ candidate: line }] });
  assert.ok(!text.includes('ice-lite'));
  const injected = { ...description, iceOptions: ['x\r\na=ice-lite'] };
  assert.ok(!toSdp(injected).includes('ice-lite'));
  for (const wrong of [
    { usernameFragment: 'Ab3d\r\na=ice-lite' },
    { password: `${password}\r\na=ice-lite` },
    { candidates: [{ candidate: host, sdpMid: '0\r\na=ice-lite' }] },
  ]) {
    assert.throws(() => toSdp({ ...description, ...wrong }), SyntaxError);
  }
});

test('what cannot be read is a SyntaxError with a sentence', () => {
  const refuses = (call, message) => assert.throws(call, { name: 'SyntaxError', message });
  refuses(() => fromSdp('v=0\r\nm=audio\r\n'), /^line 2: the m-line/);
  refuses(() => fromSdp(''), /does not begin with "v=0"/);
  refuses(() => fromSdp('a'.repeat(300_000)), /longer than 256 KiB/);
  refuses(() => fromSdp('v=0\nm=audio 9 RTP/AVP 0\n'), /ice-ufrag/);
  refuses(() => fromSdpFragment('m=audio 9 RTP/AVP 0\na=end-of-candidates\n'), /ice-ufrag/);
  refuses(() => toSdp([]), /no message is a description/);
  refuses(() => toSdp([description, { type: 'bye' }]), /^message 2: SDP cannot express/);
  refuses(() => toSdp([description, { type: 'reveal', nonce: '' }]), /^message 2: SDP cannot/);
  refuses(
    () => toSdp([description, { ...candidate, usernameFragment: 'other' }]),
    /^message 2: .* another username fragment/,
  );
  refuses(
    () => toSdpFragment({ ...candidate, type: 'candidate-removed' }, description),
    /cannot express/,
  );
  refuses(() => toSdp([description, { type: 'other', usernameFragment: 'Ab3d' }]), /another type/);
  refuses(
    () => toSdpFragment(candidate, { usernameFragment: 'Ab3d', password: 'short' }),
    /ice-pwd is not/,
  );
});

test('an argument of another type is a TypeError', () => {
  assert.throws(() => fromSdp(undefined), TypeError);
  assert.throws(() => fromSdp({ sdp: 'v=0' }), TypeError);
  assert.throws(() => toSdp(undefined), TypeError);
  assert.throws(() => toSdp([description, null]), TypeError);
  assert.throws(() => toSdpFragment(candidate), TypeError);
});
