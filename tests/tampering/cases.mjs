// Each attack, the two ends that it is tried on, and what one of them has to say: one of `codes`, and a
// message. The program knows the attacks by the same names. A device has no codes, but a log.
import { discarded, noPath, refusal, refusalLater, words } from './verdicts.mjs';

const kNatives = ['native', 'native'];
const kNodeToo = [kNatives, ['node', 'native']];

/// A gateway or a TURN server changes data: the record costs a count, at both ends.
const kOnData = Object.entries({
  'change-data': ['forged'],
  'plaintext-data': ['truncated'],
  'renumber-data': ['forged'],
  'cut-data': ['truncated'],
  'replay-data': ['replayed'],
  'forge-data': ['forged'],
});

/// It changes the handshake, which fails at the end that notices first.
const kOnHandshake = ['change-certificate', 'change-hello'];
const kHandshakeCodes = ['fingerprint-mismatch', 'handshake-failed', 'refused-by-peer', 'log'];
const kHandshakeWords =
  /whose fingerprint was signalled|no DTLS handshake has|the peer (ended|refused)/;

function onDatagrams(carrier, meeting) {
  const says = /discarded/;
  return [
    ...kOnData.flatMap(([attack, codes]) =>
      kNodeToo.map((ends) => ({ carrier, attack, meeting, ends, judge: discarded, codes, says })),
    ),
    ...kOnHandshake.map((attack) => ({
      ...{ carrier, attack, meeting, ends: kNatives },
      ...{ judge: refusal, codes: kHandshakeCodes, says: kHandshakeWords },
    })),
  ];
}

const kMismatch = /whose fingerprint was signalled|the fingerprint that it was told is another/;
const kFalseReveal = /not the one that the peer promised: .*changes the signalling messages/;
const kDowngrade = /switch DTLS on at the peer.*removed it from the signalling messages/;
const kOld = /descriptions: one of these is old, or was changed on the way/;
const kInPlace = /not the expected one: .*in the peer's place/;

/// attack: the codes, and the message.
const kOnDescriptions = Object.entries({
  'swap-fingerprint': [['fingerprint-mismatch', 'refused-by-peer', 'log'], kMismatch],
  'drop-dtls': [['not-encrypted', 'log'], kDowngrade],
  'swap-commitment': [['false-reveal', 'log'], kFalseReveal],
  'swap-reveal': [['false-reveal', 'log'], kFalseReveal],
  'swap-setup': [kHandshakeCodes, kHandshakeWords],
});

function bySignalling(meeting, ends, attack, judge, codes, says) {
  return { carrier: 'signalling server', attack, meeting, ends, judge, codes, says };
}

const onSignalling = () =>
  kOnDescriptions.flatMap(([attack, [codes, says]]) =>
    [...kNodeToo, ['native', 'device']].map((ends) =>
      bySignalling('direct', ends, attack, refusal, codes, says),
    ),
  );

const kComesBack = ['afterAnother', ['device', 'native']];

export const kCases = [
  ...onDatagrams('gateway', 'byTunnel'),
  ...onDatagrams('TURN server', 'byRelay'),
  ...onSignalling(),
  bySignalling(...kComesBack, 'old-certificate', refusal, kHandshakeCodes, kMismatch),
  bySignalling(...kComesBack, 'old-description', noPath, ['no-path-yet'], kOld),
  bySignalling('direct', kNatives, 'late-fingerprint', refusalLater, kHandshakeCodes, kMismatch),
  bySignalling('direct', kNatives, 'swap-words', words, ['words'], /" and "/),
  bySignalling('withMiddleman', kNatives, 'middleman', words, ['words'], /" and "/),
  bySignalling('withMiddlemanAndPin', kNatives, 'middleman', refusal, ['not-expected'], kInPlace),
  // It changes nothing that a message comes again.
  bySignalling('direct', kNatives, 'repeat-messages', words, [], /./),
];
