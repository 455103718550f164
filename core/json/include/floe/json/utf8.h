// Sequences of UTF-8 (RFC 3629), looked at one by one.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace floe::json {

struct Utf8Sequence {
  std::size_t size = 0;  ///< bytes; of one that is not valid, what one U+FFFD stands for
  bool valid = false;
};

/// The sequence at the start of `text`, which is not empty. Overlong forms, surrogates and what is
/// beyond U+10FFFF are not valid.
Utf8Sequence first_utf8(std::string_view text);

/// Where the first byte is that belongs to no valid sequence.
std::optional<std::size_t> find_bad_utf8(std::string_view text);

/// As much of the start as fits without cutting a sequence.
std::string_view truncate_utf8(std::string_view text, std::size_t size_max);

}  // namespace floe::json
