// The other peers in a room as one client knows them, and the last number that each of them used.
//
// Limit: kPeersListedMax peers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "floe/signal/room_message.h"
#include "floe/types/list.h"

namespace floe::signal {

class Roster {
 public:
  const std::vector<Peer>& peers() const { return peers_; }

  /// False when the id is known already, or the roster is full.
  bool add(const Peer& peer);
  /// False when no peer has this id.
  bool remove(std::string_view id);

  /// The changes that replace() made to the list of peers.
  struct Change {
    std::vector<Peer> removed;
    std::vector<Peer> added;
  };
  /// `present` are all peers in the room. `same_place`: the client has the place that it had
  /// before, so peers that are known and present stay; in a new place every peer is new.
  Change replace(const std::vector<Peer>& present, bool same_place);

  /// Whether this message of the peer arrived before; if not, its number is stored. A message
  /// without a number, or from an unknown peer, never counts as repeated.
  bool is_repeated(const Envelope& envelope);

 private:
  std::vector<Peer> peers_;
  List<std::uint64_t> last_seq_;  // of the peer at the same index
};

}  // namespace floe::signal
