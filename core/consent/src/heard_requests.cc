#include "heard_requests.h"

#include <algorithm>

namespace floe::consent {

void HeardRequests::add(Timestamp now, const TransportAddress& from, const stun::TransactionId& id,
                        std::size_t size) {
  auto* entry = table_.find(id);
  if (entry == nullptr) {
    if (table_.is_full()) table_.erase(*table_.oldest());
    entry = &table_.add(id);
  }
  Request& request = entry->value;
  // Of one id from two addresses the later counts: nobody learns the ids of others.
  if (request.from != from || now - request.came_at >= kRequestLives) request = {from, now, size};
  request.size = std::min(request.size, size);
  if (request.unanswered < kSendsPerRequestMax) ++request.unanswered;
}

HeardRequests::Verdict HeardRequests::answer(Timestamp now, const TransportAddress& to,
                                             const stun::TransactionId& id, std::size_t size) {
  auto* entry = table_.find(id);
  if (entry == nullptr || entry->value.from != to || now - entry->value.came_at >= kRequestLives) {
    return Verdict::unknown;
  }
  Request& request = entry->value;
  if (request.unanswered == 0) return Verdict::answered;
  if (size > kAnswerFactor * request.size) return Verdict::too_long;
  --request.unanswered;
  return Verdict::granted;
}

}  // namespace floe::consent
