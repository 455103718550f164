// One generation of an agent: the ICE session from one exchange of credentials to the next restart
// (RFC 8445, section 9). RFC 8838 calls it generation, and so does this code.
//
// It joins its parts and decides what follows from a message of the peer:
//
//   CandidateExchange ──▶ LocalCandidates, RemoteCandidates
//        └─ PairFormation ──▶ CheckList ◀── CheckSchedule
//   CheckClient (our checks)     CheckServer (the peer's checks)
//        └─▶ Nominator ──▶ Paths (selected pairs, consent, data)
//
// An agent drives it and does the demultiplexing. Everything it sends or tells goes to the agent's
// output queue.
#pragma once

#include <optional>

#include "agent_core.h"
#include "candidate_exchange.h"
#include "check_schedule.h"
#include "check_server.h"
#include "floe/ice/description.h"
#include "lite_selection.h"
#include "nominator.h"
#include "paths.h"
#include "relay_demand.h"

namespace floe::ice {

/// RFC 8863, section 4: the shortest time that an agent must try before it may fail; it is the time
/// after which a transaction of RFC 8489 gives up.
inline constexpr Duration kPatientTime = 39500ms;

class Generation {
 public:
  /// `core` must outlive the generation.
  Generation(AgentCore& core, Credentials local);
  Generation(const Generation&) = delete;
  Generation& operator=(const Generation&) = delete;

  // Inputs ------------------------------------------------------------------------------------

  /// False when other credentials are set already.
  bool set_remote_description(Timestamp now, const SessionDescription& description);
  void set_role(Role role);
  CandidateExchange candidates();
  void end_of_local_candidates() { locals_.end(); }

  /// A Binding request whose USERNAME names this generation.
  void handle_request(Timestamp now, const Route& path, const stun::MessageView& request);
  /// False when no transaction of this generation has its id.
  bool handle_response(Timestamp now, const Route& path, const stun::MessageView& response);
  /// The component of data that came by `path` before the peer's description. Nothing unless a
  /// check of the peer was answered on this path.
  std::optional<StreamComponent> early_component(const Route& path) const;
  /// The relay lets nothing through to this peer.
  void refuse_relayed_peer(Timestamp now, const RelayedPeerRefused& refused);
  void handle_timeout(Timestamp now) { client_.handle_timeout(now); }
  /// The route for a datagram of the application: the selected pair, or the best valid pair while
  /// none is selected. The datagram is counted.
  std::optional<Route> route_data(Timestamp now, StreamComponent component, std::size_t size) {
    return paths_.route_data(now, component, size);
  }
  /// Sends checks and begins nominations that are due; to be called after every other input.
  void update(Timestamp now);
  Timestamp deadline(Timestamp now) const;

  // Questions ---------------------------------------------------------------------------------

  const Credentials& local() const { return local_; }
  const std::optional<SessionDescription>& remote() const { return remote_; }
  const LocalCandidates& locals() const { return locals_; }
  const RemoteCandidates& remotes() const { return remotes_; }
  const CheckList& pairs() const { return pairs_; }
  Paths& paths() { return paths_; }
  const Paths& paths() const { return paths_; }
  RelayDemand relay_demand() const;

  bool has_started() const { return !pairs_.all().empty(); }
  bool is_connected() const { return paths_.is_connected(); }
  bool is_completed() const;  ///< connected, and nothing can change it
  bool has_failed(Timestamp now) const;

 private:
  PairFormation formation() {
    return {core_, remotes_, pairs_, client_, paths_, nominator_.policy()};
  }
  LiteSelection lite_selection() { return {core_.role(), pairs_, paths_, nominator_}; }
  bool candidates_have_ended() const { return locals_.has_ended() && remotes_.has_ended(); }
  void handle_answer(Timestamp now, const CheckOutcome& outcome);
  void handle_conflict(const CheckOutcome& outcome);
  bool has_lost_consent(const Route& path) const;
  bool resolve_role_conflict(const Route& path, const stun::MessageView& request,
                             const IncomingCheck& check);
  std::optional<PairIndex> pair_of(const HeardCheck& check);
  void handle_check(Timestamp now, PairIndex index, const HeardCheck& check);
  void trigger_check(Timestamp now, PairIndex index, const HeardCheck& check);

  AgentCore& core_;
  Credentials local_;
  std::optional<SessionDescription> remote_;
  LocalCandidates locals_;
  RemoteCandidates remotes_;
  CheckList pairs_;
  CheckSchedule schedule_;
  CheckClient client_;
  CheckServer server_;
  Paths paths_;
  Nominator nominator_;
  Timestamp patient_until_ = kNever;
};

}  // namespace floe::ice
