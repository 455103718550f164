// Bytes as hexadecimal digits.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "floe/types/bytes.h"

namespace floe {

std::string to_hex(Bytes bytes);
/// False: `text` is not twice as many digits as `out` has bytes.
bool parse_hex(std::string_view text, std::span<std::uint8_t> out);

}  // namespace floe
