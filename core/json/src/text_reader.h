// Reads the grammar of JSON with nlohmann/json: the one place where Floe uses that library.
//
// The library cuts a text into tokens, once, and keeps none of them. All checks of their values are
// ours: without exceptions, its own tree would abort on a wrong type.
#pragma once

#include <cstddef>
#include <string_view>

#include "builder.h"

namespace floe::json {

/// Reads one value and the end of the text; an error is kept in `builder`. Returns how many bytes
/// were read, up to and including the byte that showed the error.
std::size_t read_text(std::string_view text, Builder& builder);

}  // namespace floe::json
