#include "long_term_key.h"

#include <array>

namespace floe::stun {

ByteVector long_term_key(Crypto& crypto, PasswordHash hash, std::string_view username,
                         std::string_view realm, std::string_view password) {
  const Bytes colon = as_bytes(":");
  const std::array<Bytes, 5> parts{as_bytes(username), colon, as_bytes(realm), colon,
                                   as_bytes(password)};
  if (hash == PasswordHash::md5) {
    const Md5Digest digest = crypto.md5(parts);
    return {digest.begin(), digest.end()};
  }
  const Sha256Digest digest = crypto.sha256(parts);
  return {digest.begin(), digest.end()};
}

Userhash userhash_of(Crypto& crypto, std::string_view username, std::string_view realm) {
  const std::array<Bytes, 3> parts{as_bytes(username), as_bytes(":"), as_bytes(realm)};
  return {crypto.sha256(parts)};
}

}  // namespace floe::stun
