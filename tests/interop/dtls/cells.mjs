// What our end and another one do together, whichever library and role the other has.
import assert from 'node:assert/strict';
import { delaysEach, losesEach, repeatsEach } from './forwarder.mjs';
import {
  fragments,
  kCertificate,
  kClientHello,
  kHelloVerifyRequest,
  largest,
} from './handshake_parts.mjs';

const kSrtpProfile = 1; // SRTP_AES128_CM_HMAC_SHA1_80 (RFC 5764, section 4.1.2)
const kLong = 3000;
const kOurMtu = 508; // kMtuMin
const kTheirMtu = 300;
export const kSmall = { ours: ['--mtu', `${kOurMtu}`], theirs: ['--mtu', `${kTheirMtu}`] };

const isTouched = ({ path }) => assert.ok(path.touched > 0, 'the path was good');

function isSmall({ path, client, ours }) {
  const ofOurs = client === ours ? path.seen.client : path.seen.server;
  const ofTheirs = client === ours ? path.seen.server : path.seen.client;
  assert.ok(fragments(ofOurs) >= 2, 'ours sent no fragments');
  assert.ok(fragments(ofTheirs, kCertificate) >= 2, 'theirs sent no fragments');
  assert.ok(largest(ofOurs) <= kOurMtu, `ours sent ${largest(ofOurs)} bytes`);
  assert.ok(largest(ofTheirs) <= kTheirMtu, `theirs sent ${largest(ofTheirs)} bytes`);
}

const helloInFragments = (least) => (meeting) => {
  const count = fragments(meeting.path.seen.client, kClientHello);
  assert.ok(count >= least, `${count} fragments of a ClientHello`);
};

const asksForCookie = ({ path }) =>
  assert.equal(path.seen.server[0].parts[0].type, kHelloVerifyRequest, 'the first answer');

const speaksSrtp = (profile) => (_, secured) =>
  assert.equal(secured.srtp, profile, 'the profile of SRTP');

/// `role` is the only one for our end; `ours`, `theirs` and `server` are options of that end; `closers`
/// say who ends it in each of the meetings; `check` is given the meeting when both are secured, and
/// what ours said of it; `talk` is what they then say besides.
export const kCells = [
  {
    name: 'keys, data, both ends close',
    closers: ['ours', 'theirs'],
    check: speaksSrtp(0),
  },
  {
    name: 'keys of SRTP',
    ours: ['--srtp'],
    theirs: ['--srtp'],
    check: speaksSrtp(kSrtpProfile),
  },
  {
    name: 'theirs does not know SRTP',
    ours: ['--srtp'],
    check: speaksSrtp(0),
  },
  {
    name: 'an empty datagram, and one beyond the MTU',
    async talk(meeting) {
      meeting.send(meeting.ours, ''); // OpenSSL reports it, GnuTLS passes over it
      await meeting.tell(meeting.ours, meeting.theirs, 'x'.repeat(kLong));
    },
  },
  { name: 'small datagrams', ...kSmall, check: isSmall },
  {
    name: 'a certificate of several datagrams',
    certificate: 'large',
    check({ path: { seen } }) {
      const count = fragments([...seen.client, ...seen.server], kCertificate);
      assert.ok(count >= 3, `${count} fragments of certificates`);
    },
  },
  { name: 'an RSA certificate', certificate: 'rsa' },
  {
    name: 'a ClientHello of two datagrams',
    role: 'server',
    theirs: ['--long-hello'],
    check: helloInFragments(2),
  },
  { name: 'a cookie', server: ['--cookies'], check: asksForCookie },
  {
    name: 'a cookie, and a ClientHello of two datagrams',
    role: 'server',
    server: ['--cookies'],
    theirs: ['--long-hello'],
    check(meeting) {
      asksForCookie(meeting);
      helloInFragments(4)(meeting);
    },
  },
  ...[3, 4, 5].map((n) => ({
    name: `one of ${n} datagrams is lost`,
    ...kSmall,
    fate: losesEach(n),
    check: isTouched,
  })),
  { name: 'one of 3 datagrams is late', ...kSmall, fate: delaysEach(3, 15), check: isTouched },
  { name: 'each datagram comes twice', ...kSmall, fate: repeatsEach(1, 5), check: isTouched },
];
