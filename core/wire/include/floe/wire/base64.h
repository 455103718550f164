// Base64 with the standard alphabet (RFC 4648, section 4), for the fields of a nonce and for
// time-limited passwords.
//
// It does not use mbedTLS: protocols use only the functions of floe/api/crypto.h.
#pragma once

#include <string>
#include <string_view>

#include "floe/types/bytes.h"

namespace floe {

/// Four characters for each three bytes; the last group is padded with '='.
std::string encode_base64(Bytes bytes);
/// Reads exactly `out.size()` bytes, a multiple of 3, so that there is no padding. False when the
/// text has another size, or a character that is not of the alphabet.
bool decode_base64(std::string_view text, MutableBytes out);

}  // namespace floe
