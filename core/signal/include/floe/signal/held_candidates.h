// Candidates, and the ends of them, of generations of the peer that are not known yet.
//
// Trickled candidates overtake the description they belong to when they travel another way. An end
// is held as the protocol also writes it, as an empty candidate. Held in the order in which they
// came. Limit: kHeldCandidatesMax over all generations; the oldest makes room, since the newest
// generation is the likelier one to be described.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "floe/signal/message.h"

namespace floe::signal {

class HeldCandidates {
 public:
  /// False when an older item had to make room.
  bool hold(CandidateMessage message);
  /// Takes back a candidate that the peer withdrew. False: it is not held.
  bool withdraw(const CandidateRemoved& removed);
  /// Everything of a generation that is known now.
  std::vector<CandidateMessage> release(std::string_view ufrag);

  std::size_t size() const { return items_.size(); }

 private:
  std::vector<CandidateMessage> items_;
};

}  // namespace floe::signal
