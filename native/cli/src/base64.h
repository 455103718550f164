// Base64 with the standard alphabet and padding (RFC 4648, section 4), for datagrams in lines.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "floe/types/bytes.h"

namespace floe::cli {

std::string encode_base64(Bytes bytes);
std::optional<ByteVector> decode_base64(std::string_view text);

}  // namespace floe::cli
