// The key of a long-term credential, and USERHASH, from a user's name, a realm and a password (RFC
// 8489, sections 9.2.2, 14.4 and 18.5).
//
// The functions do not change the texts: call enforce_opaque_string() first.
#pragma once

#include <string_view>

#include "floe/api/crypto.h"
#include "floe/stun/attributes/credential.h"

namespace floe::stun {

/// "key = MD5(username ":" OpaqueString(realm) ":" OpaqueString(password))", or the same by
/// SHA-256.
ByteVector long_term_key(Crypto& crypto, PasswordHash hash, std::string_view username,
                         std::string_view realm, std::string_view password);

/// "userhash = SHA-256(OpaqueString(username) ":" OpaqueString(realm))".
Userhash userhash_of(Crypto& crypto, std::string_view username, std::string_view realm);

}  // namespace floe::stun
