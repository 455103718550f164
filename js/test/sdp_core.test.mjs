// The package reads and writes SDP by code of its own, since core/sdp is too large for a page: here it
// is compared with core/sdp, as `floe sdp` of the same tree has it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { fromSdp, fromSdpFragment, toSdp, toSdpFragment } from 'floe/sdp';

import { shapes } from './fakes/sdp_shapes.mjs';

const command = fileURLToPath(new URL('../../build/bin/floe', import.meta.url));
const skip = !existsSync(command) && `${command} is not built`;

/** What `floe sdp` answers; `error` is its sentence when it refuses. */
function core(input, ...options) {
  const { status, stdout, stderr } = spawnSync(command, ['sdp', ...options], {
    input,
    encoding: 'utf8',
  });
  if (status === 0) return { output: stdout };
  assert.equal(status, 1, stderr);
  return {
    error: stderr
      .trim()
      .replace(/^floe: (?!skipped)/gm, '')
      .split('\n')
      .at(-1),
  };
}

function ours(call) {
  try {
    return { output: call() };
  } catch (error) {
    assert.ok(error instanceof SyntaxError, String(error));
    return { error: error.message };
  }
}

const asLines = (messages) => messages.map((message) => `${JSON.stringify(message)}\n`).join('');
const withoutNumber = (text) => text.replace(/^o=.*$/gm, 'o=');

function compareReading(text, type = 'offer') {
  assert.deepEqual(
    ours(() => asLines(fromSdp(text, { type }))),
    core(text, '--to-messages', ...(type === 'answer' ? ['--answer'] : [])),
    text,
  );
}

/** A small generator, so that a failure is repeated. */
function seeded(seed) {
  return (bound) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * bound);
  };
}

const lines = [...new Set(Object.values(shapes).flatMap((text) => text.split(/(?<=\n)/)))].concat([
  'a=ice-ufrag:no\r\n',
  'a=ice-ufrag:a:bcd\r\n',
  'a=ice-pwd:short\r\n',
  'a=mid:\r\n',
  'a=mid:0\r\n',
  'a=mid:a b\r\n',
  'a=group:BUNDLE video audio\r\n',
  'a=group:BUNDLE 0 0\r\n',
  'a=group:LS 0\r\n',
  'a=candidate:1 1 udp 1 192.0.2.1 5 typ host ufrag old1\r\n',
  'a=candidate:nonsense\r\n',
  'm=audio 9 RTP/AVP 0\r\n',
  'm=audio 0 RTP/AVP 0\r\n',
  'm=audio 65536 RTP/AVP 0\r\n',
  'm=audio 9/2 RTP/AVP\r\n',
  'a=ice-options:a b  c\r\n',
  'a=setup:active\r\n',
  'a=setup:holdconn\r\n',
  'a=setup:Active\r\n',
  'a=fingerprint:sha-256  ab:CD \r\n',
  'a=fingerprint:sha/256 AB\r\n',
  'a=fingerprint:sha-1 AB:C\r\n',
  'a=tls-id:abc3de65+/-_00001be82\r\n',
  'a=tls-id:short\r\n',
  'a=end-of-candidates:\r\n',
  'a=constructor:x\r\n',
  'q=1\r\n',
  'a\r\n',
  '\r\n',
]);

/** A description with some lines left out, moved, repeated or of another. */
function mutated(random) {
  const texts = Object.values(shapes).filter((text) => text.startsWith('v=0'));
  const text = texts[random(texts.length)].split(/(?<=\n)/);
  for (let count = 1 + random(3); count > 0; count--) {
    const at = 1 + random(text.length);
    const line = random(2) === 0 ? lines[random(lines.length)] : text[random(text.length)];
    text.splice(at, random(3), ...(random(3) === 0 ? [] : [line]));
  }
  return text.join('');
}

test('descriptions are read as core/sdp reads them', { skip }, () => {
  const descriptions = Object.values(shapes).filter((text) => text.startsWith('v=0'));
  assert.ok(descriptions.length >= 5);
  for (const text of descriptions) {
    compareReading(text);
    compareReading(text, 'answer');
  }
  const random = seeded(20240229);
  for (let i = 0; i < 400; i++) compareReading(mutated(random));
});

test('descriptions are written as core/sdp writes them', { skip }, () => {
  const random = seeded(7);
  const texts = [...Object.values(shapes), ...Array.from({ length: 100 }, () => mutated(random))];
  let compared = 0;
  for (const text of texts) {
    const messages = ours(() => fromSdp(text)).output ?? [];
    if (messages.length === 0 || messages.some(({ type }, i) => i > 0 && type !== 'candidate'))
      continue;
    if (messages.some(({ usernameFragment: one }) => one !== messages[0].usernameFragment))
      continue;
    compared++;
    assert.equal(
      withoutNumber(toSdp(messages)),
      withoutNumber(core(asLines(messages), '--to-sdp').output),
    );
    const fragment = toSdpFragment(messages, messages[0]);
    assert.equal(fragment, core(asLines(messages), '--fragment').output);
    assert.equal(asLines(fromSdpFragment(fragment)), core(fragment, '--fragment').output);
  }
  assert.ok(compared > 50, String(compared));
});

test('fragments are read as core/sdp reads them', { skip }, () => {
  const session = 'a=ice-pwd:0123456789abcdefghijkl\r\na=ice-ufrag:8hhY\r\n';
  const section =
    'm=audio 9 RTP/AVP 0\r\na=mid:1\r\na=candidate:1 1 udp 1 192.0.2.1 5 typ host\r\n';
  for (const text of [
    shapes.kLibnice,
    session + section,
    `${session}a=end-of-candidates\r\n`,
    `${session}a=end-of-candidates\r\n${section}`,
    section,
    `${section}a=end-of-candidates\r\n`,
    `${session}${section}a=end-of-candidates\r\nm=video 9 RTP/AVP 0\r\na=candidate:1\r\n`,
    'v=1\r\n',
  ]) {
    const expected = core(text, '--to-messages', '--fragment');
    assert.deepEqual(
      ours(() => asLines(fromSdpFragment(text))),
      expected,
      text,
    );
  }
});
