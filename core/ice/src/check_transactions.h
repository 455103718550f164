// The Binding requests of one generation that wait for an answer.
//
// A pair may have several: repeats in idle slots, and the check that nominates. An answer to any of
// them counts. Keeps each request's bytes, because a retransmission is identical to the first send.
#pragma once

#include <cstdint>
#include <vector>

#include "floe/ice/candidate_pair.h"
#include "floe/ice/role.h"
#include "floe/stun/message.h"
#include "floe/stun/retransmission.h"
#include "floe/types/list.h"

namespace floe::ice {

struct CheckTransaction {
  stun::TransactionId id;
  PairIndex pair;
  Role role;  ///< the request's, to which a 487 answers
  std::uint32_t priority;
  bool nominating;  ///< carries USE-CANDIDATE
  bool consent;     ///< RFC 7675: sent once, outside the check list
  /// RFC 8445, section 7.3.1.4: "Cancellation means that the agent will not retransmit the Binding
  /// requests ..., will not treat the lack of response to be a failure, but will wait the duration
  /// of the transaction timeout for a response."
  bool cancelled = false;
  stun::Retransmission schedule;
  ByteVector request;  ///< empty when it is not to be sent again
};

class CheckTransactions {
 public:
  /// If the pair has kTransactionsRememberedMax open checks, the oldest is forgotten: its answer is
  /// then not recognised.
  void add(CheckTransaction transaction);
  CheckTransaction* find(const stun::TransactionId& id);
  void remove(const stun::TransactionId& id);
  /// All of `pair`, but not consent checks.
  void remove_checks_of(PairIndex pair);
  /// Consent checks, too.
  void remove_all_of(PairIndex pair);
  void cancel_checks_of(PairIndex pair);

  Timestamp deadline() const;

  /// The next transaction whose deadline has come; it stays until the caller removes it or lets
  /// its schedule go on.
  CheckTransaction* next_due(Timestamp now);

 private:
  void release_spare();

  std::vector<CheckTransaction> open_;
};

}  // namespace floe::ice
