// The channels of an allocation: which number stands for which peer (RFC 8656, section 12).
//
// Section 12: "the client MUST wait 5 minutes after the channel binding expires before attempting
// to bind the channel number to a different transport address or the transport address to a
// different channel number." So a peer keeps its number for as long as there is room, and a number
// goes to another peer only after its cool-down. A server may be a little behind with its clock:
// the cool-down is longer here.
//
// Sends nothing: PeerAccess takes next_due() and passes the server's answers on.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "floe/turn/attributes/data.h"
#include "floe/types/address.h"
#include "floe/types/list.h"
#include "floe/types/time.h"

namespace floe::turn {

/// Section 12: "Channel bindings last for 10 minutes unless refreshed".
inline constexpr Duration kChannelLifetime = std::chrono::seconds(600);
/// Sooner than necessary: binding a channel "also installs or refreshes a permission", which has
/// half the lifetime, so one request refreshes both.
inline constexpr Duration kChannelRefresh = std::chrono::seconds(240);
/// The time after the end of a binding; the request that began the binding was under way for up to
/// 40 s.
inline constexpr Duration kChannelCoolDown = std::chrono::seconds(300 + 40);
/// Bindings that are remembered, including the bindings in their cool-down.
inline constexpr std::size_t kChannelsMax = 32;
/// After this many failed requests in succession, data to the peer goes in Send indications.
inline constexpr std::uint8_t kChannelTriesMax = 2;

struct ChannelRequest {
  TransportAddress peer;
  std::uint16_t number;
};

class Channels {
 public:
  /// The peers whose channels are bound and kept; others are left to expire.
  void set_wanted(Timestamp now, std::span<const TransportAddress> peers);
  /// A binding to request now; it is not given again before bound() or failed() is called.
  std::optional<ChannelRequest> next_due(Timestamp now);
  Timestamp deadline() const;

  void bound(Timestamp now, const TransportAddress& peer);
  void failed(Timestamp now, const TransportAddress& peer);

  /// The number for ChannelData to the peer, once the server has bound it.
  std::optional<std::uint16_t> number_of(Timestamp now, const TransportAddress& peer) const;
  /// The peer that ChannelData is from; known as soon as the binding was asked for, since data may
  /// overtake the answer.
  std::optional<TransportAddress> peer_of(Timestamp now, std::uint16_t number) const;

 private:
  struct Entry {
    TransportAddress peer;
    std::uint16_t number;
    bool is_wanted = true;
    std::uint8_t failures = 0;
    Timestamp asked_at = Timestamp::min();
    Timestamp expires_at = Timestamp::min();
    Timestamp due_at = Timestamp::min();
  };
  Entry* find(const TransportAddress& peer);
  const Entry* find(const TransportAddress& peer) const;
  void want(Timestamp now, const TransportAddress& peer);

  List<Entry> entries_;
};

}  // namespace floe::turn
