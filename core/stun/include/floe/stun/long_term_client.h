// The client side of long-term credentials: it learns from a server's challenges, and signs the
// requests to that server (RFC 8489, section 9.2). There is one object for each server and user;
// all transactions with the server share it. CredentialedTransaction uses it for one request at a
// time.
//
//   sign()   adds nothing before the first challenge: it "MUST omit the USERNAME, USERHASH,
//            MESSAGE-INTEGRITY, MESSAGE-INTEGRITY-SHA256, REALM, NONCE, PASSWORD-ALGORITHMS and
//            PASSWORD-ALGORITHM attributes" (section 9.2.3.1).
//   judge()  decides what to do with a response, and learns from 401 and 438.
//
// The state of one request, such as the number of its challenges, is in an Attempt: a limit that is
// kept here would run out in a session that refreshes for hours.
// Limits: kChallengesMax for one request; realm, nonce and list at most as long as attributes are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "floe/stun/attributes/credential.h"
#include "floe/stun/integrity_key.h"
#include "floe/stun/nonce_cookie.h"

namespace floe::stun {

/// How often one request may be challenged. Each challenge must have a new reason: the first one, a
/// nonce that expired in between, another realm; and there is one to spare.
inline constexpr std::uint8_t kChallengesMax = 4;

struct LongTermCredentials {
  std::string username;
  std::string password;
};

/// Why a request is given up although the server answers.
enum class Refusal : std::uint8_t {
  none,
  no_credentials,       ///< the server wants some, and there are none
  wrong_credentials,    ///< the server knows no such user, or another password
  bad_challenge,        ///< a 401 or 438 without REALM or NONCE, or they are malformed
  bid_down,             ///< the nonce says that PASSWORD-ALGORITHMS was sent, but it is missing
  no_common_algorithm,  ///< none of PASSWORD-ALGORITHMS is known here
  text_not_allowed,     ///< in username, password or realm: see enforce_opaque_string()
  username_too_long,    ///< for USERNAME, and the server does not take USERHASH
  too_many_challenges,  ///< more than kChallengesMax
  not_understood,       ///< the response has unknown comprehension-required attributes
  too_long,             ///< the request does not fit into a message
};

std::string_view to_text(Refusal refusal);
/// Whether other credentials would help.
bool is_about_credentials(Refusal refusal);

/// How one request was signed, and how far its challenges have gone.
struct Attempt {
  std::uint32_t key_number = 0;  ///< 0: not signed
  std::uint8_t challenges = 0;
  Refusal refusal = Refusal::none;
  /// Why the last response that was discarded had no valid MAC, so that a later timeout is not
  /// reported as one: "then instead of signaling a timeout ... the layer MUST signal that the
  /// integrity protection was violated". Valid: there was none.
  IntegrityCheck integrity = IntegrityCheck::valid;
  /// That response was a 400 without a MAC, which is to be "discarded, as if it were never
  /// received".
  bool was_called_bad = false;

  bool integrity_was_violated() const { return integrity != IntegrityCheck::valid; }
};

/// What to do with a response.
enum class ResponseVerdict : std::uint8_t {
  accepted,  ///< for the application, also an error: authentic, or the request was unsigned
  retry,     ///< make the request again, with another transaction id, and sign() it
  ignored,   ///< "discarded, as if it was never received"
  refused,   ///< retrying is of no use: see Attempt::refusal
};

class LongTermClient {
 public:
  /// Without a username, every challenge ends in no_credentials. `crypto` must outlive it.
  explicit LongTermClient(Crypto& crypto, LongTermCredentials credentials = {});

  /// To be called after all attributes except FINGERPRINT are added.
  void sign(MessageBuilder& request, Attempt& attempt) const;
  /// `response` has the transaction id of the request that was signed by `attempt`.
  ResponseVerdict judge(const MessageView& response, Attempt& attempt);

  /// Whether a challenge was accepted: from then on sign() has a key.
  bool was_challenged() const { return key_number_ != 0; }
  /// Empty before the first challenge; a server may have an empty one.
  std::string_view realm() const { return realm_; }

 private:
  struct Challenge;

  ResponseVerdict learn(const MessageView& response, std::uint16_t code, Attempt& attempt);
  Refusal read_challenge(const MessageView& response, Challenge& challenge) const;
  Refusal take(const Challenge& challenge);
  Refusal make_key(const Challenge& challenge);
  IntegrityCheck check(const MessageView& response) const;

  Crypto& crypto_;
  LongTermCredentials credentials_;
  std::string username_;  ///< as it is to be written and hashed
  std::string realm_;
  std::string hashed_realm_;
  std::string nonce_;
  ByteVector algorithms_;  ///< PASSWORD-ALGORITHMS, to be repeated unchanged; empty: there is none
  PasswordHash hash_ = PasswordHash::md5;
  bool is_anonymous_ = false;  ///< USERHASH instead of USERNAME
  Userhash userhash_;
  IntegrityKey key_;
  std::uint32_t key_number_ = 0;  ///< counts the keys; 0: none yet
};

}  // namespace floe::stun
