// Base64 without padding (RFC 4648, section 4), for the two fields of a nonce, whose sizes are
// multiples of 3 bytes.
#pragma once

#include <string_view>

#include "floe/types/bytes.h"

namespace floe::stun {

/// Writes 4 characters for each 3 bytes, to `out`.
void encode_base64(Bytes bytes, char* out);
/// Reads `out.size()` bytes, a multiple of 3; false when the text is of another size or not base64.
bool decode_base64(std::string_view text, MutableBytes out);

}  // namespace floe::stun
