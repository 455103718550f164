// The channels of one allocation (RFC 8656, section 12): numbers of two bytes that stand for peers.
//
//   unbound --bind()--> bound --600 s--> resting --300 s--> unbound
//
// Why a binding rests: datagrams on the channel may still be in flight, and must not reach another
// peer. While it rests, only the same number with the same peer may be bound again; clients must
// not ask for anything else (section 12).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "floe/types/address.h"
#include "floe/types/time.h"

namespace floe::turn {

/// Section 12: "Channel bindings last for 10 minutes unless refreshed".
inline constexpr Duration kChannelLifetime = std::chrono::seconds(600);
/// Section 12: clients wait "5 minutes after the channel binding expires".
inline constexpr Duration kChannelRest = std::chrono::seconds(300);
/// The most channels of one allocation at a time.
inline constexpr std::size_t kChannelsMax = 256;
/// Deviation: RFC 8656, section 12, allows up to 0x4FFF, because other protocols share an address
/// with TURN at a client. Clients of RFC 5766 choose up to 0x7FFF, and no other protocol comes to a
/// server.
inline constexpr std::uint16_t kServedChannelMin = 0x4000;
inline constexpr std::uint16_t kServedChannelMax = 0x7fff;

class ChannelTable {
 public:
  enum class BindResult : std::uint8_t {
    bound,     ///< or refreshed
    conflict,  ///< the number stands for another peer, or the peer has another number
    full,
  };

  BindResult bind(Timestamp now, std::uint16_t number, const TransportAddress& peer);
  /// Null when the number is not bound.
  const TransportAddress* peer_of(Timestamp now, std::uint16_t number) const;
  std::optional<std::uint16_t> number_of(Timestamp now, const TransportAddress& peer) const;

 private:
  struct Channel {
    std::uint16_t number;
    TransportAddress peer;
    Timestamp expires;
  };

  std::vector<Channel> channels_;  // most allocations have one or two, so a linear search is enough
};

}  // namespace floe::turn
