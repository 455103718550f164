// One ICE generation: what lives from one exchange of credentials to the next restart (RFC 8445,
// section 9): candidates, pairs, checks, and the paths that came of them.
//
// An agent drives it and does its demultiplexing. Everything it sends or tells goes to the agent's
// output queue. The rooms it is made of: LocalCandidates, RemoteCandidates, CheckList,
// CheckTransactions, Nomination, EarlyChecks, and a SelectedPath a component.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "floe/ice/agent_core.h"
#include "floe/ice/check_list.h"
#include "floe/ice/check_transactions.h"
#include "floe/ice/connectivity_check.h"
#include "floe/ice/consent.h"
#include "floe/ice/description.h"
#include "floe/ice/early_checks.h"
#include "floe/ice/nomination.h"

namespace floe::ice {

/// RFC 8863, section 4: how long an agent must at least have tried before it may say failed; the
/// time a transaction of RFC 8489 takes to give up.
inline constexpr Duration kPatientTime = 39500ms;

/// Where data of a component goes: from the socket bound to `local` to `remote`.
struct Route {
  SocketAddress local;
  SocketAddress remote;
};

class Generation {
 public:
  Generation(AgentCore& core, Credentials local);
  Generation(const Generation&) = delete;
  Generation& operator=(const Generation&) = delete;

  // Candidates and descriptions ---------------------------------------------------------------

  bool add_local_socket(Component component, const SocketAddress& base,
                        std::uint16_t local_preference);
  void remove_local_socket(const SocketAddress& base);
  void end_of_local_candidates() { local_ended_ = true; }
  /// False when other credentials are set already.
  bool set_remote_description(Timestamp now, const SessionDescription& description);
  /// The candidate was found usable.
  RemoteCandidates::Added add_remote_candidate(const Candidate& candidate);
  void end_of_remote_candidates() { remote_ended_ = true; }

  // Messages and time -------------------------------------------------------------------------

  /// A Binding request whose USERNAME names this generation.
  void handle_request(Timestamp now, const SocketAddress& base, const SocketAddress& source,
                      const stun::MessageView& request);
  /// False when no transaction of this generation has its id.
  bool handle_response(Timestamp now, const SocketAddress& base, const SocketAddress& source,
                       const stun::MessageView& response);
  void handle_deadline(Timestamp now);
  /// Sends what may be sent and nominates what may be nominated; after every other input.
  void progress(Timestamp now);
  Timestamp deadline(Timestamp now) const;
  /// The role changed: what depends on it is computed anew.
  void on_role_changed();

  // Questions ---------------------------------------------------------------------------------

  const Credentials& local() const { return local_; }
  const std::optional<SessionDescription>& remote() const { return remote_; }
  const LocalCandidates& local_candidates() const { return locals_; }
  const RemoteCandidates& remote_candidates() const { return remotes_; }
  const CheckList& pairs() const { return pairs_; }

  /// The selected pair's, or the best valid one's while none is selected.
  std::optional<Route> route(Component component) const;
  /// The component of data from `source` to `base`; nothing if that path never proved itself.
  std::optional<Component> component_of(const SocketAddress& base,
                                        const SocketAddress& source) const;
  std::optional<SelectedPair> selected_pair(Component component) const;

  bool has_started() const { return !pairs_.all().empty(); }
  bool is_connected() const;  ///< every component has a selected pair
  bool is_completed() const;  ///< connected, and nothing can change it
  bool is_doubtful(Timestamp now) const;
  bool has_failed(Timestamp now) const;

 private:
  struct SelectedPath {
    PairIndex pair;
    Consent consent;
  };

  // generation.cc: pairs and time
  void form_pairs_of(LocalIndex local);
  void form_pairs_of(RemoteIndex remote);
  std::optional<PairIndex> add_pair(LocalIndex local, RemoteIndex remote);
  bool has_pending_pairs() const;
  void send_triggered(Timestamp now);
  void use_slot(Timestamp now);
  std::optional<PairIndex> next_repeat(Timestamp now) const;
  bool may_go_unpaced(const CandidatePair& pair) const;
  bool may_repeat(PairIndex index) const;
  Timestamp slot_deadline(Timestamp now) const;
  void nominate(Timestamp now);
  void send_consent_checks(Timestamp now);

  // generation_client.cc: our checks (RFC 8445, section 7.2)
  enum class CheckKind : std::uint8_t { ordinary, consent };
  void send_check(Timestamp now, PairIndex index, CheckKind kind);
  Duration rto() const;
  void handle_success(Timestamp now, const CheckTransaction& transaction,
                      const stun::MessageView& response);
  void handle_error(const CheckTransaction& transaction, const stun::MessageView& response);
  void handle_role_conflict(const CheckTransaction& transaction);
  LocalIndex discover_local(const CandidatePair& pair, const SocketAddress& mapped,
                            std::uint32_t priority);
  void succeed(Timestamp now, PairIndex index, LocalIndex valid_local);
  void fail(PairIndex index);
  void retransmit_due(Timestamp now);
  void set_nominated(Timestamp now, PairIndex index);

  // generation_server.cc: the peer's checks (RFC 8445, section 7.3)
  void answer(const SocketAddress& base, const SocketAddress& source, Bytes message);
  bool settle_role(const SocketAddress& base, const SocketAddress& source,
                   const stun::MessageView& request, const IncomingCheck& check);
  void learn_from(Timestamp now, const SocketAddress& base, const SocketAddress& source,
                  std::uint32_t priority, bool use_candidate);
  void act_on_check(Timestamp now, PairIndex index, bool use_candidate);

  SelectedPath* selected(Component component) {
    auto& path = selected_[component - 1u];
    return path ? &*path : nullptr;
  }
  const SelectedPath* selected(Component component) const {
    const auto& path = selected_[component - 1u];
    return path ? &*path : nullptr;
  }

  AgentCore& core_;
  Credentials local_;
  std::unique_ptr<HmacSha1> local_key_;
  std::optional<SessionDescription> remote_;
  std::unique_ptr<HmacSha1> remote_key_;

  LocalCandidates locals_;
  RemoteCandidates remotes_;
  CheckList pairs_{locals_, remotes_};
  CheckTransactions transactions_;
  Nomination nomination_;
  EarlyChecks early_checks_;
  std::vector<std::optional<SelectedPath>> selected_;  // by component
  bool local_ended_ = false;
  bool remote_ended_ = false;
  bool consent_lost_ = false;
  Timestamp patient_until_ = kNever;
};

}  // namespace floe::ice
