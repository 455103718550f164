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
                                         std::chrono::seconds grace)
    : secret_(crypto.hmac_sha1(secret)), clock_(clock), grace_(grace) {}

std::optional<std::string> TimeLimitedAccounts::password_of(std::string_view username) const {
  const auto expiry = expiry_of(username);
  if (!expiry || *expiry + grace_.count() <= clock_.seconds_since_1970()) return std::nullopt;
  const std::array<Bytes, 1> parts{as_bytes(username)};
  // With padding, as all services that make such passwords write it.
  return encode_base64(secret_->compute(parts));
}

std::string_view TimeLimitedAccounts::user_of(std::string_view username) {
  if (!expiry_of(username)) return username;
  const auto colon = username.find(':');
  return colon == username.npos ? std::string_view() : username.substr(colon + 1);
}

}  // namespace floe::turn
