// Writes one JSON text (RFC 8259), without spaces and without a way to fail.
//
// The caller opens and closes objects and arrays in order; commas come by themselves. Bytes in a
// string that are not UTF-8 become U+FFFD, so the result is always well formed. A parsed value that
// is written again never becomes longer: escapes are the shortest there are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "floe/signal/json_value.h"

namespace floe::signal {

class JsonWriter {
 public:
  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }

  /// Before each value in an object.
  JsonWriter& name(std::string_view name);

  JsonWriter& string(std::string_view text);
  JsonWriter& integer(std::int64_t value);
  JsonWriter& unsigned_integer(std::uint64_t value);
  /// `value` / 10^`decimals`, exactly: (1500, 3) is 1.500. `decimals` 1 to 18.
  JsonWriter& fixed_point(std::int64_t value, unsigned decimals);
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  /// A parsed value, numbers as they were written. Recurses as deep as its document is.
  JsonWriter& value(const JsonValue& value);

  const std::string& text() const { return text_; }
  std::string take() { return std::move(text_); }

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  JsonWriter& raw(std::string_view text);
  void separate();
  void append_escaped(std::string_view text);

  std::string text_;
  bool comma_ = false;  // whether a value at this place follows another
};

}  // namespace floe::signal
