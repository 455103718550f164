// Writes one JSON text (RFC 8259), without spaces and without a way to fail.
//
// The caller opens and closes objects and arrays in order; the writer adds the commas. Bytes in a
// string that are not UTF-8 become U+FFFD, so the result is always well formed. A parsed value
// never becomes longer when it is written again, because each escape is the shortest possible.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "floe/json/value.h"

namespace floe::json {

class Writer {
 public:
  Writer& begin_object() { return open('{'); }
  Writer& end_object() { return close('}'); }
  Writer& begin_array() { return open('['); }
  Writer& end_array() { return close(']'); }

  /// The name of a member, before its value.
  Writer& name(std::string_view name);

  Writer& string(std::string_view text);
  Writer& integer(std::int64_t value);
  Writer& unsigned_integer(std::uint64_t value);
  /// `value` / 10^`decimals`, exactly: (1500, 3) is 1.500. `decimals` 1 to 18.
  Writer& fixed_point(std::int64_t value, unsigned decimals);
  Writer& boolean(bool value);
  Writer& null();
  /// A parsed value; numbers keep their text. Recurses as deep as the document is nested.
  Writer& value(const Value& value);

  const std::string& text() const { return text_; }
  std::string take() { return std::move(text_); }

 private:
  Writer& open(char bracket);
  Writer& close(char bracket);
  Writer& raw(std::string_view text);
  void separate();
  void append_escaped(std::string_view text);

  std::string text_;
  bool comma_ = false;  // whether the next value follows another
};

}  // namespace floe::json
