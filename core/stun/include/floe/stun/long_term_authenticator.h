// Accepts requests that are signed by the users of one realm (RFC 8489, section 9.2.4), and
// challenges all others. Keeps no state of clients: a nonce contains its own proof.
#pragma once

#include <optional>
#include <vector>

#include "floe/stun/attributes/credential.h"
#include "floe/stun/authenticator.h"
#include "floe/stun/nonce_issuer.h"

namespace floe::stun {

/// The users of a realm. Names come from unauthenticated requests: any bytes, at most 508.
class Accounts {
 public:
  virtual ~Accounts() = default;
  virtual std::optional<std::string> password_of(std::string_view username) const = 0;
  /// The user whose name has this hash; only called when `offers_userhash` is on.
  virtual std::optional<std::string> username_of(const Userhash&) const { return std::nullopt; }
};

/// With a realm of up to this many bytes the challenge to the shortest request is within
/// kAmplificationMax; with a longer realm a Binding server does not answer that request.
inline constexpr std::size_t kRealmSizeForAnyRequest = 32;

struct LongTermRealm {
  std::string realm;
  /// PASSWORD-ALGORITHMS, the preferred one first; with an empty list the server behaves as before
  /// RFC 8489.
  std::vector<PasswordHash> algorithms = {PasswordHash::sha256, PasswordHash::md5};
  bool offers_userhash = false;
  Duration nonce_lifetime = kNonceLifetime;
};

class LongTermAuthenticator final : public Authenticator {
 public:
  /// `nonce_key`: see NonceIssuer. `crypto` and `accounts` must outlive it.
  LongTermAuthenticator(Crypto& crypto, const Accounts& accounts, LongTermRealm realm,
                        Bytes nonce_key);

  Authentication authenticate(Timestamp now, const MessageView& request,
                              const TransportAddress& source) override;
  void refuse(Timestamp now, std::uint16_t error, const TransportAddress& source,
              MessageBuilder& response) override;

 private:
  std::optional<PasswordHash> hash_of(const MessageView& request) const;
  std::optional<std::string> username_of(const MessageView& request) const;
  IntegrityKey key_of(const MessageView& request, PasswordHash hash, std::string_view username,
                      std::string_view password) const;

  Crypto& crypto_;
  const Accounts& accounts_;
  LongTermRealm realm_;
  ByteVector algorithms_;  ///< as on the wire
  NonceIssuer nonces_;
};

}  // namespace floe::stun
