#include "floe/turn_server/time_limited_accounts.h"

#include <algorithm>
#include <array>

namespace floe::turn {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// Until the year 5138; a longer number is not a time.
constexpr std::size_t kExpiryDigitsMax = 11;

/// With padding (RFC 4648, section 4), as all services that make such passwords write it.
std::string to_base64(Bytes bytes) {
  std::string text;
  for (; !bytes.empty(); bytes = bytes.subspan(std::min<std::size_t>(3, bytes.size()))) {
    std::array<std::uint8_t, 3> group{};
    std::ranges::copy(bytes.first(std::min<std::size_t>(3, bytes.size())), group.begin());
    const unsigned word = static_cast<unsigned>(group[0] << 16 | group[1] << 8 | group[2]);
    text += kAlphabet[word >> 18 & 63];
    text += kAlphabet[word >> 12 & 63];
    text += bytes.size() > 1 ? kAlphabet[word >> 6 & 63] : '=';
    text += bytes.size() > 2 ? kAlphabet[word & 63] : '=';
  }
  return text;
}

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
  return to_base64(secret_->compute(parts));
}

std::string_view TimeLimitedAccounts::user_of(std::string_view username) {
  const auto colon = username.find(':');
  const bool has_user = colon != username.npos && colon + 1 < username.size();
  return has_user && expiry_of(username) ? username.substr(colon + 1) : username;
}

}  // namespace floe::turn
