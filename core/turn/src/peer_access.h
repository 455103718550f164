// The permissions and channels of an allocation: which are wanted, which request for them is due,
// and what the server answered (RFC 8656, sections 9 and 12).
//
// Sends nothing: ClientAllocation sends next_due() and passes the answers on.
#pragma once

#include <optional>

#include "allocation_requests.h"
#include "channels.h"
#include "floe/turn/wanted_peers.h"
#include "permissions.h"

namespace floe::turn {

class PeerAccess {
 public:
  /// Returns the number of peers for whose permissions there is no room.
  std::size_t set_wanted(Timestamp now, const WantedPeers& wanted);
  /// A request to send now; it is not given again before its answer is known.
  std::optional<AllocationRequest> next_due(Timestamp now);
  Timestamp deadline() const;

  /// The answers to requests of next_due().
  void handle_success(Timestamp now, const AllocationRequest& request);
  /// True: from now on the peer is refused.
  bool handle_error(Timestamp now, const AllocationRequest& request, std::uint16_t code);

  bool is_permitted(Timestamp now, const TransportAddress& peer) const {
    return permissions_.has(now, peer.ip);
  }
  /// Wanted, and neither granted nor refused yet.
  bool is_awaited(Timestamp now, const TransportAddress& peer) const {
    return permissions_.is_coming(now, peer.ip);
  }
  bool is_refused(const TransportAddress& peer) const { return permissions_.is_refused(peer.ip); }
  /// The channel for ChannelData to the peer, once the server has bound it.
  std::optional<std::uint16_t> channel_of(Timestamp now, const TransportAddress& peer) const {
    return channels_.number_of(now, peer);
  }
  /// The peer that ChannelData with this number is from.
  std::optional<TransportAddress> peer_of(Timestamp now, std::uint16_t channel) const {
    return channels_.peer_of(now, channel);
  }

 private:
  Permissions permissions_;
  Channels channels_;
};

}  // namespace floe::turn
