// Which pair of a component is used: what the controlling agent nominates and when (RFC 8445,
// section 8.1.1), and which of several nominations the controlled agent follows.
//
// Regular nomination: let checks go on until a pair is good enough, then repeat its check with
// USE-CANDIDATE. Good enough is the best pair that can still succeed, or the best valid one when
// the patience is over: section 8.1.1 leaves the criteria to the agent, and most of the time that
// others lose in connecting is lost in waiting here.
#pragma once

#include <optional>

#include "floe/ice/agent_config.h"
#include "floe/ice/check_list.h"
#include "floe/ice/description.h"
#include "floe/ice/selected_paths.h"
#include "floe/types/list.h"
#include "floe/types/time.h"

namespace floe::ice {

class Nomination {
 public:
  explicit Nomination(const AgentConfig& config) : config_(config) {}

  /// The peer's description has come: it says what it understands.
  void set_peer(const SessionDescription& peer);
  /// Checks carry USE-CANDIDATE from the first on.
  bool is_aggressive() const { return aggressive_; }
  /// A nomination may be followed by another, with a larger value of NOMINATION.
  bool may_renominate() const { return renomination_understood_; }
  /// Many pairs may be nominated, and the one of highest priority is used (RFC 5245, section
  /// 8.1.1.2): by us, or by a peer that says neither "ice2" nor "renomination".
  bool highest_counts() const {
    return aggressive_ || (!peer_is_ice2_ && !renomination_understood_);
  }

  /// The pair of `component` to nominate now, if its time has come. `selected` may be null.
  std::optional<PairIndex> choose(Timestamp now, StreamComponent component, const CheckList& pairs,
                                  const SelectedPath* selected);
  /// When choose() may give another answer without a new input.
  Timestamp deadline(StreamComponent component, const CheckList& pairs,
                     const SelectedPath* selected) const;

  /// Whether a pair that the selected one is to be replaced by is still looked for.
  bool keeps_looking(const CheckList& pairs, PairIndex selected) const;
  /// Whether a pair that is being checked may take the selected one's place without being looked
  /// for: its check, or the peer's, has nominated it already.
  bool may_still_replace(const CandidatePair& pending, const CandidatePair& selected) const;
  /// Controlled, or lite: whether the nominated pair takes the place of the selected one.
  bool replaces(Timestamp now, const CandidatePair& nominated, const CandidatePair& selected,
                const Consent& consent) const;

  /// The value of the next nomination, sent or counted in the order of arrival.
  std::uint32_t next_value() { return ++last_value_; }
  void saw_value(std::uint32_t value) { last_value_ = std::max(last_value_, value); }

 private:
  struct Progress {
    StreamComponent component;
    Timestamp first_valid_at;
  };
  struct Standing;

  Standing standing_of(StreamComponent component, const CheckList& pairs,
                       const SelectedPath* selected) const;
  Duration patience_for(const CheckList& pairs, PairIndex best) const;
  const Progress* find(StreamComponent component) const;

  const AgentConfig& config_;
  bool aggressive_ = false;
  bool renomination_understood_ = false;
  bool peer_is_ice2_ = false;
  std::uint32_t last_value_ = 0;
  List<Progress> components_;  // those that had a valid pair
};

}  // namespace floe::ice
