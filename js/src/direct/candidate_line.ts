import type { RtcTransportIceCandidateInit } from './rtc_transport.js';

/** RFC 8445, section 5.1.2.2. */
const typePreferences = { host: 126, prflx: 110, srflx: 100, relay: 0 };

/**
 * The line of RFC 8839 of the candidate that came as the `index`th. RtcTransport tells no foundation,
 * so that each has its own, and no priority.
 */
export function candidateLine(candidate: RtcTransportIceCandidateInit, index: number): string {
  const { address, port, type } = candidate;
  // RFC 8445, section 5.1.2.1: (2^24)*(type preference) + (2^8)*(local preference) + (2^0)*(256 -
  // component ID), where candidates of the same type have different local preferences.
  const priority = typePreferences[type] * 2 ** 24 + (65535 - index) * 2 ** 8 + 255;
  // RFC 8839, section 5.1: "<rel-addr> and <rel-port> MUST be present for server-reflexive,
  // peer-reflexive, and relayed candidates", and say nothing as below.
  const hidden = address.includes(':') ? '::' : '0.0.0.0';
  const related = type === 'host' ? '' : ` raddr ${hidden} rport 9`;
  return `candidate:${index + 1} 1 udp ${priority} ${address} ${port} typ ${type}${related}`;
}
