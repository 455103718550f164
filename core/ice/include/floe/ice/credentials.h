// The username fragment and password of one agent in one ICE generation (RFC 8445, section 5.3).
#pragma once

#include <string>
#include <string_view>

#include "floe/api/random.h"

namespace floe::ice {

/// RFC 8839, section 5.4: `ufrag = 4*256ice-char`, `password = 22*256ice-char`. This agent makes
/// them of ice-chars, and reads more (is_readable_ice_char()).
inline constexpr std::size_t kUfragSizeMin = 4;
inline constexpr std::size_t kPasswordSizeMin = 22;
inline constexpr std::size_t kCredentialSizeMax = 256;

struct Credentials {
  std::string ufrag;
  std::string password;

  /// 48 bits of username fragment, 144 bits of password: "at least 24 bits of randomness" and "at
  /// least 128 bits" are what section 5.3 asks for.
  static Credentials generate(RandomSource& random);

  bool is_valid() const;
  bool operator==(const Credentials&) const = default;
};

/// Whether a peer may have this username fragment. A colon would end it in USERNAME.
bool is_valid_ufrag(std::string_view text);
bool is_valid_password(std::string_view text);

}  // namespace floe::ice
