import assert from 'node:assert/strict';
import test from 'node:test';
import { senderProblems } from '../rules/senders.mjs';
import { problemsOf } from './fixture.mjs';

const kMaySend = 'only the files in tests/structure/rules/senders.mjs may send';
const kMayOpen = 'only the files in tests/structure/rules/senders.mjs may open sockets';

test('system calls that send are in the files that may send', () => {
  const text = 'n = sendto(fd, a);\n';
  assert.deepEqual(problemsOf(senderProblems, { 'native/net/src/loop_udp_socket.cc': text }), []);
  for (const call of ['sendto(fd, a)', 'sendmsg(fd, &m, 0)', '::sendmmsg(fd, m, 1, 0)']) {
    assert.deepEqual(problemsOf(senderProblems, { 'demo/gateway/src/a.cc': `n = ${call};\n` }), [
      `demo/gateway/src/a.cc:1: ${kMaySend}`,
    ]);
  }
  for (const call of ['::connect(fd, a, n)', 'connect(fd_.get(), a, n)', '::send(fd, a, n, 0)']) {
    assert.deepEqual(problemsOf(senderProblems, { 'core/a/src/a.cc': `\n  if (${call}) {}\n` }), [
      `core/a/src/a.cc:2: ${kMaySend}`,
    ]);
  }
});

test('what has such a name and is no system call may be anywhere', () => {
  const text = '// sendto(fd)\nvoid connect(Url url);\nsocket->send(to, b);\nclient.connect(fd);\n';
  assert.deepEqual(problemsOf(senderProblems, { 'demo/gateway/src/a.cc': text }), []);
});

test('the sockets of a gateway are opened by the few that hold a verdict', () => {
  const text = 'auto s = udp.open_udp(request, *this);\nstreams.connect_tcp(a, tls, *this);\n';
  assert.deepEqual(problemsOf(senderProblems, { 'demo/gateway/src/leased_stream.cc': text }), []);
  assert.deepEqual(problemsOf(senderProblems, { 'demo/gateway/src/other.cc': text }), [
    `demo/gateway/src/other.cc:1: ${kMayOpen}`,
    `demo/gateway/src/other.cc:2: ${kMayOpen}`,
  ]);
});

test('a policy of a gateway asks the one that judges addresses', () => {
  const text = 'class Open final : public tunnel::Policy {\n};\n';
  const asks = 'class Asks final : public tunnel::Policy {\n  AddressPolicy& addresses_;\n};\n';
  const texts = { 'demo/gateway/src/open.h': text, 'demo/gateway/src/asks.h': asks };
  assert.deepEqual(problemsOf(senderProblems, texts), [
    'demo/gateway/src/open.h: a policy that does not ask AddressPolicy',
  ]);
});
