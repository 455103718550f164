// 256 short English words that sound different from one another.
#pragma once

#include <cstdint>
#include <string_view>

namespace floe::peer {

std::string_view word(std::uint8_t number);

}  // namespace floe::peer
