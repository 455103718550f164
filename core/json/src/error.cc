#include "floe/json/error.h"

namespace floe::json {

std::string_view to_text(ErrorCode code) {
  switch (code) {
    case ErrorCode::text_too_long:
      return "text is longer than allowed";
    case ErrorCode::bad_utf8:
      return "text is not UTF-8";
    case ErrorCode::syntax:
      return "text is not one JSON value";
    case ErrorCode::number_too_large:
      return "number is beyond the range of a double";
    case ErrorCode::too_deep:
      return "objects and arrays are nested too deeply";
    case ErrorCode::too_many_values:
      return "more values than allowed";
    case ErrorCode::duplicate_name:
      return "a member occurs twice in one object";
  }
  return "?";
}

}  // namespace floe::json
