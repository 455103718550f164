// A secret that gateways and back-ends share, made ready to sign.
//
// The secret itself is not kept: what is not here cannot be logged.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "floe/api/crypto.h"

namespace floe::token {

class Key {
 public:
  /// `crypto` must outlive it.
  Key(Crypto& crypto, std::string_view secret);

  /// Eight hexadecimal digits that follow from the secret, so that they change with it. They are
  /// public, as everything is in a token's header.
  const std::string& id() const { return id_; }
  Sha256Digest sign(std::string_view text) const;
  /// As the passwords of draft-uberti-behave-turn-rest-00 are made.
  Sha1Digest sign_with_sha1(std::string_view text) const;
  /// In a time that does not depend on the secret.
  bool is_secret(std::string_view text) const;

 private:
  Crypto& crypto_;
  std::unique_ptr<HmacSha256> hmac_;
  std::unique_ptr<HmacSha1> hmac_sha1_;
  Sha256Digest digest_;
  std::string id_;
};

}  // namespace floe::token
