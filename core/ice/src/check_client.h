// The connectivity checks that one generation sends, and the consequences of their answers for the
// pairs (RFC 8445, section 7.2).
//
// Owns the open transactions and the key of the peer's password. Changes of a pair that end its
// checks go through this class, so that pair and transactions stay in step.
#pragma once

#include <memory>
#include <string>

#include "agent_core.h"
#include "check_list.h"
#include "check_riders.h"
#include "check_transactions.h"
#include "connectivity_check.h"
#include "floe/ice/credentials.h"
#include "floe/stun/message_view.h"
#include "local_candidates.h"

namespace floe::ice {

/// The nomination attributes of a check.
struct NominationAttributes {
  bool use_candidate = false;
  std::uint32_t nomination = 0;  ///< value of NOMINATION; 0: without
};

/// The result of a response, for the parts of a generation other than the check list.
struct CheckOutcome {
  enum class Kind : std::uint8_t {
    unexpected,  ///< no open transaction has its id
    handled,     ///< nothing follows
    answered,    ///< success; all members are set
    conflict,    ///< error 487: the roles are in conflict; `pair` and `role` are set
  };

  Kind kind;
  PairIndex pair = {};
  Role role = {};           ///< of the request
  bool nominating = false;  ///< the request had USE-CANDIDATE
  bool consent = false;     ///< the request only asked for consent
  /// The local candidate with the mapped address; none for a removed pair.
  std::optional<LocalIndex> local = {};
};

class CheckClient {
 public:
  /// The objects passed by reference must outlive the client.
  CheckClient(AgentCore& core, const Credentials& own,
              const std::optional<SessionDescription>& remote, LocalCandidates& locals,
              CheckList& pairs)
      : core_(core),
        own_(own),
        locals_(locals),
        pairs_(pairs),
        remote_(remote),
        riders_(core, remote) {}

  /// `remote` has come: checks can be sent from now on.
  void set_remote();

  void send_check(Timestamp now, PairIndex index, const NominationAttributes& attributes);
  /// RFC 7675: sent once, outside the check list. With USE-CANDIDATE if it `nominates`.
  void send_consent_request(Timestamp now, PairIndex index, bool nominates);
  /// RFC 8445, section 11: a Binding indication.
  void send_keepalive(PairIndex index);
  CheckOutcome handle_response(Timestamp now, const Route& path, const stun::MessageView& response);
  /// Retransmits, and fails pairs whose checks were not answered.
  void handle_timeout(Timestamp now);
  Timestamp deadline() const { return transactions_.deadline(); }

  /// Fails the pair and ends its checks; an answer to a consent request still counts.
  void fail(PairIndex index, PairFailure why);
  /// Removes the pair; no answer counts any more.
  void remove(PairIndex index, PairFailure why);
  /// No more checks of the pair are needed, since it is nominated.
  void end_checks(PairIndex index) { transactions_.remove_checks_of(index); }
  /// Removes the pairs of the component that may still be checked.
  void give_up_pending(StreamComponent component);
  /// Answers are still awaited, but nothing is sent again.
  void cancel_checks(PairIndex index) { transactions_.cancel_checks_of(index); }
  /// No answer of the pair counts any more.
  void forget(PairIndex index) { transactions_.remove_all_of(index); }

 private:
  Duration rto() const;
  OutgoingCheck check_of(PairIndex index);
  void transmit(Timestamp now, PairIndex index, OutgoingCheck check);
  void resend(Timestamp now, const CheckTransaction& open);
  void count_answer(Timestamp now, const CheckTransaction& transaction);
  CheckOutcome handle_success(Timestamp now, const CheckTransaction& transaction,
                              const stun::MessageView& response);
  CheckOutcome handle_error(const CheckTransaction& transaction, const stun::MessageView& response);
  CheckOutcome handle_role_conflict(const CheckTransaction& transaction);
  void succeed(PairIndex index, LocalIndex valid_local);

  AgentCore& core_;
  const Credentials& own_;
  LocalCandidates& locals_;
  CheckList& pairs_;
  const std::optional<SessionDescription>& remote_;
  CheckRiders riders_;
  std::unique_ptr<HmacSha1> remote_key_;
  CheckTransactions transactions_;
};

}  // namespace floe::ice
