// Two peers that send to each other every 20 ms, and how long nothing arrives when one of them
// moves.
#pragma once

#include "peer.h"

namespace floe::sim {

class Call {
 public:
  static constexpr Duration kInterval = 20ms;

  /// The peers are connected. They must outlive the call.
  Call(World& world, Peer& left, Peer& right) : world_(world), ends_{End{left}, End{right}} {}

  void run_for(Duration span);
  /// Forgets the gaps so far.
  void begin_measuring();

  struct Gaps {
    Duration towards_left;
    Duration towards_right;
    Duration longest() const { return std::max(towards_left, towards_right); }
  };
  /// Datagrams of both that did not arrive; what was sent just now may still be under way.
  std::size_t lost() const {
    return sent_ - ends_[0].peer.received().size() - ends_[1].peer.received().size();
  }
  /// The longest times since begin_measuring() in which nothing arrived.
  Gaps gaps() const { return {gap_towards(ends_[0]), gap_towards(ends_[1])}; }

 private:
  struct End {
    Peer& peer;
    std::size_t received = 0;
    Timestamp last_arrival{};
    Duration longest{};
  };

  void listen(End& end);
  Duration gap_towards(const End& end) const {
    return std::max(end.longest, world_.now() - end.last_arrival);
  }

  World& world_;
  std::array<End, 2> ends_;
  std::size_t sent_ = 0;
};

}  // namespace floe::sim
