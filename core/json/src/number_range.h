// Tells whether a double can hold a number, from its text alone.
//
// Numbers keep their text and nothing here calculates with fractions, so this is the only question
// about their value. With strtod(), the answer would depend on the C library: in wasm strtod()
// needs 128-bit arithmetic, six kB of a page's download; natively the locale decides which
// character is the decimal point. This function gives the same answer in every build, and the
// answer of a correct strtod().
#pragma once

#include <string_view>

namespace floe::json {

/// False when rounding to the nearest double gives infinity: from 2^1024 - 2^970 on, whatever the
/// sign. Numbers that round to 0 fit. `number` follows the grammar of RFC 8259, section 6.
bool fits_double(std::string_view number);

}  // namespace floe::json
