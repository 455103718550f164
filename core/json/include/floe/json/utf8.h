// UTF-8 (RFC 3629): checks a text, and walks it one character at a time.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace floe::json {

struct Utf8Sequence {
  std::size_t size = 0;  ///< bytes; if not valid, the bytes that one U+FFFD replaces
  bool valid = false;
};

/// The sequence at the start of `text`, which must not be empty. Overlong forms, surrogates and
/// code points beyond U+10FFFF are not valid.
Utf8Sequence first_utf8(std::string_view text);

/// The position of the first byte that belongs to no valid sequence.
std::optional<std::size_t> find_bad_utf8(std::string_view text);

/// The start of `text`, at most `size_max` bytes, without cutting a sequence.
std::string_view truncate_utf8(std::string_view text, std::size_t size_max);

}  // namespace floe::json
