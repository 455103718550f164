// Messages of floe.signal.1, one JSON object a line, sorted by generation.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "floe/ice/credentials.h"
#include "floe/signal/message.h"

namespace floe::cli {

/// The messages of one generation, in the order of their lines.
struct GenerationLines {
  ice::Credentials credentials;  ///< the password is empty without a description
  std::size_t first_line = 0;    ///< from 1
  std::vector<signal::Message> messages;
};

struct MessageLines {
  std::vector<GenerationLines> generations;  ///< in the order of their first lines
  std::vector<std::string> skipped;          ///< sentences, each with the number of its line
  std::optional<std::string> error;          ///< a line is no message; the rest was not read
};

MessageLines read_message_lines(std::string_view text);

}  // namespace floe::cli
