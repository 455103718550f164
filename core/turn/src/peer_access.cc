#include "peer_access.h"

#include <algorithm>

#include "floe/turn/error_codes.h"

namespace floe::turn {

using Purpose = AllocationRequest::Purpose;

std::size_t PeerAccess::set_wanted(Timestamp now, const WantedPeers& wanted) {
  channels_.set_wanted(now, wanted.channels);
  return permissions_.set_wanted(wanted.permissions);
}

std::optional<AllocationRequest> PeerAccess::next_due(Timestamp now) {
  if (const auto due = channels_.next_due(now)) {
    // RFC 8656, section 12: binding "also creates or refreshes a permission towards the peer".
    permissions_.postpone(due->peer.ip, now + 2 * kRetryAfter);
    return AllocationRequest{
        .purpose = Purpose::channel, .peer = due->peer, .channel = due->number};
  }
  if (const auto peer = permissions_.next_due(now)) {
    return AllocationRequest{.purpose = Purpose::permission, .peer = {*peer, 0}};
  }
  return std::nullopt;
}

Timestamp PeerAccess::deadline() const {
  return std::min(permissions_.deadline(), channels_.deadline());
}

void PeerAccess::handle_success(Timestamp now, const AllocationRequest& request) {
  if (request.purpose == Purpose::channel) channels_.bound(now, request.peer);
  permissions_.granted(now, request.peer.ip);
}

bool PeerAccess::handle_error(Timestamp now, const AllocationRequest& request, std::uint16_t code) {
  if (request.purpose == Purpose::channel) {
    channels_.failed(now, request.peer);
    return false;
  }
  // Both errors concern only this peer: it is forbidden, or the allocation has no address of its
  // family.
  const bool is_final = code == kForbidden || code == kPeerAddressFamilyMismatch;
  if (!is_final) return permissions_.failed(now, request.peer.ip);
  permissions_.refused(request.peer.ip);
  return true;
}

}  // namespace floe::turn
