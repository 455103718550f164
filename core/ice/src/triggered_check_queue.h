// The triggered-check queue of RFC 8445, section 6.1.4.1: pairs that are checked before all others.
//
// First in, first out; a pair is in it at most once (section 7.3.1.4).
#pragma once

#include <algorithm>
#include <span>

#include "floe/ice/candidate_pair.h"
#include "floe/types/list.h"

namespace floe::ice {

class TriggeredCheckQueue {
 public:
  void add(PairIndex index) {
    if (!contains(index)) queue_.push_back(index);
  }
  void remove(PairIndex index) { queue_.remove(index); }

  bool contains(PairIndex index) const { return std::ranges::find(queue_, index) != queue_.end(); }
  std::span<const PairIndex> all() const { return queue_; }

 private:
  List<PairIndex> queue_;
};

}  // namespace floe::ice
