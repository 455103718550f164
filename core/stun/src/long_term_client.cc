#include "floe/stun/long_term_client.h"

#include <utility>

#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/text.h"
#include "long_term_key.h"
#include "opaque_string.h"

namespace floe::stun {

/// The attributes of a 401 or a 438, as views of the message.
struct LongTermClient::Challenge {
  std::string_view realm;
  std::string_view nonce;
  SecurityFeatures features;
  Bytes algorithms;
  PasswordHash hash = PasswordHash::md5;
};

LongTermClient::LongTermClient(Crypto& crypto, LongTermCredentials credentials)
    : crypto_(crypto), credentials_(std::move(credentials)) {}

void LongTermClient::sign(MessageBuilder& request, Attempt& attempt) const {
  attempt.key_number = key_number_;
  if (!key_) return;
  // Section 9.2.5: "If the "nonce cookie" is present and has the STUN Security Feature "Username
  // anonymity" bit set to 1, then the USERHASH attribute MUST be used; else, the USERNAME attribute
  // MUST be used."
  if (is_anonymous_) {
    request.add(userhash_);
  } else {
    request.add(Username{username_});
  }
  request.add(Realm{realm_}).add(Nonce{nonce_});
  if (!algorithms_.empty()) {
    request.add(PasswordAlgorithms{algorithms_}).add(PasswordAlgorithm{hash_});
  }
  key_.sign(request);
}

ResponseVerdict LongTermClient::judge(const MessageView& response, Attempt& attempt) {
  if (response.message_class() == Class::error) {
    const auto error = response.get<ErrorCode>();
    if (error && (error->code == kUnauthenticated || error->code == kStaleNonce)) {
      return learn(response, error->code, attempt);
    }
  }
  // The server has no key by which it could sign the answer to an unsigned request.
  if (attempt.key_number == 0) return ResponseVerdict::accepted;
  const IntegrityCheck result = check(response);
  if (result == IntegrityCheck::valid) return ResponseVerdict::accepted;
  // Section 9.2.5: "If the response is an error response with an error code of 400 (Bad Request)
  // and does not contain either the MESSAGE-INTEGRITY or MESSAGE-INTEGRITY-SHA256 attribute, then
  // the response MUST be discarded, as if it were never received."
  const auto error = response.get<ErrorCode>();
  attempt.was_called_bad = error && error->code == kBadRequest && result == IntegrityCheck::absent;
  attempt.integrity = result;
  return ResponseVerdict::ignored;
}

/// Section 9.2.5: "If the resulting value matches the contents of the MESSAGE-INTEGRITY or
/// MESSAGE-INTEGRITY-SHA256 attribute, the response is considered authenticated." A server that
/// offers algorithms must answer by the latter, and some answer by the former. Nobody in between
/// can bid down with such an answer: it takes the key to make one, of an algorithm in the list, and
/// the requests stay as they are.
IntegrityCheck LongTermClient::check(const MessageView& response) const {
  const IntegrityCheck result = key_.check(response);
  if (result != IntegrityCheck::absent || algorithms_.empty() || !response.has_integrity()) {
    return result;
  }
  for (const PasswordHash hash : {hash_, PasswordHash::md5}) {
    if (!PasswordAlgorithms{algorithms_}.contains(hash)) continue;
    const auto password = enforce_opaque_string(credentials_.password);
    const ByteVector key = long_term_key(crypto_, hash, username_, hashed_realm_, *password);
    if (check_integrity(response, *crypto_.hmac_sha1(key)) == IntegrityCheck::valid) {
      return IntegrityCheck::valid;
    }
  }
  return IntegrityCheck::wrong;
}

ResponseVerdict LongTermClient::learn(const MessageView& response, std::uint16_t code,
                                      Attempt& attempt) {
  const auto refuse = [&](Refusal refusal) {
    attempt.refusal = refusal;
    return ResponseVerdict::refused;
  };
  if (credentials_.username.empty()) return refuse(Refusal::no_credentials);
  if (attempt.challenges == kChallengesMax) return refuse(Refusal::too_many_challenges);
  Challenge challenge;
  const Refusal unreadable = read_challenge(response, challenge);
  if (unreadable != Refusal::none) return refuse(unreadable);
  // Section 9.2.5: "The client MUST NOT perform this retry if it is not changing the USERNAME,
  // USERHASH, REALM, or its associated password from the previous attempt." It is changing them if
  // another response brought a new key after this request was signed.
  const bool is_same = attempt.key_number == key_number_ && challenge.realm == realm_ &&
                       challenge.features.username_anonymity == is_anonymous_;
  if (code == kUnauthenticated && attempt.key_number != 0 && is_same) {
    return refuse(Refusal::wrong_credentials);
  }
  const Refusal unusable = take(challenge);
  if (unusable != Refusal::none) return refuse(unusable);
  ++attempt.challenges;
  return ResponseVerdict::retry;
}

Refusal LongTermClient::read_challenge(const MessageView& response, Challenge& challenge) const {
  const auto nonce = response.get<Nonce>();
  const auto realm = response.get<Realm>();
  if (!nonce || nonce->text.empty()) return Refusal::bad_challenge;
  challenge.nonce = nonce->text;
  // Some servers send a 438 without REALM; it can only mean the known realm.
  if (!realm && !was_challenged()) return Refusal::bad_challenge;
  challenge.realm = realm ? realm->text : std::string_view(realm_);

  const auto features = read_nonce_cookie(challenge.nonce);
  if (features) challenge.features = *features;
  const auto list = response.get<PasswordAlgorithms>();
  if (!list && list.error() == AttributeError::malformed) return Refusal::bad_challenge;
  if (!list) {
    // Section 9.2.5: if "the "nonce cookie" has the STUN Security Feature "Password algorithms" bit
    // set to 1 but no PASSWORD-ALGORITHMS attribute is present, then the client MUST NOT retry".
    return challenge.features.password_algorithms ? Refusal::bid_down : Refusal::none;
  }
  challenge.algorithms = list->list;
  const auto hash = list->first_known();
  if (!hash) return Refusal::no_common_algorithm;
  challenge.hash = *hash;
  return Refusal::none;
}

Refusal LongTermClient::take(const Challenge& challenge) {
  if (credentials_.username.size() > kUsernameSizeMax && !challenge.features.username_anonymity) {
    return Refusal::username_too_long;
  }
  const bool has_same_key = key_ && challenge.realm == realm_ && challenge.hash == hash_ &&
                            challenge.algorithms.empty() == algorithms_.empty();
  if (!has_same_key) {
    const Refusal refusal = make_key(challenge);
    if (refusal != Refusal::none) return refusal;
  }
  realm_ = challenge.realm;
  nonce_ = challenge.nonce;
  algorithms_.assign(challenge.algorithms.begin(), challenge.algorithms.end());
  hash_ = challenge.hash;
  is_anonymous_ = challenge.features.username_anonymity;
  return Refusal::none;
}

Refusal LongTermClient::make_key(const Challenge& challenge) {
  const auto username = enforce_opaque_string(credentials_.username);
  const auto password = enforce_opaque_string(credentials_.password);
  // The profile allows no text of length zero. But there are servers whose realm was not
  // configured, and they send it like that: it is hashed as it is.
  const auto realm = challenge.realm.empty() ? std::optional(std::string())
                                             : enforce_opaque_string(challenge.realm);
  if (!username || !password || !realm) return Refusal::text_not_allowed;
  username_ = *username;
  hashed_realm_ = *realm;
  userhash_ = userhash_of(crypto_, *username, *realm);
  const ByteVector key = long_term_key(crypto_, challenge.hash, *username, *realm, *password);
  // Section 9.2.5: "If the response contains a PASSWORD-ALGORITHMS attribute, all the subsequent
  // requests MUST be authenticated using MESSAGE-INTEGRITY-SHA256 only."
  key_ = challenge.algorithms.empty() ? IntegrityKey::sha1(crypto_, key)
                                      : IntegrityKey::sha256(crypto_, key);
  ++key_number_;
  return Refusal::none;
}

std::string_view to_text(Refusal refusal) {
  switch (refusal) {
    case Refusal::none:
      return "not refused";
    case Refusal::no_credentials:
      return "the server asks for a username and a password";
    case Refusal::wrong_credentials:
      return "the server does not accept the username or the password";
    case Refusal::bad_challenge:
      return "the server's challenge has no realm or no nonce, or is broken";
    case Refusal::bid_down:
      return "a device on the way removed the list of password algorithms";
    case Refusal::no_common_algorithm:
      return "the server offers no password algorithm that this client knows";
    case Refusal::text_not_allowed:
      return "username, password or realm is empty or has illegal characters";
    case Refusal::username_too_long:
      return "the username is longer than 508 bytes";
    case Refusal::too_many_challenges:
      return "the server kept asking for credentials";
    case Refusal::not_understood:
      return "the answer has required attributes unknown to this client";
    case Refusal::too_long:
      return "the request is too long for a message";
  }
  return "?";
}

bool is_about_credentials(Refusal refusal) {
  return refusal == Refusal::no_credentials || refusal == Refusal::wrong_credentials ||
         refusal == Refusal::text_not_allowed || refusal == Refusal::username_too_long;
}

}  // namespace floe::stun
