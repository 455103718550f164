// Why a text is not JSON, or is more than the reader accepts.
#pragma once

#include <cstdint>
#include <string_view>

namespace floe::json {

enum class ErrorCode : std::uint8_t {
  text_too_long,
  bad_utf8,
  syntax,            ///< not JSON, or something follows it
  number_too_large,  ///< beyond the range of a double
  too_deep,
  too_many_values,
  duplicate_name,  ///< a member occurs twice in one object
};

std::string_view to_text(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::syntax;
  std::uint32_t position = 0;  ///< bytes read when it was noticed: the wrong byte is the last one

  bool operator==(const Error&) const = default;
};

}  // namespace floe::json
