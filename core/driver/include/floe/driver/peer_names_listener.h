// What the lookups of a peer's names tell their owner.
#pragma once

#include "floe/signal/candidate_names.h"

namespace floe {

class PeerNamesListener {
 public:
  /// The answer to a look_up(), maybe from inside it.
  virtual void on_peer_name(const signal::NameResolved& answer) = 0;

 protected:
  ~PeerNamesListener() = default;
};

}  // namespace floe
