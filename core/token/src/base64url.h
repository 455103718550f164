// Base64 with the alphabet for URLs and without padding (RFC 7515, section 2; RFC 4648, section 5).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "floe/types/bytes.h"

namespace floe::token {

std::string encode_base64url(Bytes bytes);
/// Nothing for another alphabet, padding, or bits beyond the last byte that are not zero: else one
/// token would have several texts.
std::optional<std::string> decode_base64url(std::string_view text);

}  // namespace floe::token
