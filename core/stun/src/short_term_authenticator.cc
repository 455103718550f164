#include "floe/stun/short_term_authenticator.h"

#include <utility>

#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/text.h"

namespace floe::stun {

ShortTermAuthenticator::ShortTermAuthenticator(Crypto& crypto, std::string username,
                                               std::string_view password)
    : crypto_(crypto), username_(std::move(username)) {
  const Bytes bytes = as_bytes(password);
  password_.assign(bytes.begin(), bytes.end());
}

Authentication ShortTermAuthenticator::authenticate(Timestamp, const MessageView& request,
                                                    const TransportAddress&) {
  const auto username = request.get<Username>();
  // RFC 8489, section 9.1.3, where integrity or USERNAME is missing: "If the message is a request,
  // the server MUST reject the request with an error response. This response MUST use an error code
  // of 400 (Bad Request)."
  const bool is_signed = request.has_integrity() || request.has_integrity_sha256();
  if (!is_signed || !username) return {kBadRequest, {}, {}};
  IntegrityKey key = request.has_integrity_sha256() ? IntegrityKey::sha256(crypto_, password_)
                                                    : IntegrityKey::sha1(crypto_, password_);
  if (username->text != username_ || key.check(request) != IntegrityCheck::valid) {
    return {kUnauthenticated, {}, {}};
  }
  return {0, username_, std::move(key)};
}

void ShortTermAuthenticator::refuse(Timestamp, std::uint16_t error, const TransportAddress&,
                                    MessageBuilder& response) {
  response.add(ErrorCode{error, {}});
}

}  // namespace floe::stun
