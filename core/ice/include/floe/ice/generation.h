// One ICE generation: what lives from one exchange of credentials to the next restart (RFC 8445,
// section 9): candidates, pairs, checks, and the paths that came of them.
//
// An agent drives it and does its demultiplexing. Everything it sends or tells goes to the agent's
// output queue. The rooms it is made of: LocalCandidates, RemoteCandidates, CheckList,
// CheckSchedule, CheckTransactions, Nomination, EarlyChecks, SelectedPaths.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "floe/ice/agent_core.h"
#include "floe/ice/check_list.h"
#include "floe/ice/check_schedule.h"
#include "floe/ice/check_transactions.h"
#include "floe/ice/connectivity_check.h"
#include "floe/ice/description.h"
#include "floe/ice/early_checks.h"
#include "floe/ice/nomination.h"
#include "floe/ice/selected_paths.h"
#include "floe/ice/stun_gatherer.h"
#include "floe/ice/turn_clients.h"

namespace floe::ice {

/// RFC 8863, section 4: how long an agent must at least have tried before it may say failed; the
/// time a transaction of RFC 8489 takes to give up.
inline constexpr Duration kPatientTime = 39500ms;

/// Where data of a component goes: from the socket bound to `local` to `remote`.
struct Route {
  TransportAddress local;
  TransportAddress remote;
};

class Generation {
 public:
  Generation(AgentCore& core, Credentials local);
  Generation(const Generation&) = delete;
  Generation& operator=(const Generation&) = delete;

  // Candidates and descriptions ---------------------------------------------------------------

  bool add_local_socket(const LocalSocket& socket);
  void add_server_reflexive(const StunGatherer::Discovery& discovery);
  /// Its peers are told the mapped address as related one, unless it is to be hidden.
  void add_relayed(const RelayedAddressFound& relayed, bool hides_mapped);
  void remove_local_socket(Timestamp now, const TransportAddress& base,
                           PairFailure why = PairFailure::socket_gone);
  void end_of_local_candidates() { local_ended_ = true; }
  /// False when other credentials are set already.
  bool set_remote_description(Timestamp now, const SessionDescription& description);
  /// The candidate was found usable.
  RemoteCandidates::Added add_remote_candidate(const Candidate& candidate);
  /// False: no such candidate. The selected path is kept as long as its peer answers.
  bool remove_remote_candidate(const Candidate& candidate);
  void end_of_remote_candidates() { remote_ended_ = true; }

  // Messages and time -------------------------------------------------------------------------

  /// A Binding request whose USERNAME names this generation.
  void handle_request(Timestamp now, const TransportAddress& base, const TransportAddress& source,
                      const stun::MessageView& request);
  /// False when no transaction of this generation has its id.
  bool handle_response(Timestamp now, const TransportAddress& base, const TransportAddress& source,
                       const stun::MessageView& response);
  /// The component of data from `source` to `base`; nothing if that path never proved itself.
  std::optional<StreamComponent> handle_data(Timestamp now, const TransportAddress& base,
                                             const TransportAddress& source, std::size_t size);
  /// The relay lets nothing through to this peer.
  void refuse_relayed_peer(Timestamp now, const RelayedPeerRefused& refused);
  void handle_timeout(Timestamp now);
  /// Sends what may be sent and nominates what may be nominated; after every other input.
  void progress(Timestamp now);
  Timestamp deadline(Timestamp now) const;
  /// What depends on the role is computed anew, and the application told, if it is another.
  void take_role(Role role);
  /// Where a datagram of the application goes: over the selected pair, or the best valid one while
  /// none is selected. Counts it.
  std::optional<Route> route_data(Timestamp now, StreamComponent component, std::size_t size);

  // Questions ---------------------------------------------------------------------------------

  const Credentials& local() const { return local_; }
  const std::optional<SessionDescription>& remote() const { return remote_; }
  const LocalCandidates& local_candidates() const { return locals_; }
  const RemoteCandidates& remote_candidates() const { return remotes_; }
  const CheckList& pairs() const { return pairs_; }
  const SelectedPaths& paths() const { return paths_; }

  std::optional<SelectedPair> selected_pair(StreamComponent component) const;
  /// Adds whom a relayed address is to be able to reach.
  void add_wanted_of(const TransportAddress& relayed, turn::WantedPeers& wanted) const;
  /// A selected pair, or one that may still be, goes through it.
  bool may_use(const TransportAddress& relayed) const;

  bool has_started() const { return !pairs_.all().empty(); }
  bool is_connected() const { return paths_.is_complete(); }
  bool is_completed() const;  ///< connected, and nothing can change it
  bool is_doubtful(Timestamp now) const { return paths_.is_doubtful(now); }
  bool has_lost_path() const { return path_lost_; }
  bool has_failed(Timestamp now) const;

 private:
  // generation.cc: candidates and pairs
  void announce(LocalIndex index);
  void take_role_for(const SessionDescription& peer);
  void form_pairs_of(LocalIndex local);
  void form_pairs_of(RemoteIndex remote);
  bool wants_pairs_of(StreamComponent component) const;
  void add_pair(LocalIndex local, RemoteIndex remote);
  void begin_anew(PairIndex index);
  std::optional<RemoteIndex> make_room_for(const Candidate& candidate);
  bool is_in_use(RemoteIndex remote) const;

  // generation_paths.cc: valid pairs, nomination, consent (RFC 8445, section 8; RFC 7675)
  void nominate(Timestamp now);
  void begin_nomination(PairIndex index);
  void succeed(Timestamp now, PairIndex index, LocalIndex valid_local);
  void fail(PairIndex index, PairFailure why);
  void note_nomination(PairIndex index, std::uint32_t value);
  void follow_highest(Timestamp now);
  void set_nominated(Timestamp now, PairIndex index);
  void select(Timestamp now, PairIndex index);
  void announce_selected(StreamComponent component);
  void give_up_others(PairIndex selected);
  void select_between_lite_agents(Timestamp now);
  void tend_paths(Timestamp now);
  void lose_path(Timestamp now, StreamComponent component, PairFailure why);
  void doubt_spares(Timestamp now, StreamComponent component);
  void tend_unselected_pairs(Timestamp now);
  Timestamp recheck_at(const CandidatePair& pair) const;
  std::optional<PairIndex> best_valid(Timestamp now, StreamComponent component) const;
  Timestamp paths_deadline(Timestamp now) const;
  Consent::Mode consent_mode() const;

  // generation_client.cc: our checks (RFC 8445, section 7.2)
  enum class CheckKind : std::uint8_t { ordinary, consent };
  void send_check(Timestamp now, PairIndex index, CheckKind kind);
  Duration rto() const;
  void handle_success(Timestamp now, const CheckTransaction& transaction,
                      const stun::MessageView& response);
  void handle_error(const CheckTransaction& transaction, const stun::MessageView& response);
  void handle_role_conflict(const CheckTransaction& transaction);
  bool was_nominated(const CandidatePair& pair) const;
  LocalIndex discover_local(const CandidatePair& pair, const TransportAddress& mapped,
                            std::uint32_t priority);
  void note_mapping(PairIndex index, LocalIndex local);
  void retransmit_due(Timestamp now);

  // generation_server.cc: the peer's checks (RFC 8445, section 7.3)
  void answer(const TransportAddress& base, const TransportAddress& source, Bytes message);
  bool has_lost_consent(const TransportAddress& base, const TransportAddress& source) const;
  bool settle_role(const TransportAddress& base, const TransportAddress& source,
                   const stun::MessageView& request, const IncomingCheck& check);
  void learn_from(Timestamp now, const EarlyCheck& check, PairIndex pair);
  std::optional<RemoteIndex> add_peer_reflexive(StreamComponent component, const EarlyCheck& check);
  std::optional<PairIndex> pair_of(LocalIndex local, const EarlyCheck& check);
  void act_on_check(Timestamp now, PairIndex index, const EarlyCheck& check);
  void act_as_lite(Timestamp now, PairIndex index, const EarlyCheck& check);

  AgentCore& core_;
  Credentials local_;
  std::unique_ptr<HmacSha1> local_key_;
  std::optional<SessionDescription> remote_;
  std::unique_ptr<HmacSha1> remote_key_;

  LocalCandidates locals_;
  RemoteCandidates remotes_;
  CheckList pairs_;
  CheckSchedule schedule_;
  CheckTransactions transactions_;
  Nomination nomination_;
  EarlyChecks early_checks_;
  SelectedPaths paths_;
  bool local_ended_ = false;
  bool remote_ended_ = false;
  bool path_lost_ = false;  ///< a selected path was lost, and nothing new has come since
  Timestamp patient_until_ = kNever;
};

}  // namespace floe::ice
