// The requests of peers without consent that the client has not answered yet: what it may say to
// such a peer is one answer to each.
#pragma once

#include "aged_table.h"
#include "floe/consent/gate_limits.h"

namespace floe::consent {

class HeardRequests {
 public:
  enum class Verdict : std::uint8_t {
    granted,
    unknown,   ///< no request of that id came from there
    answered,  ///< as often as it came
    too_long,  ///< more bytes than kAnswerFactor allows
  };

  explicit HeardRequests(const HashKey& key) : table_(kHeardMax, key) {}

  /// Remembers a request in the place of the oldest when all are taken.
  void add(Timestamp now, const TransportAddress& from, const stun::TransactionId& id,
           std::size_t size);
  /// The client answers with `size` bytes.
  Verdict answer(Timestamp now, const TransportAddress& to, const stun::TransactionId& id,
                 std::size_t size);

 private:
  struct Request {
    TransportAddress from;
    Timestamp came_at;
    std::size_t size = 0;
    std::uint16_t unanswered = 0;
  };

  AgedTable<stun::TransactionId, Request> table_;
};

}  // namespace floe::consent
