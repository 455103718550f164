// Forms the pairs of one generation as candidates come (RFC 8445, sections 6.1.2.2 and 6.1.2.4;
// RFC 8838, section 12).
#pragma once

#include <optional>

#include "heard_check.h"
#include "nomination_policy.h"
#include "pair_intake.h"
#include "paths.h"

namespace floe::ice {

class PairFormation {
 public:
  /// A view of the objects passed by reference, made when it is needed.
  PairFormation(AgentCore& core, RemoteCandidates& remotes, CheckList& pairs, CheckClient& client,
                Paths& paths, const NominationPolicy& policy)
      : core_(core),
        remotes_(remotes),
        pairs_(pairs),
        client_(client),
        paths_(paths),
        policy_(policy) {}

  void form_pairs_of(LocalIndex local);
  void form_pairs_of(RemoteIndex remote);
  /// Lets all pairs of the component be checked but the selected one, also those of candidates that
  /// came while no pairs were wanted.
  void check_others(Timestamp now, StreamComponent component);
  /// The pair on which a check of the peer came; if it is not known, a new pair, with a new
  /// peer-reflexive candidate where the address is not known either. Nothing when a limit is
  /// reached. (Sections 7.3.1.3 and 7.3.1.4.)
  std::optional<PairIndex> pair_of(LocalIndex local, const HeardCheck& check);
  /// Whether ordinary checks of the component still make sense.
  bool wants_pairs_of(StreamComponent component) const;

 private:
  /// A new candidate's pair, after which a lost path is no longer the latest news.
  void add(PairIntake& intake, LocalIndex local, RemoteIndex remote);
  /// False: it is there already, or does not fit.
  bool put(PairIntake& intake, LocalIndex local, RemoteIndex remote);
  std::optional<RemoteIndex> add_peer_reflexive(StreamComponent component, const HeardCheck& check);

  AgentCore& core_;
  RemoteCandidates& remotes_;
  CheckList& pairs_;
  CheckClient& client_;
  Paths& paths_;
  const NominationPolicy& policy_;
};

}  // namespace floe::ice
