// Divides lines into SDP texts, as they are pasted into a terminal.
//
// A text ends with an empty line, with a line ".", before a line that begins the next description,
// or with the input. Limit: of a text that is longer than sdp::kDescriptionSizeMax enough is kept
// for its reader to refuse it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace floe::cli {

class SdpBlocks {
 public:
  /// The text that this line ends. `line` has no line end.
  std::optional<std::string> add(std::string_view line);
  /// The text that the end of the input ends.
  std::optional<std::string> finish();

 private:
  std::string text_;
};

}  // namespace floe::cli
