// Names and passwords in the one form that both ends hash (RFC 8265, section 4.2:
// the OpaqueString profile, which RFC 8489 asks for; RFC 5389 asked for SASLprep).
//
// Deviation: neither Unicode's normal form C nor the tables of assigned characters are applied: the
// tables are larger than all other code here together, and nearly all keyboards produce composed
// texts. For ASCII, which all servers issue, nothing is missing. The rules without tables are
// applied: broken UTF-8, control characters and empty texts are refused, and every kind of space
// becomes the ASCII one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace floe::stun {

/// The text as it is to be hashed, or nothing when the profile does not allow it.
std::optional<std::string> enforce_opaque_string(std::string_view text);

}  // namespace floe::stun
