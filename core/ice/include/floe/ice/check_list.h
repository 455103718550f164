// The candidate pairs of one generation and the order in which they are checked (RFC 8445,
// sections 6.1.2 and 6.1.4). The check lists of all its streams are kept together, as their
// foundations and their limit are: it is what the RFC calls the check list set.
//
//             +--------+   nothing else to do, or     +---------+
//             | Frozen |-- its foundation succeeded ->| Waiting |<--- triggered check
//             +--------+                              +---------+          |
//                                                          | its turn      |
//                     answered  +-------------+            v               |
//   Succeeded <-----------------| In-Progress |<---- check is sent      Failed
//                               +-------------+------- timeout, error ----^
//
// Knows no time and sends nothing: whoever drives it asks what is next.
#pragma once

#include <optional>
#include <span>

#include "floe/ice/candidate_pair.h"
#include "floe/ice/local_candidates.h"
#include "floe/ice/remote_candidates.h"
#include "floe/ice/role.h"
#include "floe/types/list.h"

namespace floe::ice {

class CheckList {
 public:
  CheckList(const LocalCandidates& locals, const RemoteCandidates& remotes,
            std::uint8_t streams = 1)
      : locals_(locals), remotes_(remotes), streams_(streams) {}

  /// Pairs of `local`, a base, and `remote`: nothing when streams, components or address families
  /// differ, when the pair is there already, or when it is lower than kPairsMax others. A removed
  /// pair comes back.
  std::optional<PairIndex> add(LocalIndex local, RemoteIndex remote, Role role);
  /// The same of a five-tuple on which a check of the peer came: of kPairsMax others it takes the
  /// place of the lowest that was not heard, whatever its own priority.
  std::optional<PairIndex> add_heard(LocalIndex local, RemoteIndex remote, Role role);

  CandidatePair& at(PairIndex index) { return pairs_[index.value()]; }
  const CandidatePair& at(PairIndex index) const { return pairs_[index.value()]; }
  std::span<const CandidatePair> all() const { return pairs_; }
  std::optional<PairIndex> find(LocalIndex local, RemoteIndex remote) const;
  /// Nothing can come of its pairs any more, and none of them has to be remembered as silent.
  bool has_given_up(RemoteIndex remote) const;

  /// Adds the pair to the triggered-check queue, once (section 7.3.1.4).
  void trigger(PairIndex index);
  /// First in, first out.
  std::span<const PairIndex> triggered() const { return triggered_; }
  void untrigger(PairIndex index) { triggered_.remove(index); }

  /// The waiting pair whose turn it is: the highest of the stream whose turn it is. If none waits
  /// there, thaws those that may be (section 6.1.4.2); if none waits at all, the highest frozen
  /// one.
  std::optional<PairIndex> next_waiting();
  /// Whether next_waiting() would find one.
  bool has_waiting() const;

  /// Section 7.2.5.3.3: frozen pairs of the foundation of `succeeded` become waiting.
  void unfreeze_foundation_of(PairIndex succeeded);
  /// A check of the pair succeeded, and its mapped address is `valid_local`'s: the pair's priority
  /// is from now on that of the valid pair.
  void set_valid(PairIndex index, LocalIndex valid_local, Role role);
  void fail(PairIndex index, PairFailure why);
  /// Section 8.1.2: gives up all pairs of a component that has a nominated pair, except those that
  /// succeeded.
  void remove_pending(StreamComponent component);
  void remove(PairIndex index, PairFailure why);
  /// The place of `remote` becomes another candidate's, whose pairs begin anew.
  void forget(RemoteIndex remote);
  /// Pairs of the component that failed or were given up wait to be checked once more, as long as
  /// their candidates are there.
  void look_again(StreamComponent component);
  /// The priorities after a change of role or of a candidate.
  void update_priorities(Role role);

  /// In-Progress and Waiting pairs, as the RTO counts them (section 14.3).
  std::size_t active_count() const;
  bool has_pending() const;
  /// One of its candidates is relayed.
  bool is_relayed(PairIndex index) const;

 private:
  static PairIndex index_at(std::size_t place) {
    return PairIndex(static_cast<std::uint16_t>(place));
  }
  bool fits(LocalIndex local, RemoteIndex remote) const;
  std::optional<PairIndex> put(CandidatePair& pair, Role role);
  std::optional<PairIndex> place_for(const CandidatePair& pair);
  std::uint64_t priority_of(const CandidatePair& pair, Role role) const;

  // check_list_order.cc
  std::optional<PairIndex> next_of(PairState state);
  std::optional<PairIndex> best_of(DataStreamId stream, PairState state) const;
  void thaw(DataStreamId stream);
  bool may_thaw(const CandidatePair& pair) const;
  PairState initial_state(const CandidatePair& pair) const;
  bool same_foundation(const CandidatePair& a, const CandidatePair& b) const;

  const LocalCandidates& locals_;
  const RemoteCandidates& remotes_;
  std::uint8_t streams_;
  DataStreamId turn_ = 0;
  List<CandidatePair> pairs_;
  List<PairIndex> triggered_;  // first in, first out; at most one entry a pair
};

}  // namespace floe::ice
