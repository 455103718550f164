#include "floe/turn_server/time_limited_accounts.h"

#include <array>

#include "floe/wire/base64.h"

namespace floe::turn {
namespace {

/// Until the year 5138; a longer number is not a time.
constexpr std::size_t kExpiryDigitsMax = 11;

std::optional<std::int64_t> expiry_of(std::string_view username) {
  const std::string_view digits = username.substr(0, username.find(':'));
  if (digits.empty() || digits.size() > kExpiryDigitsMax) return std::nullopt;
  std::int64_t seconds = 0;
  for (const char digit : digits) {
    if (digit < '0' || digit > '9') return std::nullopt;
    seconds = seconds * 10 + (digit - '0');
  }
  return seconds;
}

}  // namespace

TimeLimitedAccounts::TimeLimitedAccounts(Crypto& crypto, Bytes secret, const UnixClock& clock,
                                         Expiry expiry)
    : secret_(crypto.hmac_sha1(secret)), clock_(clock), expiry_(expiry) {}

std::optional<std::string> TimeLimitedAccounts::password_of(std::string_view username) const {
  const auto expiry = expiry_of(username);
  if (!expiry) return std::nullopt;
  if (expiry_ == Expiry::counts && *expiry <= clock_.seconds_since_1970()) return std::nullopt;
  const std::array<Bytes, 1> parts{as_bytes(username)};
  // With padding, as all services that make such passwords write it.
  return encode_base64(secret_->compute(parts));
}

std::string_view TimeLimitedAccounts::user_of(std::string_view username) {
  const auto colon = username.find(':');
  const bool has_user = colon != username.npos && colon + 1 < username.size();
  return has_user && expiry_of(username) ? username.substr(colon + 1) : username;
}

}  // namespace floe::turn
