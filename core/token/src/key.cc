#include "floe/token/key.h"

#include <array>

#include "floe/types/hex.h"

namespace floe::token {
namespace {

constexpr std::string_view kIdLabel = "floe-gateway key id";
constexpr std::size_t kIdBytes = 4;

}  // namespace

Key::Key(Crypto& crypto, std::string_view secret)
    : crypto_(crypto),
      hmac_(crypto.hmac_sha256(as_bytes(secret))),
      hmac_sha1_(crypto.hmac_sha1(as_bytes(secret))),
      digest_(crypto.sha256(std::array{as_bytes(secret)})) {
  const Sha256Digest digest = sign(kIdLabel);
  id_ = to_hex(Bytes(digest).first(kIdBytes));
}

Sha256Digest Key::sign(std::string_view text) const {
  return hmac_->compute(std::array{as_bytes(text)});
}

Sha1Digest Key::sign_with_sha1(std::string_view text) const {
  return hmac_sha1_->compute(std::array{as_bytes(text)});
}

bool Key::is_secret(std::string_view text) const {
  return equal_in_constant_time(crypto_.sha256(std::array{as_bytes(text)}), digest_);
}

}  // namespace floe::token
