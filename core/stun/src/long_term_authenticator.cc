#include "floe/stun/long_term_authenticator.h"

#include <utility>

#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/text.h"
#include "long_term_key.h"

namespace floe::stun {
namespace {

std::string_view reason_of(std::uint16_t error) {
  switch (error) {
    case kBadRequest:
      return "Bad Request";
    case kUnauthenticated:
      return "Unauthenticated";
    case kStaleNonce:
      return "Stale Nonce";
    default:  // not used here
      return {};
  }
}

}  // namespace

LongTermAuthenticator::LongTermAuthenticator(Crypto& crypto, const Accounts& accounts,
                                             LongTermRealm realm, Bytes nonce_key)
    : crypto_(crypto),
      accounts_(accounts),
      realm_(std::move(realm)),
      algorithms_(encode_password_algorithms(realm_.algorithms)),
      nonces_(crypto, nonce_key, {!realm_.algorithms.empty(), realm_.offers_userhash},
              realm_.nonce_lifetime) {}

Authentication LongTermAuthenticator::authenticate(Timestamp now, const MessageView& request,
                                                   const TransportAddress& source) {
  // The checks of RFC 8489, section 9.2.4, in the same order.
  if (!request.has_integrity() && !request.has_integrity_sha256()) {
    return {kUnauthenticated, {}, {}};
  }
  const auto realm = request.get<Realm>();
  const auto nonce = request.get<Nonce>();
  const bool has_name =
      request.has(AttributeType::username) || request.has(AttributeType::userhash);
  if (!has_name || !realm || !nonce) return {kBadRequest, {}, {}};

  // A nonce that this server did not issue does not tell which algorithms were offered with it.
  const NonceIssuer::Check nonce_check = nonces_.check(now, source, nonce->text);
  if (nonce_check == NonceIssuer::Check::foreign) return {kStaleNonce, {}, {}};
  const auto hash = hash_of(request);
  if (!hash) return {kBadRequest, {}, {}};

  // A request of an unknown user takes as long as one with a wrong password, so that the time does
  // not tell which users exist.
  const auto username = username_of(request);
  const auto password = username ? accounts_.password_of(*username) : std::nullopt;
  IntegrityKey key =
      key_of(request, *hash, username.value_or(std::string()), password.value_or(std::string()));
  const bool is_signed = key.check(request) == IntegrityCheck::valid;
  if (!is_signed || !password || realm->text != realm_.realm) return {kUnauthenticated, {}, {}};
  if (nonce_check == NonceIssuer::Check::expired) return {kStaleNonce, {}, std::move(key)};
  return {0, *username, std::move(key)};
}

/// Section 9.2.4, on requests whose nonce was issued with PASSWORD-ALGORITHMS: "If the request
/// contains neither the PASSWORD-ALGORITHMS nor the PASSWORD-ALGORITHM algorithm, then the request
/// is processed as though PASSWORD-ALGORITHM were MD5. Otherwise, unless (1) PASSWORD-ALGORITHM and
/// PASSWORD-ALGORITHMS are both present, (2) PASSWORD-ALGORITHMS matches the value sent in the
/// response that sent this NONCE, and (3) PASSWORD-ALGORITHM matches one of the entries in
/// PASSWORD-ALGORITHMS, the server MUST generate an error response with an error code of 400".
std::optional<PasswordHash> LongTermAuthenticator::hash_of(const MessageView& request) const {
  if (algorithms_.empty()) return PasswordHash::md5;
  if (!request.has(AttributeType::password_algorithms) &&
      !request.has(AttributeType::password_algorithm)) {
    if (!PasswordAlgorithms{algorithms_}.contains(PasswordHash::md5)) return std::nullopt;
    return PasswordHash::md5;
  }
  const auto list = request.get<PasswordAlgorithms>();
  const auto chosen = request.get<PasswordAlgorithm>();
  const bool is_as_offered = list && chosen && equal(list->list, algorithms_) &&
                             PasswordAlgorithms{algorithms_}.contains(chosen->hash);
  // Section 9.2.5: such requests "MUST be authenticated using MESSAGE-INTEGRITY-SHA256 only".
  if (!is_as_offered || !request.has_integrity_sha256()) return std::nullopt;
  return chosen->hash;
}

std::optional<std::string> LongTermAuthenticator::username_of(const MessageView& request) const {
  if (realm_.offers_userhash) {
    if (const auto userhash = request.get<Userhash>()) return accounts_.username_of(*userhash);
  }
  const auto username = request.get<Username>();
  if (!username) return std::nullopt;
  return std::string(username->text);
}

IntegrityKey LongTermAuthenticator::key_of(const MessageView& request, PasswordHash hash,
                                           std::string_view username,
                                           std::string_view password) const {
  const ByteVector key = long_term_key(crypto_, hash, username, realm_.realm, password);
  return request.has_integrity_sha256() ? IntegrityKey::sha256(crypto_, key)
                                        : IntegrityKey::sha1(crypto_, key);
}

void LongTermAuthenticator::refuse(Timestamp now, std::uint16_t error,
                                   const TransportAddress& source, MessageBuilder& response) {
  const bool is_challenge = error == kUnauthenticated || error == kStaleNonce;
  const std::size_t challenge = attribute_size(realm_.realm.size()) +
                                attribute_size(kIssuedNonceSize) +
                                (algorithms_.empty() ? 0 : attribute_size(algorithms_.size()));
  const std::string_view reason = reason_of(error);
  const std::size_t needed = attribute_size(4 + reason.size()) + (is_challenge ? challenge : 0);
  response.add(ErrorCode{error, needed <= response.space() ? reason : std::string_view()});
  if (!is_challenge) return;
  const IssuedNonce nonce = nonces_.issue(now, source);
  response.add(Realm{realm_.realm}).add(Nonce{{nonce.data(), nonce.size()}});
  if (!algorithms_.empty()) response.add(PasswordAlgorithms{algorithms_});
}

}  // namespace floe::stun
