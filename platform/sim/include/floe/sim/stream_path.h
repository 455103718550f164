// The way of a stream through a simulated world.
//
// Streams are not made of packets here. The model keeps what matters to a user of TCP: how long
// bytes take, that they come in order, and where TCP does not pass. A loss costs the delay of a
// retransmission and holds up the bytes after it; a link that is down holds up all bytes.
#pragma once

#include <vector>

#include "floe/sim/traffic.h"

namespace floe::sim {

/// How long TCP waits before it sends again (RFC 6298, section 2, with the minimum of kernels).
inline constexpr Duration kStreamRetransmission = 200ms;
/// A stream is given up when a link of its path was down for so long.
inline constexpr Duration kStreamPatience = 30s;

class StreamPath {
 public:
  enum class End : std::uint8_t {
    host,      ///< a host has the address
    no_route,  ///< no node has the address
    silence,   ///< a box lets nothing pass, and does not say so
  };

  /// The path from `from`, whose address is `source`, to `destination`. NATs change the source on
  /// the way. Limit: no stream passes a NAT64, the result is End::silence.
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
  /// The source address, as the host at the end sees it.
  const TransportAddress& seen_source() const { return seen_source_; }

  bool is_up() const;
  /// The delay of one way; each call draws a new one.
  Duration draw_delay(RandomSource& random) const;

 private:
  End end_ = End::host;
  std::vector<Attachment*> hops_;  // each link that is crossed
  TransportAddress seen_source_;
};

}  // namespace floe::sim
