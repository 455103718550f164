#include "client_peers.h"

#include <algorithm>

namespace floe::tunnel {

ClientPeers::ClientPeers(std::uint16_t max_peers)
    : max_peers_(std::min(max_peers, kMaxTrackedPeers)) {}

ClientPeers::Route ClientPeers::use(const TransportAddress& remote) {
  Route route;
  auto index = find(remote);
  if (!index) index = admit(remote, route);
  if (!index) return route;

  Peer& peer = peers_[*index];
  peer.used_at = ++uses_;
  ++peer.uses;
  switch (peer.state) {
    case State::counting:
      if (peer.uses < kUsesBeforeShortId) break;
      peer.state = State::opening;
      route.open = id_at(*index);
      break;
    case State::open:
      route.peer = id_at(*index);
      route.denied = peer.permission.state == PermissionState::denied;
      break;
    case State::opening:
    case State::refused:
      break;
  }
  return route;
}

void ClientPeers::on_opened(PeerId id, const PeerPermission& permission) {
  Peer* peer = at(id);
  if (peer == nullptr || peer->state != State::opening) return;
  peer->state = State::open;
  peer->announced = peer->remote;
  peer->permission = permission;
}

void ClientPeers::on_refused(PeerId id) {
  Peer* peer = at(id);
  if (peer != nullptr && peer->state == State::opening) peer->state = State::refused;
}

void ClientPeers::on_permission(PeerId id, const PeerPermission& permission) {
  Peer* peer = at(id);
  if (peer != nullptr && peer->state == State::open) peer->permission = permission;
}

const TransportAddress* ClientPeers::address_of(PeerId id) const {
  if (id == PeerId{} || id.value() > peers_.size()) return nullptr;
  const auto& announced = peers_[id.value() - std::size_t{1}].announced;
  return announced ? &*announced : nullptr;
}

std::optional<PeerPermission> ClientPeers::permission_of(const TransportAddress& remote) const {
  const auto index = find(remote);
  if (!index || peers_[*index].state != State::open) return std::nullopt;
  return peers_[*index].permission;
}

ClientPeers::Peer* ClientPeers::at(PeerId id) {
  if (id == PeerId{} || id.value() > peers_.size()) return nullptr;
  return &peers_[id.value() - std::size_t{1}];
}

std::optional<std::size_t> ClientPeers::find(const TransportAddress& remote) const {
  // Datagrams come in runs to one peer.
  if (found_last_ < peers_.size() && peers_[found_last_].remote == remote) return found_last_;
  const auto found = std::ranges::find(peers_, remote, &Peer::remote);
  if (found == peers_.end()) return std::nullopt;
  found_last_ = static_cast<std::size_t>(found - peers_.begin());
  return found_last_;
}

std::optional<std::size_t> ClientPeers::admit(const TransportAddress& remote, Route& route) {
  if (peers_.size() < max_peers_) {
    peers_.push_back({.remote = remote, .announced = {}, .permission = {}});
    return peers_.size() - 1;
  }
  std::optional<std::size_t> oldest;
  for (std::size_t i = 0; i < peers_.size(); ++i) {
    if (peers_[i].state == State::opening) continue;
    if (!oldest || peers_[i].used_at < peers_[*oldest].used_at) oldest = i;
  }
  if (!oldest) return std::nullopt;
  Peer& peer = peers_[*oldest];
  if (peer.state == State::open) route.close = id_at(*oldest);
  peer = {.remote = remote, .announced = peer.announced, .permission = {}};
  return oldest;
}

}  // namespace floe::tunnel
