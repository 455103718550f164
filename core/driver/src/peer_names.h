// Looks up the names in the candidates of a peer.
//
// Limit: kPeerNamesMax at a time. The session asks for signal::kNamedCandidatesMax in a generation,
// and names of the last generation may still be under way when the peer restarts.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "floe/api/local_names.h"
#include "floe/driver/peer_names_listener.h"

namespace floe {

inline constexpr std::size_t kPeerNamesMax = 32;

class PeerNames {
 public:
  /// `names` may be null; both must outlive the object.
  PeerNames(LocalNames* names, PeerNamesListener& listener);
  ~PeerNames();

  void look_up(const std::string& name);
  /// No answers follow.
  void cancel();

 private:
  class Lookup;

  LocalNames* names_;
  PeerNamesListener& listener_;
  std::vector<std::unique_ptr<Lookup>> lookups_;
};

}  // namespace floe
