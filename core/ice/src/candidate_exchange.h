// The candidates that the two agents tell each other in one generation (RFC 8445, section 5.3; RFC
// 8838): ours are announced as they are found, the peer's are taken as they come.
#pragma once

#include <optional>

#include "floe/ice/add_candidate_result.h"
#include "floe/ice/local_socket.h"
#include "pair_formation.h"
#include "stun_gatherer.h"
#include "turn_clients.h"

namespace floe::ice {

class CandidateExchange {
 public:
  /// A view of the objects passed by reference, made when it is needed.
  CandidateExchange(AgentCore& core, LocalCandidates& locals, RemoteCandidates& remotes,
                    CheckList& pairs, CheckClient& client, Paths& paths, PairFormation formation)
      : core_(core),
        locals_(locals),
        remotes_(remotes),
        pairs_(pairs),
        client_(client),
        paths_(paths),
        formation_(formation) {}

  /// False: kLocalCandidatesMax.
  bool add_local_socket(const LocalSocket& socket);
  void add_server_reflexive(const StunGatherer::Discovery& discovery);
  /// The mapped address is signalled as the related address, unless it must be hidden.
  void add_relayed(const RelayedAddressFound& relayed, bool hides_mapped);
  /// Candidates and pairs of the base cannot be used any more.
  void remove_base(Timestamp now, const TransportAddress& base, PairFailure why);

  /// added, duplicate or limit, which is counted.
  AddCandidateResult add_remote_candidate(const Candidate& candidate);
  /// False: no such candidate. The selected path is kept as long as its peer answers.
  bool remove_remote_candidate(Timestamp now, const Candidate& candidate);
  /// The peer signals no more: it has no other components than those of its candidates.
  void end_of_remote_candidates();

 private:
  void announce(LocalIndex index);
  std::optional<RemoteIndex> make_room_for(const Candidate& candidate);
  bool is_in_use(RemoteIndex remote) const;

  AgentCore& core_;
  LocalCandidates& locals_;
  RemoteCandidates& remotes_;
  CheckList& pairs_;
  CheckClient& client_;
  Paths& paths_;
  PairFormation formation_;
};

}  // namespace floe::ice
