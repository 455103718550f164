// Candidates, and the ends of them, of generations of the peer that are not known yet.
//
// Trickled candidates overtake the description they belong to when they travel another way. Held in
// the order in which they came. Limit: kHeldCandidatesMax over all generations; the oldest makes
// room, since the newest generation is the likelier one to be described.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "floe/signal/message.h"

namespace floe::signal {

class HeldCandidates {
 public:
  using Item = std::variant<CandidateMessage, EndOfCandidates>;

  /// False when an older item had to make room.
  bool hold(Item item);
  /// Takes back a candidate that the peer withdrew. False: it is not held.
  bool withdraw(const CandidateRemoved& removed);
  /// Everything of a generation that is known now.
  std::vector<Item> release(std::string_view ufrag);

  std::size_t size() const { return items_.size(); }

 private:
  std::vector<Item> items_;
};

}  // namespace floe::signal
