// Whole numbers in decimal digits, without sign.
//
// Why: one function for all widths. std::to_string and std::from_chars have code and tables for
// each type, and a page loads all of them.
//
// Where: in modules that are linked into the wasm module. Elsewhere the library's functions do.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace floe {

std::string to_decimal(std::uint64_t value);

/// Without its sign: negated as unsigned, because the least integer has no positive twin.
constexpr std::uint64_t magnitude(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  return value < 0 ? 0 - bits : bits;
}

/// Empty unless `text` is one or more digits, nothing else, and the number is at most `max`.
std::optional<std::uint64_t> parse_decimal(
    std::string_view text, std::uint64_t max = std::numeric_limits<std::uint64_t>::max());

}  // namespace floe
