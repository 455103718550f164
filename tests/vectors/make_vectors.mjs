// Writes the .inc files of messages that are wrong in one way each. An implementation of STUN of its
// own, on Node's HMAC, so that a mistake of the core's is not repeated in what it is tested with.
//
//   node tests/vectors/make_vectors.mjs
import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const kReceiverUfrag = 'LUfr';
const kSenderUfrag = 'rUfr';
const kPassword = 'receiverPassword/0123456';
const kOtherPassword = 'anotherPassword/0123456x';
const kId = Buffer.from('000102030405060708090a0b', 'hex');
const kRequest = 0x0001;
const kSuccess = 0x0101;
const kError = 0x0111;

const hex = (text) => Buffer.from(text.replace(/ /g, ''), 'hex');
const u16 = (value) => hex(value.toString(16).padStart(4, '0'));
const u32 = (value) => hex(value.toString(16).padStart(8, '0'));

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; ++bit) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

// Attributes are functions of the bytes before them, since MACs are computed over those.
const attribute = (type, value) => () =>
  Buffer.concat([u16(type), u16(value.length), value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
const withLength = (bytes, length) =>
  Buffer.concat([bytes.subarray(0, 2), u16(length), bytes.subarray(4)]);

const integrity =
  (password = kPassword, digest = 'sha1', type = 0x0008, size = 20) =>
  (before) => {
    const mac = createHmac(digest, password)
      .update(withLength(before, before.length - 20 + 4 + size))
      .digest();
    return attribute(type, mac)();
  };
const damaged =
  (make, offset = 4) =>
  (before) => {
    const bytes = make(before);
    bytes[offset] ^= 1;
    return bytes;
  };
const fingerprint =
  (xor = 0x5354554e, extraLength = 8) =>
  (before) =>
    attribute(
      0x8028,
      u32((crc32(withLength(before, before.length - 20 + extraLength)) ^ xor) >>> 0),
    )();

function message(type, ...attributes) {
  let bytes = Buffer.concat([u16(type), u16(0), hex('2112a442'), kId]);
  for (const make of attributes) bytes = Buffer.concat([bytes, make(bytes)]);
  return withLength(bytes, bytes.length - 20);
}

const software = attribute(0x8022, Buffer.from('floe'));
const username = (text = `${kReceiverUfrag}:${kSenderUfrag}`) =>
  attribute(0x0006, Buffer.from(text));
const priority = attribute(0x0024, hex('6e7f00ff'));
const controlling = attribute(0x802a, hex('0102030405060708'));
const controlled = attribute(0x8029, hex('0102030405060708'));
const unknown = (type) => attribute(type, hex('00000000'));
const raw = (text) => () => hex(text);

function flipped(bytes, offset, mask = 1) {
  const copy = Buffer.from(bytes);
  copy[offset] ^= mask;
  return copy;
}

const good = message(kRequest, software, fingerprint());
// RFC 8489, appendix B.1: the header's length counts the header, too.
const kPrintedB1 = hex(
  '0001 009c 2112a442 78ad3433c6ad72c029da412e' +
    '001e 0020 4a3cf38fef6992bda952c6780417da0f24819415569e60b205c46e41407f1704' +
    '0015 0029 6f624d61744a6f733241414143662f2f3439396b39353464364f4c33346f4c39465354767936347341000000' +
    '0014 000b 6578616d706c652e6f726700' +
    '001c 0020 e4686c8f0edeb59013e07090010a93efccbccc544c0a45d9f830aa6d6f735a01',
);

// A case is a line.
// prettier-ignore
const malformedMessages = [
  ['nothing', Buffer.alloc(0), 'too_short'],
  ['one byte', good.subarray(0, 1), 'too_short'],
  ['a header without its last byte', good.subarray(0, 19), 'too_short'],
  ['an RTP packet', flipped(good, 0, 0x80), 'not_stun'],
  ['a ChannelData message', flipped(good, 0, 0x40), 'not_stun'],
  ['both top bits set', flipped(good, 0, 0xc0), 'not_stun'],
  ['RFC 3489, which has no cookie', Buffer.concat([hex('0001 0000 00000000'), kId]), 'bad_cookie'],
  ['one bit of the cookie wrong', flipped(good, 7), 'bad_cookie'],
  ['a length of 1', Buffer.concat([withLength(message(kRequest), 1), hex('00')]), 'length_not_multiple_of_4'],
  ['a length of 6', Buffer.concat([withLength(message(kRequest), 6), hex('8022 0002 6162')]), 'length_not_multiple_of_4'],
  ['a length of 4 and nothing there', withLength(message(kRequest), 4), 'length_mismatch'],
  ['a length of 65532 and nothing there', withLength(message(kRequest), 65532), 'length_mismatch'],
  ['bytes after the end', Buffer.concat([message(kRequest), hex('80220000')]), 'length_mismatch'],
  ['the last four bytes missing', good.subarray(0, good.length - 4), 'length_mismatch'],
  ['an attribute longer than the message', message(kRequest, raw('8022 0008 61626364')), 'truncated_attribute'],
  ['an attribute one byte too long', message(kRequest, raw('8022 0005 61626364')), 'truncated_attribute'],
  ['an attribute of 65535 bytes', message(kRequest, raw('8022 ffff 61626364')), 'truncated_attribute'],
  ['an attribute of 65533 bytes, padded to none', message(kRequest, raw('8022 fffd')), 'truncated_attribute'],
  ['a second attribute too long', message(kRequest, software, raw('0006 0004')), 'truncated_attribute'],
  ['one too long after MESSAGE-INTEGRITY', message(kRequest, integrity(), raw('8022 0004')), 'truncated_attribute'],
  ['SOFTWARE after FINGERPRINT', message(kRequest, fingerprint(0x5354554e, 16), software), 'attribute_after_fingerprint'],
  ['a second FINGERPRINT', message(kRequest, fingerprint(0x5354554e, 16), fingerprint()), 'attribute_after_fingerprint'],
  ['MESSAGE-INTEGRITY after FINGERPRINT', message(kRequest, fingerprint(0x5354554e, 32), integrity()), 'attribute_after_fingerprint'],
  ['an empty FINGERPRINT', message(kRequest, raw('8028 0000')), 'bad_fingerprint_length'],
  ['a FINGERPRINT of 3 bytes', message(kRequest, raw('8028 0003 01020300')), 'bad_fingerprint_length'],
  ['a FINGERPRINT of 8 bytes', message(kRequest, raw('8028 0008 0102030405060708')), 'bad_fingerprint_length'],
  ['a FINGERPRINT that is not XORed', message(kRequest, software, fingerprint(0)), 'fingerprint_mismatch'],
  ['a FINGERPRINT over a length without it', message(kRequest, software, fingerprint(0x5354554e, 0)), 'fingerprint_mismatch'],
  ['a bit flipped in the transaction id', flipped(good, 12), 'fingerprint_mismatch'],
  ['a bit flipped in an attribute', flipped(good, 25), 'fingerprint_mismatch'],
  ['a bit flipped in FINGERPRINT', flipped(good, good.length - 1), 'fingerprint_mismatch'],
  ['an empty MESSAGE-INTEGRITY', message(kRequest, raw('0008 0000')), 'bad_integrity_length'],
  ['a MESSAGE-INTEGRITY of 16 bytes', message(kRequest, attribute(0x0008, Buffer.alloc(16))), 'bad_integrity_length'],
  ['a MESSAGE-INTEGRITY of 32 bytes', message(kRequest, attribute(0x0008, Buffer.alloc(32))), 'bad_integrity_length'],
  ['an empty MESSAGE-INTEGRITY-SHA256', message(kRequest, raw('001c 0000')), 'bad_integrity_length'],
  ['a MESSAGE-INTEGRITY-SHA256 of 12 bytes', message(kRequest, attribute(0x001c, Buffer.alloc(12))), 'bad_integrity_length'],
  ['a MESSAGE-INTEGRITY-SHA256 of 18 bytes', message(kRequest, attribute(0x001c, Buffer.alloc(18))), 'bad_integrity_length'],
  ['a MESSAGE-INTEGRITY-SHA256 of 36 bytes', message(kRequest, attribute(0x001c, Buffer.alloc(36))), 'bad_integrity_length'],
  ['RFC 8489, B.1, as it is printed', kPrintedB1, 'length_mismatch'],
  ['33 attributes', message(kRequest, ...Array(33).fill(raw('8022 0000'))), 'too_many_attributes'],
];

// A case is a line.
// prettier-ignore
const malformedAttributes = [
  ['XOR-MAPPED-ADDRESS, empty', message(kSuccess, raw('0020 0000')), 'xor_mapped_address', 'malformed'],
  ['XOR-MAPPED-ADDRESS without an address', message(kSuccess, raw('0020 0004 00010000')), 'xor_mapped_address', 'malformed'],
  ['XOR-MAPPED-ADDRESS with 3 bytes of IPv4', message(kSuccess, raw('0020 0007 00010000 01020300')), 'xor_mapped_address', 'malformed'],
  ['XOR-MAPPED-ADDRESS with 8 bytes of IPv4', message(kSuccess, raw('0020 000c 00010000 0102030405060708')), 'xor_mapped_address', 'malformed'],
  ['XOR-MAPPED-ADDRESS of IPv6 with 4 bytes', message(kSuccess, raw('0020 0008 00020000 01020304')), 'xor_mapped_address', 'malformed'],
  ['XOR-MAPPED-ADDRESS of IPv4 with 16 bytes', message(kSuccess, raw(`0020 0014 00010000 ${'00'.repeat(16)}`)), 'xor_mapped_address', 'malformed'],
  ['XOR-MAPPED-ADDRESS of family 0', message(kSuccess, raw('0020 0008 00000000 01020304')), 'xor_mapped_address', 'malformed'],
  ['XOR-MAPPED-ADDRESS of family 3', message(kSuccess, raw(`0020 0014 00030000 ${'00'.repeat(16)}`)), 'xor_mapped_address', 'malformed'],
  ['MAPPED-ADDRESS of 3 bytes', message(kSuccess, raw('0001 0003 00010000')), 'mapped_address', 'malformed'],
  ['MAPPED-ADDRESS of family 0x11', message(kSuccess, raw('0001 0008 00110000 01020304')), 'mapped_address', 'malformed'],
  ['MAPPED-ADDRESS with 15 bytes of IPv6', message(kSuccess, raw(`0001 0013 00020000 ${'00'.repeat(16)}`)), 'mapped_address', 'malformed'],
  ['PRIORITY, empty', message(kRequest, raw('0024 0000')), 'priority', 'malformed'],
  ['PRIORITY of 3 bytes', message(kRequest, raw('0024 0003 01020300')), 'priority', 'malformed'],
  ['PRIORITY of 8 bytes', message(kRequest, raw('0024 0008 0000000001020304')), 'priority', 'malformed'],
  ['PRIORITY 0', message(kRequest, raw('0024 0004 00000000')), 'priority', 'malformed'],
  ['USE-CANDIDATE with a value', message(kRequest, raw('0025 0004 00000001')), 'use_candidate', 'malformed'],
  ['ICE-CONTROLLED of 4 bytes', message(kRequest, raw('8029 0004 01020304')), 'ice_controlled', 'malformed'],
  ['ICE-CONTROLLED of 12 bytes', message(kRequest, raw('8029 000c 010203040506070809101112')), 'ice_controlled', 'malformed'],
  ['ICE-CONTROLLING, empty', message(kRequest, raw('802a 0000')), 'ice_controlling', 'malformed'],
  ['ICE-CONTROLLING of 7 bytes', message(kRequest, raw('802a 0007 0102030405060700')), 'ice_controlling', 'malformed'],
  ['ERROR-CODE, empty', message(kError, raw('0009 0000')), 'error_code', 'malformed'],
  ['ERROR-CODE of 3 bytes', message(kError, raw('0009 0003 00000400')), 'error_code', 'malformed'],
  ['ERROR-CODE of class 0', message(kError, raw('0009 0004 00000000')), 'error_code', 'malformed'],
  ['ERROR-CODE of class 2', message(kError, raw('0009 0004 00000200')), 'error_code', 'malformed'],
  ['ERROR-CODE of class 7', message(kError, raw('0009 0004 00000700')), 'error_code', 'malformed'],
  ['ERROR-CODE with number 100', message(kError, raw('0009 0004 00000464')), 'error_code', 'malformed'],
  ['UNKNOWN-ATTRIBUTES of 3 bytes', message(kError, raw('000a 0003 00250000')), 'unknown_attributes', 'malformed'],
  ['REALM of 764 bytes', message(kRequest, attribute(0x0014, Buffer.alloc(764))), 'realm', 'malformed'],
  ['NONCE of 764 bytes', message(kRequest, attribute(0x0015, Buffer.alloc(764))), 'nonce', 'malformed'],
  ['USERHASH of 31 bytes', message(kRequest, attribute(0x001e, Buffer.alloc(31))), 'userhash', 'malformed'],
  ['USERHASH of 33 bytes', message(kRequest, attribute(0x001e, Buffer.alloc(33))), 'userhash', 'malformed'],
  ['PASSWORD-ALGORITHM, empty', message(kRequest, raw('001d 0000')), 'password_algorithm', 'malformed'],
  ['PASSWORD-ALGORITHM 3', message(kRequest, raw('001d 0004 00030000')), 'password_algorithm', 'malformed'],
  ['PASSWORD-ALGORITHM with parameters that are not there', message(kRequest, raw('001d 0004 00020004')), 'password_algorithm', 'malformed'],
  ['PASSWORD-ALGORITHM of two algorithms', message(kRequest, raw('001d 0008 0002000000010000')), 'password_algorithm', 'malformed'],
  ['PASSWORD-ALGORITHMS, empty', message(kRequest, raw('8002 0000')), 'password_algorithms', 'malformed'],
  ['PASSWORD-ALGORITHMS of 3 bytes', message(kRequest, raw('8002 0003 00010000')), 'password_algorithms', 'malformed'],
  ['PASSWORD-ALGORITHMS with parameters past the end', message(kRequest, raw('8002 0008 0002000000010001')), 'password_algorithms', 'malformed'],
  ['PASSWORD-ALGORITHMS of 68 bytes', message(kRequest, raw(`8002 0044 ${'00010000'.repeat(17)}`)), 'password_algorithms', 'malformed'],
  ['ALTERNATE-SERVER of 3 bytes', message(kError, raw('8023 0003 00010000')), 'alternate_server', 'malformed'],
  ['ALTERNATE-DOMAIN of 256 bytes', message(kError, attribute(0x8003, Buffer.alloc(256))), 'alternate_domain', 'malformed'],
  ['CHANGE-REQUEST, empty', message(kRequest, raw('0003 0000')), 'change_request', 'malformed'],
  ['CHANGE-REQUEST of 8 bytes', message(kRequest, raw('0003 0008 0000000000000006')), 'change_request', 'malformed'],
  ['RESPONSE-PORT of 1 byte', message(kRequest, raw('0027 0001 01000000')), 'response_port', 'malformed'],
  ['RESPONSE-PORT 0', message(kRequest, raw('0027 0004 00000000')), 'response_port', 'malformed'],
  ['RESPONSE-ORIGIN of family 0', message(kSuccess, raw('802b 0008 00000000 01020304')), 'response_origin', 'malformed'],
  ['OTHER-ADDRESS, empty', message(kSuccess, raw('802c 0000')), 'other_address', 'malformed'],
  ['OTHER-ADDRESS of IPv6 with 4 bytes', message(kSuccess, raw('802c 0008 00020000 01020304')), 'other_address', 'malformed'],
  ['NOMINATION of 3 bytes', message(kRequest, raw('c001 0003 00000100'), integrity()), 'nomination', 'malformed'],
  ['NOMINATION of 8 bytes', message(kRequest, raw('c001 0008 0000000000000001'), integrity()), 'nomination', 'malformed'],
  ['NOMINATION that nobody signed', message(kRequest, raw('c001 0004 00000001')), 'nomination', 'absent'],
  ['NOMINATION after MESSAGE-INTEGRITY', message(kRequest, integrity(), raw('c001 0004 00000001')), 'nomination', 'absent'],
  ['PRIORITY after MESSAGE-INTEGRITY-SHA256', message(kRequest, integrity(kPassword, 'sha256', 0x001c, 32), priority), 'priority', 'absent'],
  ['PRIORITY after MESSAGE-INTEGRITY', message(kRequest, integrity(), priority), 'priority', 'absent'],
  ['no PRIORITY', message(kRequest, username(), controlling), 'priority', 'absent'],
  ['a broken PRIORITY before a good one', message(kRequest, raw('0024 0000'), priority), 'priority', 'malformed'],
];

const check = (...attributes) => message(kRequest, ...attributes, fingerprint());
// A case is a line.
// prettier-ignore
const rejectedChecks = [
  ['no USERNAME', check(priority, controlling, integrity()), 'unauthenticated'],
  ['a USERNAME without colon', check(username('LUfrrUfr'), priority, controlling, integrity()), 'unauthenticated'],
  ['an empty USERNAME', check(username(''), priority, controlling, integrity()), 'unauthenticated'],
  ['only a colon', check(username(':'), priority, controlling, integrity()), 'unauthenticated'],
  ['another receiver', check(username('LUfx:rUfr'), priority, controlling, integrity()), 'unauthenticated'],
  ['a receiver that ours begins with', check(username('LUf:rUfr'), priority, controlling, integrity()), 'unauthenticated'],
  ['a receiver that begins with ours', check(username('LUfrr:rUfr'), priority, controlling, integrity()), 'unauthenticated'],
  ['the halves exchanged', check(username('rUfr:LUfr'), priority, controlling, integrity()), 'unauthenticated'],
  ['another sender', check(username('LUfr:xUfr'), priority, controlling, integrity()), 'unauthenticated'],
  ['no sender', check(username('LUfr:'), priority, controlling, integrity()), 'unauthenticated'],
  ['a sender that begins with the right one', check(username('LUfr:rUfrr'), priority, controlling, integrity()), 'unauthenticated'],
  ['a second colon', check(username('LUfr:rUfr:'), priority, controlling, integrity()), 'unauthenticated'],
  ['no MESSAGE-INTEGRITY', check(username(), priority, controlling), 'unauthenticated'],
  ['another password', check(username(), priority, controlling, integrity(kOtherPassword)), 'unauthenticated'],
  ['an empty password', check(username(), priority, controlling, integrity('')), 'unauthenticated'],
  ['a damaged MESSAGE-INTEGRITY', check(username(), priority, controlling, damaged(integrity())), 'unauthenticated'],
  ['a damaged last byte of MESSAGE-INTEGRITY', check(username(), priority, controlling, damaged(integrity(), 23)), 'unauthenticated'],
  ['only MESSAGE-INTEGRITY-SHA256', check(username(), priority, controlling, integrity(kPassword, 'sha256', 0x001c, 32)), 'unauthenticated'],
  ['USERNAME after MESSAGE-INTEGRITY', check(priority, controlling, integrity(), username()), 'unauthenticated'],
  ['an unknown attribute of a stranger', check(username(), priority, controlling, unknown(0x7777), integrity(kOtherPassword)), 'unauthenticated'],
  ['no PRIORITY', check(username(), controlling, integrity()), 'bad_request'],
  ['PRIORITY of 3 bytes', check(username(), raw('0024 0003 01020300'), controlling, integrity()), 'bad_request'],
  ['PRIORITY 0', check(username(), raw('0024 0004 00000000'), controlling, integrity()), 'bad_request'],
  ['PRIORITY after MESSAGE-INTEGRITY', check(username(), controlling, integrity(), priority), 'bad_request'],
  ['a role of 4 bytes', check(username(), priority, raw('802a 0004 01020304'), integrity()), 'bad_request'],
  ['an unknown attribute', check(username(), priority, controlling, unknown(0x7777), integrity()), 'unknown_attribute'],
  ['an unknown attribute before the rest', check(unknown(0x0002), username(), priority, controlled, integrity()), 'unknown_attribute'],
  ['many unknown attributes', check(username(), priority, controlling, ...Array(12).fill(unknown(0x7ffe)), integrity()), 'unknown_attribute'],
];

const quoted = (text) => `"${text}"`;
const dump = (bytes) =>
  bytes.length === 0
    ? '    ""'
    : bytes
        .toString('hex')
        .match(/.{1,80}/g)
        .map((line) => `    ${quoted(line)}`)
        .join('\n');

function fileOf(origin, rows, last) {
  const text = rows.map(
    ([name, bytes, ...rest]) => `{\n    ${quoted(name)},\n${dump(bytes)},\n${last(rest)}},\n`,
  );
  return `// Made by make_vectors.mjs: ${origin}\n${text.join('')}`;
}

/// {name: text} of the files that C++ includes.
export const vectorFiles = () => ({
  'stun_malformed_messages.inc': fileOf(
    'datagrams that are no STUN message.',
    malformedMessages,
    ([error]) => `    stun::ParseError::${error},\n`,
  ),
  'stun_malformed_attributes.inc': fileOf(
    'messages with an attribute that cannot be read.',
    malformedAttributes,
    ([type, error]) => `    stun::AttributeType::${type},\n    stun::AttributeError::${error},\n`,
  ),
  'ice_rejected_checks.inc': fileOf(
    'Binding requests that are no check for the receiver.',
    rejectedChecks,
    ([rejection]) => `    ice::CheckRejection::${rejection},\n`,
  ),
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, text] of Object.entries(vectorFiles())) {
    writeFileSync(new URL(name, import.meta.url), text);
  }
}
