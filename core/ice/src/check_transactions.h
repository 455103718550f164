// The Binding requests of one generation that wait for an answer.
//
// A pair may have several: repeats in idle slots, and the check that nominates. An answer to any of
// them counts. Each keeps what its request was made of, because a retransmission is identical to
// the first send; the bytes would take twice the room.
#pragma once

#include <cstdint>

#include "floe/ice/candidate_pair.h"
#include "floe/ice/role.h"
#include "floe/stun/message.h"
#include "floe/stun/retransmission.h"
#include "floe/types/list.h"

namespace floe::ice {

struct CheckTransaction {
  stun::TransactionId id;
  PairIndex pair;
  Role role;            ///< the request's, to which a 487 answers
  bool nominating : 1;  ///< carries USE-CANDIDATE
  bool consent : 1;     ///< RFC 7675: sent once, outside the check list
  /// RFC 8445, section 7.3.1.4: "Cancellation means that the agent will not retransmit the Binding
  /// requests ..., will not treat the lack of response to be a failure, but will wait the duration
  /// of the transaction timeout for a response."
  bool cancelled : 1 = false;
  std::uint32_t priority;
  std::uint32_t nomination;  ///< value of NOMINATION; 0: without
  std::uint64_t tie_breaker;
  stun::Retransmission schedule;
};
static_assert(sizeof(CheckTransaction) <= 56);

class CheckTransactions {
 public:
  /// If the pair has kTransactionsRememberedMax open checks, the oldest is forgotten: its answer is
  /// then not recognised.
  void add(const CheckTransaction& transaction);
  CheckTransaction* find(const stun::TransactionId& id);
  void remove(const stun::TransactionId& id);
  /// All of `pair`, but not consent checks.
  void remove_checks_of(PairIndex pair);
  /// Consent checks, too.
  void remove_all_of(PairIndex pair);
  /// Of more than kTransactionsCancelledMax cancelled ones the oldest are forgotten.
  void cancel_checks_of(PairIndex pair);
  std::size_t size() const { return open_.size(); }

  Timestamp deadline() const;

  /// The next transaction whose deadline has come; it stays until the caller removes it or lets
  /// its schedule go on.
  CheckTransaction* next_due(Timestamp now);

 private:
  void release_spare();
  void forget_oldest_cancelled();

  List<CheckTransaction> open_;
};

}  // namespace floe::ice
