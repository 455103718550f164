#include "roster.h"

#include <algorithm>
#include <iterator>

#include "floe/signal/limits.h"

namespace floe::signal {

bool Roster::add(const Peer& peer) {
  if (peers_.size() == kPeersListedMax) return false;
  if (std::ranges::find(peers_, peer.id, &Peer::id) != peers_.end()) return false;
  peers_.push_back(peer);
  last_seq_.push_back(0);
  return true;
}

bool Roster::remove(std::string_view id) {
  const auto found = std::ranges::find(peers_, id, &Peer::id);
  if (found == peers_.end()) return false;
  last_seq_.erase(last_seq_.begin() + (found - peers_.begin()));
  peers_.erase(found);
  return true;
}

Roster::Change Roster::replace(const std::vector<Peer>& present, bool same_place) {
  const auto stays = [&](const Peer& peer) {
    return same_place && std::ranges::find(present, peer) != present.end();
  };
  Change change;
  std::ranges::remove_copy_if(peers_, std::back_inserter(change.removed), stays);
  for (const Peer& peer : change.removed) remove(peer.id);
  for (const Peer& peer : present) {
    if (add(peer)) change.added.push_back(peer);
  }
  return change;
}

bool Roster::is_repeated(const Envelope& envelope) {
  const auto found = std::ranges::find(peers_, envelope.from, &Peer::id);
  if (!envelope.seq || found == peers_.end()) return false;
  std::uint64_t& last = last_seq_[static_cast<std::size_t>(found - peers_.begin())];
  if (*envelope.seq <= last) return true;
  last = *envelope.seq;
  return false;
}

}  // namespace floe::signal
