// Numbers of the messages of DNS that are both read and written.
#pragma once

#include <cstdint>

namespace floe::mdns {

inline constexpr std::uint16_t kClassIn = 1;
/// The top bit of a class, to which RFC 6762 gives a meaning: in a question that an answer by
/// unicast is welcome (section 5.4), in a record that it is all there is (section 10.2).
inline constexpr std::uint16_t kClassTopBit = 0x8000;

}  // namespace floe::mdns
