// Draws ports for clients' sockets, and lets those rest that were given up.
//
// A peer goes on sending for a while to a socket that is closed. The client that had its port next
// would get what was meant for another.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <set>
#include <utility>

#include "floe/api/datagram_socket.h"
#include "floe/api/random.h"
#include "floe/types/time.h"

namespace floe::gateway {

/// Several threads may use it.
class PortPool {
 public:
  /// As long as consent lasts (RFC 7675), twice.
  static constexpr Duration kRest = std::chrono::seconds(60);
  /// Beyond it those that have rested longest are ready early.
  static constexpr std::size_t kRestingMax = 65'536;
  static constexpr int kTriesMax = 16;

  /// `request` with one of its ports, drawn at random (RFC 6056, section 3.3.1), that does not
  /// rest. A request for one port stays as it is, and one whose ports nearly all rest.
  BindRequest draw(Timestamp now, const BindRequest& request, RandomSource& random);
  /// A socket was closed.
  void give_up(Timestamp now, const TransportAddress& bound);

 private:
  void wake(Timestamp now);

  std::mutex mutex_;                                          // of all below
  std::deque<std::pair<Timestamp, TransportAddress>> order_;  // the first to be ready in front
  std::multiset<TransportAddress> resting_;
};

}  // namespace floe::gateway
