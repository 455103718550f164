// Texts of protocols in which ASCII letters have no case (RFC 5234, section 2.3).
#pragma once

#include <algorithm>
#include <string_view>

namespace floe {

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace floe
