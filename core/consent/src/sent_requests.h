// The requests that a client has sent and to which an answer may still come, by transaction id.
#pragma once

#include "aged_table.h"
#include "floe/consent/gate_limits.h"
#include "floe/stun/message_view.h"

namespace floe::consent {

enum class RequestKind : std::uint8_t {
  check,  ///< a connectivity check of ICE: its answer is consent
  turn,   ///< to a TURN server: its answer opens the way to that server
  bare,   ///< to a STUN server: its answer opens nothing
};

struct SentRequest {
  TransportAddress to;
  Timestamp sent_at;
  RequestKind kind = RequestKind::bare;
  std::uint8_t sends = 0;
  bool is_answered = false;
};

/// What a request asks for, when it is well-formed enough to be let through without consent.
std::optional<RequestKind> kind_of(const stun::MessageView& request);

class SentRequests {
 public:
  explicit SentRequests(const HashKey& key) : table_(kSentMax, key) {}

  /// Null when none of that id was sent, or too long ago.
  SentRequest* find(Timestamp now, const stun::TransactionId& id);
  /// Remembers that it leaves, in the place of the oldest when all are taken.
  void remember(Timestamp now, const TransportAddress& to, const stun::TransactionId& id,
                RequestKind kind);

 private:
  AgedTable<stun::TransactionId, SentRequest> table_;
};

}  // namespace floe::consent
