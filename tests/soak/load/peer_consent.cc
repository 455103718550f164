#include "peer_consent.h"

#include <algorithm>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/message_builder.h"
#include "floe/stun/message_view.h"

namespace floe::soak {
namespace {

/// RFC 8489, section 6.2.1: the RTO of 500 ms doubles from try to try.
constexpr Duration kRto = std::chrono::milliseconds(500);
constexpr unsigned kDoublingsMax = 4;
/// Consent lasts for 30 s. Not all ask at once.
constexpr Duration kAgain = std::chrono::seconds(8);
constexpr std::uint64_t kMomentsMs = 2000;

}  // namespace

stun::TransactionId PeerConsent::next_id() {
  ++checks_;
  stun::TransactionId id{};
  for (std::size_t i = 0; i < 8; ++i) id[i] = static_cast<std::uint8_t>(key_ >> (8 * i));
  for (std::size_t i = 0; i < 4; ++i) id[8 + i] = static_cast<std::uint8_t>(checks_ >> (8 * i));
  return id;
}

Bytes PeerConsent::check(Timestamp now) {
  static const auto key = MbedtlsCrypto().hmac_sha1(as_bytes("password"));
  next_ = now + kRto * (1 << std::min(tries_++, kDoublingsMax));
  message_.resize(128);
  stun::MessageBuilder check(message_, stun::Class::request, stun::Method::binding, next_id());
  check.add(stun::Username{"them:us"});
  check.add_message_integrity(*key);
  check.add_fingerprint();
  return *check.finish();
}

bool PeerConsent::hear(Timestamp now, Bytes datagram) {
  const auto message = stun::MessageView::parse(datagram);
  if (!message || message->message_class() != stun::Class::success) return false;
  const stun::TransactionId id = message->transaction_id();
  for (std::size_t i = 0; i < 8; ++i) {
    if (id[i] != static_cast<std::uint8_t>(key_ >> (8 * i))) return false;
  }
  given_ = true;
  tries_ = 0;
  next_ = now + kAgain + std::chrono::milliseconds(key_ * 7919 % kMomentsMs);
  return true;
}

}  // namespace floe::soak
