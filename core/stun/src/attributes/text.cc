#include "floe/stun/attributes/text.h"

namespace floe::stun {

Result<std::string_view, AttributeError> parse_text(Bytes value, std::size_t size_max) {
  if (value.size() > size_max) return AttributeError::malformed;
  return as_text(value);
}

}  // namespace floe::stun
