// Which pair of a component is used: which one the controlling agent nominates and when (RFC 8445,
// section 8.1.1), and which of several nominations the controlled agent follows. It only decides;
// Nominator acts.
//
// Regular nomination: let checks go on until a pair is good enough, then repeat its check with
// USE-CANDIDATE. Good enough is the best pair that can still succeed, or the best valid one when
// the patience is over: section 8.1.1 leaves the criteria to the agent, and waiting here is where
// other agents lose most of their time in connecting.
#pragma once

#include <optional>

#include "check_list.h"
#include "floe/ice/agent_config.h"
#include "floe/ice/description.h"
#include "floe/types/list.h"
#include "floe/types/time.h"
#include "selected_paths.h"

namespace floe::ice {

class NominationPolicy {
 public:
  explicit NominationPolicy(const AgentConfig& config) : config_(config) {}

  /// The peer's description has come: it says which options the peer understands.
  void set_peer(const SessionDescription& peer);
  /// Every check carries USE-CANDIDATE, from the first one on.
  bool is_aggressive() const { return aggressive_; }
  /// A nomination may be followed by another, with a larger value of NOMINATION.
  bool may_renominate() const { return renomination_understood_; }
  /// Many pairs may be nominated, by this agent or by a peer that says neither "ice2" nor
  /// "renomination"; the nominated pair of highest priority is used (RFC 5245, section 8.1.1.2).
  bool highest_counts() const {
    return aggressive_ || (!peer_is_ice2_ && !renomination_understood_);
  }

  /// The pair of `component` to nominate now, if its time has come. `selected` may be null.
  std::optional<PairIndex> choose(Timestamp now, StreamComponent component, const CheckList& pairs,
                                  const SelectedPath* selected);
  /// When choose() may give another answer without a new input.
  Timestamp deadline(StreamComponent component, const CheckList& pairs,
                     const SelectedPath* selected) const;

  /// Whether the agent still looks for a better pair than the selected one.
  bool keeps_looking(const CheckList& pairs, PairIndex selected) const;
  /// Whether a pending pair may replace the selected one although the agent looks for no better
  /// pair: a check of either side has nominated the pending pair already.
  bool may_still_replace(const CandidatePair& pending, const CandidatePair& selected) const;
  /// Controlled, or lite: whether the nominated pair replaces the selected one.
  bool replaces(Timestamp now, const CandidatePair& nominated, const CandidatePair& selected,
                const Consent& consent) const;

  /// The value of the next nomination: it is sent, or nominations are counted in the order of
  /// arrival.
  std::uint32_t next_value() { return ++last_value_; }
  void saw_value(std::uint32_t value) { last_value_ = std::max(last_value_, value); }

 private:
  struct FirstValid {
    StreamComponent component;
    Timestamp at;
  };
  struct Evaluation;

  Evaluation evaluate(StreamComponent component, const CheckList& pairs,
                      const SelectedPath* selected) const;
  Duration patience_for(const CheckList& pairs, PairIndex best) const;
  const FirstValid* find(StreamComponent component) const;

  const AgentConfig& config_;
  bool aggressive_ = false;
  bool renomination_understood_ = false;
  bool peer_is_ice2_ = false;
  std::uint32_t last_value_ = 0;
  List<FirstValid> first_valid_;  // of the components that had a valid pair
};

}  // namespace floe::ice
