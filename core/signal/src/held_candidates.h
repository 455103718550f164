// Candidates and end-of-candidates of the peer's generations that are not known yet.
//
// Trickled candidates can overtake their description when they take another path. They are held in
// the order of their arrival. An end-of-candidates is held as an empty candidate, which the
// protocol also allows. Limit: kHeldCandidatesMax over all generations. The oldest item makes room,
// since a description of the newest generation is more likely to come.
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
  /// Removes and returns all items of a generation that is known now.
  std::vector<CandidateMessage> release(std::string_view ufrag);

  std::size_t size() const { return items_.size(); }

 private:
  std::list<CandidateMessage> items_;
};

}  // namespace floe::signal
