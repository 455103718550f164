// The candidate pairs of one generation and their states (RFC 8445, section 6.1.2). The checklists
// of all its streams are kept together, because they share foundations and one limit: the RFC calls
// this the checklist set.
//
//   new pair ------add()---------> Waiting or Frozen, see PairFoundations
//   Frozen --------unfreeze()----> Waiting       one of its foundation succeeded, or none is tried
//   Waiting -------begin_check()-> In-Progress   its turn came; a triggered check also from Frozen
//   In-Progress ---succeed()-----> Succeeded     the check was answered
//   In-Progress ---wait()--------> Waiting       it was answered by 487, or the peer's check came
//   In-Progress ---fail()--------> Failed        timeout or error; also any other but Removed
//   any -----------remove()------> Removed       given up: not needed, or a candidate is gone
//   Failed --------wait()--------> Waiting       the peer's check came; from Removed, too
//   Failed --------recheck()-----> Waiting       the selected pair is silent; from Removed, too
//   Removed -------add()---------> Waiting or Frozen, when its candidate comes again
//
// Deviation: (section 6.1.2.5) "The limit is enforced by, within in each checklist, discarding
// lower-priority candidate pairs": here each kind of pairs keeps a share (FairShares).
//
// A pair that failed as `silent` stays Failed until forget(). Each change of PairState is made
// here. The class knows no time and sends nothing: CheckOrder and CheckSchedule say which pair is
// checked next.
#pragma once

#include <algorithm>
#include <optional>
#include <span>

#include "floe/ice/candidate_pair.h"
#include "floe/ice/limits.h"
#include "floe/ice/role.h"
#include "floe/ice/route.h"
#include "floe/types/list.h"
#include "index_range.h"
#include "local_candidates.h"
#include "pair_foundations.h"
#include "pair_kind.h"
#include "remote_candidates.h"
#include "triggered_check_queue.h"

namespace floe::ice {

class PairIntake;

class CheckList {
 public:
  /// `limit`: the number of pairs that are kept, 1 to kPairsMost.
  CheckList(const LocalCandidates& locals, const RemoteCandidates& remotes,
            std::size_t limit = kPairsMax)
      : locals_(locals), remotes_(remotes), limit_(std::clamp<std::size_t>(limit, 1, kPairsMost)) {}

  /// Pairs of `local`, a base, and `remote`: nothing when streams, components or address families
  /// differ, when the pair is there already, or when the list is full of better ones.
  /// A removed pair comes back.
  std::optional<PairIndex> add(LocalIndex local, RemoteIndex remote, Role role);
  /// The same for a five-tuple on which a check of the peer came. If the list is full, it replaces
  /// a pair that was not heard, whatever its own priority is; also one that is being checked, if
  /// all are.
  std::optional<PairIndex> add_heard(LocalIndex local, RemoteIndex remote, Role role);

  /// As add() above, for a pair of the intake's candidate.
  std::optional<PairIndex> add(PairIntake& intake, LocalIndex local, RemoteIndex remote,
                               Role role) {
    return put(intake, local, remote, false, role);
  }

  CandidatePair& at(PairIndex index) { return pairs_[index.value()]; }
  const CandidatePair& at(PairIndex index) const { return pairs_[index.value()]; }
  std::span<const CandidatePair> all() const { return pairs_; }
  IndexRange<PairIndex> indices() const { return IndexRange<PairIndex>(pairs_.size()); }
  bool is_full() const { return pairs_.size() >= limit_; }
  std::optional<PairIndex> find(LocalIndex local, RemoteIndex remote) const;
  /// The pair of a usable base and of a candidate of its component.
  std::optional<PairIndex> find(const Route& path) const;

  const LocalCandidates& locals() const { return locals_; }
  const RemoteCandidates& remotes() const { return remotes_; }
  const Candidate& local_of(PairIndex index) const { return locals_.at(at(index).local); }
  const Candidate& remote_of(PairIndex index) const { return remotes_.at(at(index).remote); }
  /// The local and the remote address of its checks and its data.
  Route route_of(PairIndex index) const { return {local_of(index).base, remote_of(index).address}; }
  PairKind kind_of(PairIndex index) const { return {local_of(index), remote_of(index)}; }
  /// One of its candidates is relayed.
  bool is_relayed(PairIndex index) const;

  /// Adds the pair to the triggered-check queue (section 7.3.1.4).
  void trigger(PairIndex index);
  void untrigger(PairIndex index) { triggered_.remove(index); }
  bool is_triggered(PairIndex index) const { return triggered_.contains(index); }
  std::span<const PairIndex> triggered() const { return triggered_.all(); }

  // Transitions -------------------------------------------------------------------------------

  /// Section 6.1.4.2, for the pairs of one stream when none of them is waiting.
  void unfreeze(DataStreamId stream);
  /// Section 7.2.5.3.3: frozen pairs of the foundation of `succeeded` become waiting.
  void unfreeze_foundation_of(PairIndex succeeded);
  /// A check was sent. A pair that is valid stays Succeeded.
  void begin_check(PairIndex index);
  void wait(PairIndex index) { at(index).state = PairState::waiting; }
  /// `valid_local` has the mapped address of the answer. From now on the pair has the priority of
  /// the valid pair.
  void succeed(PairIndex index, LocalIndex valid_local, Role role);
  void fail(PairIndex index, PairFailure why);
  void remove(PairIndex index, PairFailure why);
  /// Section 8.1.2: gives up all pairs of a component that has a nominated pair, except the
  /// succeeded ones.
  void remove_pending(StreamComponent component);
  /// Another candidate takes the place of `remote`; its pairs begin from the start.
  void forget(RemoteIndex remote);
  /// Failed and removed pairs of the component become Waiting again, if their candidates are
  /// usable.
  void recheck(StreamComponent component);

  /// Section 7.3.1.1: a new role changes the priorities, and ends unconfirmed nominations of the
  /// old role.
  void set_role(Role role);
  /// The priorities after a change of a candidate.
  void update_priorities(Role role);

  // Questions ---------------------------------------------------------------------------------

  /// In-Progress and Waiting pairs, as the RTO counts them (section 14.3).
  std::size_t active_count() const;
  bool has_pending() const;
  /// No pair of the candidate can still work, and none has to be remembered as silent.
  bool has_given_up(RemoteIndex remote) const;

 private:
  PairFoundations foundations() const { return {pairs_, locals_, remotes_}; }
  bool fits(LocalIndex local, RemoteIndex remote) const;
  std::optional<PairIndex> put(PairIntake& intake, LocalIndex local, RemoteIndex remote, bool heard,
                               Role role);
  std::uint64_t priority_of(LocalIndex local, RemoteIndex remote, Role role) const;
  std::uint64_t priority_of(const CandidatePair& pair, Role role) const;

  const LocalCandidates& locals_;
  const RemoteCandidates& remotes_;
  std::size_t limit_;
  List<CandidatePair> pairs_;
  TriggeredCheckQueue triggered_;
};

}  // namespace floe::ice
