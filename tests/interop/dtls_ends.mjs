// core/dtls and ends of DTLS that are not ours, OpenSSL and GnuTLS, over UDP on loopback: each as the
// client and as the server, on good paths and on bad ones.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from '../runner/build.mjs';
import { sideBySide } from '../runner/side_by_side.mjs';
import { binary } from '../runner/tree.mjs';
import { kCells, kSmall } from './dtls/cells.mjs';
import { loses } from './dtls/forwarder.mjs';
import { Meeting } from './dtls/meeting.mjs';
import { buildOtherEnds, kLibraries, makeCertificates, otherEnd } from './dtls/other_ends.mjs';

const kTextSize = 200;
const kSweptMax = 20; // a handshake without a loss has fewer datagrams
const kBadCertificate = 42; // RFC 5246, section 7.2
const kOtherFingerprint = Array(32).fill('AB').join(':');

function begin(cell, { library, role, certificates }, expected) {
  const { options, fingerprint } = certificates[cell.certificate ?? 'plain'];
  const ours = [binary('floe_dtls_end'), ...(cell.ours ?? [])];
  const theirs = [otherEnd(library), ...options, ...(cell.theirs ?? [])];
  (role === 'server' ? ours : theirs).push(...(cell.server ?? []));
  const meeting = new Meeting({ ours, theirs, role, fate: cell.fate });
  return { meeting, begun: meeting.begin(fingerprint, expected) };
}

/// Resolves to {library, milliseconds, touched}: of the handshake, and the datagrams that were touched.
async function meet(cell, run, closer = 'theirs') {
  const { meeting, begun } = begin(cell, run);
  try {
    await begun;
    const started = performance.now();
    const secured = await meeting.secure();
    const milliseconds = Math.round(performance.now() - started);
    cell.check?.(meeting, secured);
    await cell.talk?.(meeting);
    await meeting.exchange(kTextSize);
    await meeting.close(closer);
    return { library: meeting.library, milliseconds, touched: meeting.path.touched };
  } finally {
    await meeting.end();
  }
}

async function meetings(cell, run) {
  const outcomes = [];
  for (const closer of cell.closers ?? ['theirs']) outcomes.push(await meet(cell, run, closer));
  return outcomes;
}

/// Each single datagram of the handshake, until there is none left to lose.
async function losesAnyOne(run) {
  const outcomes = [];
  do {
    outcomes.push(await meet({ ...kSmall, fate: loses(outcomes.length) }, run));
  } while (outcomes.at(-1).touched > 0 && outcomes.length < kSweptMax);
  assert.ok(outcomes.length > 5, `only ${outcomes.length - 1} datagrams to lose`);
  return outcomes;
}

/// One of them expects another certificate.
async function refuses(who, run, judge) {
  const { meeting, begun } = begin({}, run, { [who]: kOtherFingerprint });
  try {
    await begun;
    judge(await meeting.fail());
    return [];
  } finally {
    await meeting.end();
  }
}

const refusesTheirs = (run) =>
  refuses('byOurs', run, ({ ours, theirs }) => {
    assert.equal(ours.reason, 'fingerprint_mismatch');
    assert.equal(theirs.alert, kBadCertificate);
  });

const refusesOurs = (run) =>
  refuses('byTheirs', run, ({ ours }) => {
    assert.equal(ours.reason, 'refused_by_peer');
    assert.ok(ours.message.includes(`(alert ${kBadCertificate})`), ours.message);
  });

/// [what, (run) => outcomes] for a role of ours.
const worksOf = (role) => [
  ...kCells
    .filter((cell) => (cell.role ?? role) === role)
    .map((cell) => [cell.name, (run) => meetings(cell, run)]),
  ['any one datagram is lost', losesAnyOne],
  ['ours expects another certificate', refusesTheirs],
  ['theirs expects another certificate', refusesOurs],
];

async function judge({ name, work, run }) {
  try {
    return { name, passed: 1, outcomes: await work(run) };
  } catch ({ message }) {
    return { name, failed: 1, why: message, outcomes: [] };
  }
}

function print(results) {
  for (const library of kLibraries) {
    const its = results.filter(({ name }) => name.includes(library));
    const outcomes = its.flatMap((result) => result.outcomes);
    const times = outcomes.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
    const passed = its.filter((result) => result.passed).length;
    console.log(`DTLS with ${library}: ${passed} of ${its.length} passed`);
    if (times.length === 0) continue;
    const median = times[Math.floor(times.length / 2)];
    console.log(
      `  ${times.length} handshakes with version ${outcomes[0].library}, median ${median} ms, ` +
        `slowest ${times.at(-1)} ms`,
    );
  }
}

/// A result for each cell, library and role of ours.
export async function dtlsEnds() {
  await build('release', 'floe_dtls_end');
  await buildOtherEnds();
  const folder = mkdtempSync(path.join(tmpdir(), 'floe-dtls-'));
  try {
    const certificates = await makeCertificates(folder);
    const jobs = kLibraries.flatMap((library) =>
      ['client', 'server'].flatMap((role) =>
        worksOf(role).map(([what, work]) => ({
          name: `DTLS: ours as ${role}, ${library}: ${what}`,
          work,
          run: { library, role, certificates },
        })),
      ),
    );
    const results = await sideBySide(jobs, judge);
    print(results);
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
