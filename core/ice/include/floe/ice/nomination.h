// Which pair the controlling agent nominates, and when (RFC 8445, section 8.1.1).
//
// Regular nomination: let checks go on until a pair is good enough, then repeat its check with
// USE-CANDIDATE. Good enough is the best pair that can still succeed, or the best valid one when
// the patience is over: section 8.1.1 leaves the criteria to the agent, and most of the time that
// others lose in connecting is lost in waiting here.
#pragma once

#include <optional>
#include <vector>

#include "floe/ice/check_list.h"
#include "floe/types/time.h"

namespace floe::ice {

class Nomination {
 public:
  explicit Nomination(Duration patience) : patience_(patience) {}

  /// The pair of `component` to nominate now, if its time has come.
  std::optional<PairIndex> choose(Timestamp now, Component component, const CheckList& pairs);
  /// When choose() may give another answer without a new input.
  Timestamp deadline(Component component, const CheckList& pairs) const;

 private:
  struct Progress {
    Component component;
    Timestamp first_valid_at;
  };

  const Progress* find(Component component) const;

  Duration patience_;
  std::vector<Progress> components_;  // those with a valid pair
};

}  // namespace floe::ice
