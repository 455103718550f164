#include "sent_requests.h"

namespace floe::consent {

using stun::AttributeType;
using stun::Method;

std::optional<RequestKind> kind_of(const stun::MessageView& request) {
  switch (request.method()) {
    case Method::binding: {
      const bool has_username = request.has(AttributeType::username);
      const bool has_integrity = request.has_integrity() || request.has_integrity_sha256();
      // A server is asked for an address without credentials (RFC 8489, section 2), or with those
      // of a realm (section 9.2): what is short-term has none.
      if (!has_username && !has_integrity) return RequestKind::bare;
      if (request.has(AttributeType::realm)) return RequestKind::bare;
      // RFC 8445, section 7.1.1: "a connectivity-check Binding request MUST utilize the STUN
      // short-term credential mechanism", and section 7.1.2 has the FINGERPRINT of all checks.
      if (has_username && has_integrity && request.has_fingerprint()) return RequestKind::check;
      return std::nullopt;
    }
    case Method::allocate:
    case Method::refresh:
    case Method::create_permission:
    case Method::channel_bind:
      return RequestKind::turn;
    case Method::send:
    case Method::data:
      break;
  }
  return std::nullopt;
}

SentRequest* SentRequests::find(Timestamp now, const stun::TransactionId& id) {
  auto* entry = table_.find(id);
  if (entry == nullptr || now - entry->value.sent_at >= kRequestLives) return nullptr;
  return &entry->value;
}

void SentRequests::remember(Timestamp now, const TransportAddress& to,
                            const stun::TransactionId& id, RequestKind kind) {
  if (SentRequest* known = find(now, id); known != nullptr && known->to == to) {
    if (known->sends < kSendsPerRequestMax) ++known->sends;
    return;
  }
  auto* entry = table_.find(id);
  if (entry != nullptr) {
    table_.move_to(0, *entry);
  } else {
    const auto* oldest = table_.oldest();
    const bool is_old = oldest != nullptr && now - oldest->value.sent_at >= kRequestLives;
    if (table_.is_full() || is_old) table_.erase(*table_.oldest());
    entry = &table_.add(id);
  }
  entry->value = {to, now, kind, 1, false};
}

}  // namespace floe::consent
