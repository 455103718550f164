#include "sdp_blocks.h"

#include <utility>

#include "floe/sdp/limits.h"

namespace floe::cli {

std::optional<std::string> SdpBlocks::add(std::string_view line) {
  if (line.empty() || line == ".") return finish();
  std::optional<std::string> ended;
  if (line.starts_with("v=")) ended = finish();
  if (text_.size() <= sdp::kDescriptionSizeMax) (text_ += line) += '\n';
  return ended;
}

std::optional<std::string> SdpBlocks::finish() {
  if (text_.empty()) return std::nullopt;
  return std::exchange(text_, {});
}

}  // namespace floe::cli
