// The order in which datagrams to several destinations are sent.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "floe/types/address.h"

namespace floe::native {

/// Brings together what goes to one destination, so that it can leave in segments although a client
/// talks to many peers in turn. Destinations stay in the order of their first datagram, and the
/// datagrams to each in theirs.
class DestinationGroups {
 public:
  static constexpr std::size_t kDatagramsMax = 64;

  void clear() {
    size_ = groups_ = 0;
    slots_.fill(0);
  }
  /// The next datagram; at most kDatagramsMax.
  void add(const TransportAddress& to);
  /// Of destinations.
  std::size_t count() const { return groups_; }

  /// Calls `visit` with the number of each datagram, in the order to send them.
  template <class Visit>
  void for_each(Visit visit) const {
    for (std::size_t group = 0; group < groups_; ++group) {
      for (Number i = first_[group]; i != kNone; i = next_[i]) visit(std::size_t{i});
    }
  }

 private:
  using Number = std::uint8_t;
  static constexpr Number kNone = 0xff;
  static constexpr std::size_t kSlots = 2 * kDatagramsMax;

  Number group_of(const TransportAddress& to);

  std::size_t size_ = 0;
  std::size_t groups_ = 0;
  Number last_group_ = 0;
  std::array<Number, kDatagramsMax> next_{};   // of a datagram: the next to the same destination
  std::array<Number, kDatagramsMax> first_{};  // of a group
  std::array<Number, kDatagramsMax> last_{};
  std::array<TransportAddress, kDatagramsMax> destinations_{};
  std::array<Number, kSlots> slots_{};  // groups by hash, from 1; 0 is empty
};

}  // namespace floe::native
