import { FloeError } from '../floe_error.js';
import type { DtlsFingerprint, DtlsParameters } from '../signaling_message.js';

/** The fingerprint that the peer signals, which is one of those `expected`, if there are any. */
export function shownFingerprint(
  { fingerprints }: DtlsParameters,
  expected: string[],
): DtlsFingerprint {
  const isExpected = (value: string): boolean =>
    expected.length === 0 || expected.some((one) => one.toUpperCase() === value.toUpperCase());
  const shown = fingerprints.find(
    ({ algorithm, value }) => algorithm.toLowerCase() === 'sha-256' && isExpected(value),
  );
  if (!shown) throw notExpectedError();
  return shown;
}

/**
 * What the peer is in the handshake. Both ends have offered: PROTOCOL.md, section 1.4, says who begins.
 * A browser has no id, and so the smallest one; of two browsers the one with the smaller fingerprint
 * begins.
 */
export function setupOf(
  { setup, id }: DtlsParameters,
  fingerprint: string,
  own: string,
): DtlsParameters['setup'] {
  if (setup !== 'actpass') return setup;
  return id === undefined && fingerprint < own ? 'active' : 'passive';
}

/** Whether the peer describes another association than the one that is `known`. */
export function isAnother(
  dtls: DtlsParameters | null | undefined,
  known: DtlsParameters | null | undefined,
): boolean {
  if (!known) return false;
  return dtls?.id !== known.id || !sameCertificates(dtls, known);
}

function sameCertificates(one: DtlsParameters | null | undefined, other: DtlsParameters): boolean {
  return JSON.stringify(one?.fingerprints) === JSON.stringify(other.fingerprints);
}

function notExpectedError(): FloeError {
  return new FloeError(
    'OperationError',
    'not-expected',
    'The peer signals a certificate that is not expected.',
    { hint: 'It has a new one, or another device answers for it.' },
  );
}
