#include "floe/dtls/options.h"

#include <algorithm>

namespace floe::dtls {

// RFC 9147, section 5.8.2: "It is RECOMMENDED that for DTLS-SRTP [RFC5764], a default timeout of
// 400 ms be used", and "In settings where there is external information (for instance, from an ICE
// [RFC8445] handshake, or from previous connections to the same server) about the RTT,
// implementations SHOULD use 1.5 times that RTT estimate as the retransmit timer."
//
// Deviation: 50 ms at least, for the time that the peer calculates, and from a round trip of 100 ms
// on 50 ms more than it. Of ten datagrams one may be lost, and a twentieth of the handshakes then
// waits twice; on a path of 200 ms this is to cost no more than two round trips and a half.
Duration first_timeout(const Options& options) {
  if (!options.round_trip) return kFirstTimeoutUnmeasured;
  constexpr Duration kMarginMax = std::chrono::milliseconds(50);
  const Duration margin = std::min(*options.round_trip / 2, kMarginMax);
  return std::clamp(*options.round_trip + margin, kFirstTimeoutMin, kFirstTimeoutMax);
}

std::string_view to_text(SrtpProfile profile) {
  switch (profile) {
    case SrtpProfile::aes128_cm_hmac_sha1_80:
      return "SRTP_AES128_CM_HMAC_SHA1_80";
    case SrtpProfile::aes128_cm_hmac_sha1_32:
      return "SRTP_AES128_CM_HMAC_SHA1_32";
  }
  return "";
}

}  // namespace floe::dtls
