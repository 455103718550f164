import type { RtcTransportIceCandidateInit } from './rtc_transport.js';

/** RFC 8445, section 5.1.2.2. */
const typePreferences = { host: 126, prflx: 110, srflx: 100, relay: 0 };

/**
 * The line of RFC 8839. RtcTransport tells no foundation and no priority: this is a machine with one
 * address of each kind.
 */
export function candidateLine({ address, port, type }: RtcTransportIceCandidateInit): string {
  // RFC 8445, section 5.1.2.1: "The local preference MUST be an integer from 0 (lowest preference) to
  // 65535 (highest preference) inclusive."
  const priority =
    typePreferences[type] * 2 ** 24 + (address.includes(':') ? 65535 : 65534) * 2 ** 8 + 255;
  // RFC 8839, section 5.1: related addresses MUST be present "for server-reflexive, peer-reflexive, and relayed candidates".
  const related = type === 'host' ? '' : ' raddr 0.0.0.0 rport 0';
  return `candidate:${type} 1 udp ${priority} ${address} ${port} typ ${type}${related}`;
}
