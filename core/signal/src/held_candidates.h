// Candidates, and their ends, of generations of the peer that are not known yet.
//
// Trickled candidates overtake the description they belong to when they travel another way. They
// are held in the order of their arrival. An end is held as the protocol also writes it, as an
// empty candidate. Limit: kHeldCandidatesMax over all generations. The oldest makes room, since the
// newest generation is the likelier one to be described.
#pragma once

#include <list>
#include <string_view>
#include <vector>

#include "floe/signal/message.h"

namespace floe::signal {

class HeldCandidates {
 public:
  /// False when an older item had to make room.
  bool hold(CandidateMessage message);
  /// Forgets a candidate that the peer took back. False: it is not held.
  bool withdraw(const CandidateRemoved& removed);
  /// Everything of a generation that is known now.
  std::vector<CandidateMessage> release(std::string_view ufrag);

  std::size_t size() const { return items_.size(); }

 private:
  std::list<CandidateMessage> items_;
};

}  // namespace floe::signal
