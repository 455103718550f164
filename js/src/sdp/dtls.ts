// `dtls` of a description from the attributes of SDP, and to them (RFC 8842).
import type { DtlsParameters } from '../signaling_message.js';
import type { Security } from './sdp_reader.js';
import {
  fingerprintsMax,
  isDtlsId,
  parseFingerprint,
  refuse,
  sentences,
  type SdpOptions,
} from './sdp_text.js';

/** Undefined without fingerprints: nobody could tell who answers. */
export function toDtls(
  { setup, fingerprints, id }: Security,
  options: SdpOptions,
): DtlsParameters | undefined {
  if (fingerprints.length === 0) return undefined;
  if (!setup) refuse(sentences.missingSetup);
  return {
    setup: checkedSetup(setup, options),
    fingerprints: [...fingerprints],
    ...(id && { id }),
  };
}

export function dtlsLines(dtls: DtlsParameters, options: SdpOptions): string[] {
  const setup = checkedSetup(dtls.setup, options);
  const lines: string[] = [];
  for (const { algorithm, value } of dtls.fingerprints) {
    const read = parseFingerprint(`${algorithm} ${value}`);
    if (read?.algorithm !== algorithm || read.value !== value) {
      options.skipped?.(sentences.fingerprint);
    } else if (lines.length === fingerprintsMax) {
      options.skipped?.(sentences.fingerprints);
    } else {
      lines.push(`a=fingerprint:${algorithm} ${value}`);
    }
  }
  const { id = '' } = dtls;
  if (lines.length === 0 || (id && !isDtlsId(id))) refuse(sentences.inexpressible);
  lines.push(`a=setup:${setup}`);
  if (id) lines.push(`a=tls-id:${id}`);
  return lines;
}

/**
 * RFC 8842 has no use for holdconn (section 5.1), and an answer says who begins (section 5.3).
 */
function checkedSetup(setup: string, { type }: SdpOptions): DtlsParameters['setup'] {
  const isOpen = setup === 'actpass' && type !== 'answer';
  if (setup === 'active' || setup === 'passive' || isOpen) return setup as DtlsParameters['setup'];
  return refuse(sentences.wrongSetup);
}
