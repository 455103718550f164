#include "floe/dtls/options.h"

#include <algorithm>

namespace floe::dtls {

// RFC 6347, section 4.2.4.1: "Implementations SHOULD use an initial timer value of 1 second (the
// minimum defined in RFC 6298 [RFC6298]) and double the value at each retransmission, up to no less
// than the RFC 6298 maximum of 60 seconds."
//
// Deviation: the first value is three times the round trip that ICE measured, from 50 ms to 1 s.
// That is what RFC 6298, section 2.2, makes of a first measurement (RTO <- SRTT + K*RTTVAR, with
// RTTVAR <- R/2 and K = 4), without its lower bound. One lost datagram would else cost a second on
// a path of 20 ms, and a handshake is a few datagrams, whose repetitions double their distance.
Duration first_timeout(const Options& options) {
  if (!options.round_trip) return kFirstTimeoutMax;
  return std::clamp(3 * *options.round_trip, kFirstTimeoutMin, kFirstTimeoutMax);
}

}  // namespace floe::dtls
