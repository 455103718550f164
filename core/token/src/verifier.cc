#include "floe/token/verifier.h"

#include <algorithm>
#include <utility>

#include "base64url.h"
#include "floe/json/document.h"
#include "floe/types/decimal.h"
#include "floe/types/letter_case.h"
#include "floe/wire/base64.h"

namespace floe::token {
namespace {

constexpr json::Limits kHeaderLimits{kHeaderSizeMax, 32, 2};
/// Until the year 5138; a longer number is not a time.
constexpr std::uint64_t kExpiryMax = 99'999'999'999;

/// The parts of a compact JWS (RFC 7515, section 3.1), not decoded.
struct Parts {
  std::string_view header;
  std::string_view claims;
  std::string_view signature;
  std::string_view signed_text;  ///< header and claims
};

std::optional<Parts> split(std::string_view token) {
  const auto first = token.find('.');
  const auto last = token.rfind('.');
  if (first == token.npos || first == last) return std::nullopt;
  const Parts parts{token.substr(0, first), token.substr(first + 1, last - first - 1),
                    token.substr(last + 1), token.substr(0, last)};
  return parts.claims.find('.') == token.npos ? std::optional(parts) : std::nullopt;
}

/// The `kid`, empty when there is none; or why the token is refused for its header.
Result<std::string, Refusal> read_header(std::string_view encoded) {
  const auto text = decode_base64url(encoded);
  if (!text) return Refusal::malformed;
  const auto document = json::Document::parse(*text, kHeaderLimits);
  if (!document || !document->root().is_object()) return Refusal::malformed;
  const json::Value header = document->root();
  // RFC 8725, section 3.1: "Libraries MUST enable the caller to specify a supported set of
  // algorithms and MUST NOT use any other algorithms". So `none` is no special case.
  const auto algorithm = header.member("alg");
  if (!algorithm || algorithm->string() != "HS256") return Refusal::algorithm;
  // RFC 7515, section 4.1.11: "If any of the listed extension Header Parameters are not understood
  // and supported by the recipient, then the JWS is invalid." None is supported.
  if (header.member("crit")) return Refusal::algorithm;
  // RFC 7519, section 5.1: "it is RECOMMENDED that "JWT" always be spelled using uppercase".
  const auto type = header.member("typ");
  if (type && !equal_ignoring_case(type->string().value_or(""), "JWT")) return Refusal::algorithm;
  const auto key_id = header.member("kid");
  if (!key_id) return std::string();
  const auto id = key_id->string();
  if (!id || id->empty() || id->size() > kKeyIdSizeMax) return Refusal::malformed;
  return std::string(*id);
}

}  // namespace

Verifier::Verifier(Crypto& crypto, const VerifierOptions& options)
    : audience_(options.audience),
      open_seconds_max_(options.open_seconds_max),
      session_seconds_max_(options.session_seconds_max),
      secret_is_token_(options.secret_is_token) {
  for (const std::string& secret : options.secrets) {
    if (!secret.empty()) keys_.emplace_back(crypto, secret);
  }
}

Result<VerifiedToken, Refusal> Verifier::verify(std::string_view token,
                                                std::int64_t unix_now) const {
  if (token.empty()) return Refusal::missing;
  if (token.size() > kTokenSizeMax) return Refusal::malformed;
  if (secret_is_token_ &&
      std::ranges::any_of(keys_, [&](const Key& key) { return key.is_secret(token); })) {
    VerifiedToken all{{}, Grant::kNeverExpires};
    all.grant.rooms = {std::string(kEveryRoom)};
    all.grant.native = true;
    return all;
  }
  const bool is_jwt = token.find(':') == token.npos;
  auto verified = is_jwt ? verify_jwt(token, unix_now) : verify_password(token, unix_now);
  const bool is_unreadable = !verified && verified.error() == Refusal::malformed;
  if (is_unreadable && secret_is_token_) return Refusal::not_the_secret;
  return verified;
}

Result<VerifiedToken, Refusal> Verifier::verify_jwt(std::string_view token,
                                                    std::int64_t unix_now) const {
  const auto parts = split(token);
  if (!parts) return Refusal::malformed;
  const auto key_id = read_header(parts->header);
  if (!key_id) return key_id.error();
  if (!key_id->empty() && !has_key(*key_id)) return Refusal::unknown_key;
  const auto signature = decode_base64url(parts->signature);
  if (!signature || !is_signed(parts->signed_text, *signature, *key_id)) {
    return Refusal::bad_signature;
  }
  const auto json = decode_base64url(parts->claims);
  auto claims = json ? read_claims(*json) : std::nullopt;
  if (!claims) return Refusal::bad_claims;
  // RFC 7519, section 4.1.3: "If the principal processing the claim does not identify itself with a
  // value in the "aud" claim when this claim is present, then the JWT MUST be rejected." It must be
  // present, too: a back-end's tokens for itself may be signed with the same secret.
  if (std::ranges::find(claims->audience, audience_) == claims->audience.end()) {
    return Refusal::wrong_audience;
  }
  return judge_times(std::move(*claims), unix_now);
}

Result<VerifiedToken, Refusal> Verifier::judge_times(Claims claims, std::int64_t unix_now) const {
  const std::int64_t expires_at = claims.grant.expires_at;
  // RFC 7519, section 4.1.4: "the current date/time MUST be before the expiration date/time".
  if (unix_now >= expires_at) return Refusal::expired;
  const bool has_begin = claims.issued_at || claims.not_before;
  const std::int64_t begins_at =
      std::max(claims.issued_at.value_or(0), claims.not_before.value_or(0));
  // RFC 7519, section 4.1.5: "Implementers MAY provide for some small leeway".
  if (begins_at > unix_now + kLeewaySeconds) return Refusal::not_yet_valid;
  if (!has_begin) {
    if (expires_at - unix_now > open_seconds_max_) return Refusal::lives_too_long;
    return VerifiedToken{std::move(claims.grant), expires_at};
  }
  if (expires_at - begins_at > session_seconds_max_) return Refusal::lives_too_long;
  return VerifiedToken{std::move(claims.grant), begins_at + open_seconds_max_};
}

Result<VerifiedToken, Refusal> Verifier::verify_password(std::string_view token,
                                                         std::int64_t unix_now) const {
  const auto last = token.rfind(':');
  const std::string_view username = token.substr(0, last);
  const std::string_view mac = token.substr(last + 1);
  const auto colon = username.find(':');
  // Without a user nobody's quota would count.
  if (colon == username.npos || colon + 1 == username.size()) return Refusal::malformed;
  const std::string_view user = username.substr(colon + 1);
  const auto expiry = parse_decimal(username.substr(0, colon), kExpiryMax);
  if (!expiry || user.size() > kNameSizeMax) return Refusal::malformed;
  bool is_good = false;
  for (const Key& key : keys_) {
    const std::string expected = encode_base64(key.sign_with_sha1(username));
    is_good |= equal_in_constant_time(as_bytes(expected), as_bytes(mac));
  }
  if (!is_good) return Refusal::bad_signature;
  const auto expires_at = static_cast<std::int64_t>(*expiry);
  if (unix_now >= expires_at) return Refusal::expired;
  if (expires_at - unix_now > session_seconds_max_) return Refusal::lives_too_long;
  VerifiedToken verified;
  verified.grant.subject = user;
  verified.grant.expires_at = expires_at;
  verified.opens_until = expires_at;
  return verified;
}

bool Verifier::is_signed(std::string_view text, std::string_view signature,
                         std::string_view key_id) const {
  bool is_good = false;
  for (const Key& key : keys_) {
    if (!key_id.empty() && key_id != key.id()) continue;
    is_good |= equal_in_constant_time(key.sign(text), as_bytes(signature));
  }
  return is_good;
}

bool Verifier::has_key(std::string_view id) const {
  return std::ranges::any_of(keys_, [&](const Key& key) { return key.id() == id; });
}

}  // namespace floe::token
