// The ports of one address that relays may have: chosen at random (RFC 6056, algorithm 1), so that
// an attacker cannot guess the next client's port. A port rests before the next client gets it.
//
// RFC 8656, section 7.2: ports are by default in "the range 49152-65535".
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "floe/api/random.h"
#include "floe/types/time.h"

namespace floe::turn {

struct PortRange {
  std::uint16_t first = 49152;
  std::uint16_t last = 65535;
};

class RelayPorts {
 public:
  /// How long a port rests: peers of its last client may still send to it.
  static constexpr Duration kRest = std::chrono::seconds(60);

  /// 0 < `range.first` <= `range.last`.
  RelayPorts(PortRange range, RandomSource& random);

  /// Nothing when all are taken. A port that rests is given only when there is no other.
  std::optional<std::uint16_t> take(Timestamp now);
  std::optional<std::uint16_t> take_even(Timestamp now);
  /// Takes an even port and the next port with it; returns the even port.
  std::optional<std::uint16_t> take_pair(Timestamp now);
  void give_back(Timestamp now, std::uint16_t port);

  std::size_t taken() const { return taken_; }

 private:
  struct Resting {
    Timestamp until;
    std::uint16_t port;
  };

  template <class Fits>
  std::optional<std::uint16_t> search(Timestamp now, Fits fits);
  bool is_free(std::size_t index) const { return index < busy_.size() && !busy_[index]; }
  bool is_even(std::size_t index) const { return (range_.first + index) % 2 == 0; }
  void occupy(std::uint16_t port);
  void wake(Timestamp now);

  PortRange range_;
  RandomSource& random_;
  std::vector<bool> busy_;  // taken or resting, by port
  std::deque<Resting> resting_;
  std::size_t taken_ = 0;
};

}  // namespace floe::turn
