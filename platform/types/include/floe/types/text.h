// Puts texts together.
//
// A chain of operator+ is a temporary string for each link, and code for each.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace floe {

void append(std::string& text, std::initializer_list<std::string_view> parts);

inline std::string concat(std::initializer_list<std::string_view> parts) {
  std::string text;
  append(text, parts);
  return text;
}

}  // namespace floe
