// The mappings of a NAT between inside endpoints and its external ports (RFC 4787, sections 4 and
// 5).
//
// It knows nothing of networks: NatBox and Nat64Box ask it which addresses to write into a packet.
// An expired mapping counts as absent; it is removed when its inside endpoint sends again, or when
// its room is needed.
#pragma once

#include <optional>
#include <vector>

#include "floe/api/random.h"
#include "floe/sim/contact_filter.h"
#include "floe/sim/fate.h"
#include "floe/types/result.h"

namespace floe::sim {

class MappingTable {
 public:
  /// `random` must outlive it.
  MappingTable(const Nat& nat, RandomSource& random);

  /// The external port from which a packet of `inside` to `far_end` goes out; makes a mapping if
  /// there is none. Empty when there is no room for a new mapping.
  std::optional<std::uint16_t> outbound(Timestamp now, const TransportAddress& inside,
                                        const TransportAddress& far_end);
  /// The inside endpoint that the external `port` belongs to, if its mapping lets `far_end` in.
  Result<TransportAddress, Fate> inbound(Timestamp now, std::uint16_t port,
                                         const TransportAddress& far_end);

  /// Forgets all mappings, as a restart of the device does.
  void clear();
  /// The number of mappings that have not expired.
  std::size_t size(Timestamp now) const;

 private:
  static constexpr std::uint32_t kPortMin = 1024;
  static constexpr std::uint32_t kPortCount = 65536 - kPortMin;

  struct InsideKey {
    EndpointKey inside;
    EndpointKey far_end;  ///< as far as the mapping depends on it
    auto operator<=>(const InsideKey&) const = default;
  };
  struct Mapping {
    InsideKey key;
    TransportAddress inside;
    Timestamp refreshed_at;
    ContactFilter filter;
  };

  bool is_live(Timestamp now, const Mapping& mapping) const {
    return now - mapping.refreshed_at < nat_.lifetime;
  }
  std::optional<std::uint16_t> add(Timestamp now, const InsideKey& key,
                                   const TransportAddress& inside);
  std::optional<std::uint16_t> choose_port(std::uint16_t inside_port);
  void remove_expired(Timestamp now);

  Nat nat_;
  RandomSource& random_;
  std::uint32_t next_port_;  ///< for PortChoice::sequential, less kPortMin
  FlatMap<std::uint16_t, Mapping> by_port_;
  FlatMap<InsideKey, std::uint16_t> ports_;
};

}  // namespace floe::sim
