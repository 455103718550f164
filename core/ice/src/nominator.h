// Carries nominations out (RFC 8445, section 8): sends and accepts them, and selects the nominated
// pairs.
//
// NominationPolicy decides, PairNomination is the state of one pair, Paths has the selected pairs.
#pragma once

#include "nomination_policy.h"
#include "paths.h"

namespace floe::ice {

class Nominator {
 public:
  /// The objects passed by reference must outlive the nominator.
  Nominator(AgentCore& core, CheckList& pairs, CheckClient& client, Paths& paths)
      : core_(core), pairs_(pairs), client_(client), paths_(paths), policy_(core.config) {}

  void set_peer(const SessionDescription& peer) { policy_.set_peer(peer); }
  const NominationPolicy& policy() const { return policy_; }

  // Controlling -------------------------------------------------------------------------------

  /// Begins the nominations whose time has come.
  void nominate(Timestamp now);
  /// When nominate() may do something without a new input.
  Timestamp deadline() const;
  /// The nomination attributes of the pair's next check.
  NominationAttributes attributes_of(PairIndex index) const;
  /// A NAT gave the selected pair another mapping: the peer sees a path from a new address, which
  /// was not nominated yet.
  void handle_new_mapping(PairIndex index);

  // In doubt ----------------------------------------------------------------------------------

  /// Checks the selected pair of the component. The controlling agent repeats its nomination: for
  /// the peer it may be a new path, since a NAT may have made a new mapping.
  void check_again(StreamComponent component);
  /// Where a selected pair is in doubt and does not answer, the best pair that does is selected.
  void go_over(Timestamp now);

  // Controlled, or lite -----------------------------------------------------------------------

  /// The peer's check nominates. `value` is that of NOMINATION, or 0; nominations without it are
  /// counted as they come.
  void handle_use_candidate(PairIndex index, std::uint32_t value);
  /// Whether the peer has nominated the pair. It stays true after this agent gave the pair up,
  /// because it had another pair or because its own checks were lost: the peer may use every pair
  /// that it once nominated.
  bool was_nominated(PairIndex index) const;

  /// The peer nominated a pair that worked. One whose consent would end at once is checked first.
  void confirm_valid(Timestamp now, PairIndex index);

  // Either ------------------------------------------------------------------------------------

  /// The nominated pair works: it is selected, unless the policy prefers the selected one.
  void confirm(Timestamp now, PairIndex index);
  /// Selects the highest nominated pair, if the policy says that the highest one counts. The
  /// priority of a peer-reflexive candidate may change when the candidate is signalled; the two
  /// ends agree on the highest pair only if both compare the final priorities.
  void follow_highest(Timestamp now);
  /// The pair is selected, and the checks of others end where the policy looks for no better one.
  void select(Timestamp now, PairIndex index);

 private:
  void begin(PairIndex index);
  void give_up_others(PairIndex selected);

  AgentCore& core_;
  CheckList& pairs_;
  CheckClient& client_;
  Paths& paths_;
  NominationPolicy policy_;
};

}  // namespace floe::ice
