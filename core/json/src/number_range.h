// Tells whether a double can hold a number, from its text alone.
//
// Numbers keep their text and nothing here calculates with fractions, so this is the only question
// about their value. With strtod(), the answer would depend on the C library: in wasm strtod()
// needs 128-bit arithmetic, six kB of a page's download; natively the locale decides which
// character is the decimal point. This function gives the same answer in every build.
#pragma once

#include <string_view>

namespace floe::json {

/// False from 1.7976931348623158e308 on, whatever the sign: the largest double is the number of
/// 17 digits just below. Numbers that round to 0 fit. `number` follows the grammar of RFC 8259,
/// section 6.
bool fits_double(std::string_view number);

}  // namespace floe::json
