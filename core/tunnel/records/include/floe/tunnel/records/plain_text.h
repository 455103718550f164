// Texts from the network that may be shown or logged.
#pragma once

#include <string_view>

#include "floe/types/bytes.h"

namespace floe::tunnel {

/// Well-formed UTF-8 (RFC 3629) without C0 controls and DELETE, so that a text cannot forge lines
/// in a log.
bool is_plain_text(Bytes text);

/// Letters, digits, '-', '_' and '.' only: the characters that a name in a record may have.
bool is_name_text(std::string_view text);

/// The longest prefix of `text` with at most `max_size` bytes that does not cut a character.
std::string_view cut_text(std::string_view text, std::size_t max_size);

}  // namespace floe::tunnel
