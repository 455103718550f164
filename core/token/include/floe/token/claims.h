// The claims of a token as they are written and read (RFC 7519, section 4). Claims that are not
// here are ignored.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "floe/token/grant.h"
#include "floe/token/key.h"

namespace floe::token {

inline constexpr std::string_view kDefaultAudience = "floe-gateway";

struct Claims {
  Grant grant;  ///< with `exp`, `sub` and `jti`
  std::vector<std::string> audience = {std::string(kDefaultAudience)};  ///< `aud`
  std::optional<std::int64_t> issued_at;                                ///< `iat`
  std::optional<std::int64_t> not_before;                               ///< `nbf`

  bool operator==(const Claims&) const = default;
};

/// The JSON of the claims; what is at its default is left out.
std::string write_claims(const Claims& claims);
/// Nothing when `exp` is missing, or a claim has another type or is beyond its limit.
std::optional<Claims> read_claims(std::string_view json);

/// A token with these claims: a JWT in its compact form, signed with HMAC-SHA256.
std::string mint(const Key& key, const Claims& claims);

}  // namespace floe::token
