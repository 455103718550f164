// Puts texts together.
//
// Why: a chain of operator+ makes a temporary string for each link, and has code for each.
//
// Where: in modules that are linked into the wasm module, for texts of several parts.
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
