// The other peers in a room as one client knows them, and the last number that each of them used.
//
// Limit: kPeersListedMax peers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "floe/signal/room_message.h"
#include "floe/types/list.h"

namespace floe::signal {

class Roster {
 public:
  const std::vector<Peer>& peers() const { return peers_; }

  /// False when the id is known already, or there are too many.
  bool add(const Peer& peer);
  /// False when nobody has this id.
  bool remove(std::string_view id);

  /// Whether a message of this peer was here before; notes its number if not. Of strangers, and
  /// without a number, nothing can be told.
  bool is_repeated(const Envelope& envelope);

 private:
  std::vector<Peer> peers_;
  List<std::uint64_t> last_seq_;  // of the peer at the same index
};

}  // namespace floe::signal
