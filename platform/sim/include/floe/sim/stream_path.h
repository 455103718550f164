// The way of a stream through a simulated world.
//
// Streams are not made of packets here: what matters of TCP to those who use it is how long bytes
// take, that they come in order, and where it does not pass. Loss is a retransmission's delay, and
// holds up what comes after it; a link that is down holds up everything.
#pragma once

#include <vector>

#include "floe/sim/traffic.h"

namespace floe::sim {

/// What TCP waits before it sends again (RFC 6298, section 2, as kernels clamp it).
inline constexpr Duration kStreamRetransmission = 200ms;
/// A stream over a link that is down so long is given up.
inline constexpr Duration kStreamPatience = 30s;

class StreamPath {
 public:
  enum class End : std::uint8_t {
    host,      ///< a host has the address
    no_route,  ///< nobody has it
    silence,   ///< a box lets nothing pass, and does not say so
  };

  /// From `from`, whose address is `source`, to `destination`. NATs change the source on the way.
  /// Limit: a NAT64 is silence.
  static StreamPath find(Attachment& from, const TransportAddress& source,
                         const TransportAddress& destination);

  static StreamPath nowhere() {
    StreamPath path;
    path.end_ = End::no_route;
    return path;
  }

  End end() const { return end_; }
  /// The host's attachment, where there is one.
  Attachment& last() const { return *hops_.back(); }
  /// Who connects, as the host at the end sees it.
  const TransportAddress& seen_source() const { return seen_source_; }

  bool is_up() const;
  /// One way, drawn again for each use.
  Duration draw_delay(RandomSource& random) const;

 private:
  End end_ = End::host;
  std::vector<Attachment*> hops_;  // each link that is crossed
  TransportAddress seen_source_;
};

}  // namespace floe::sim
