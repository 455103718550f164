// Memory for frames that wait to be sent.
#pragma once

#include <utility>
#include <vector>

#include "floe/types/bytes.h"

namespace floe::native {

/// Keeps a few used blocks for the next sender, so that sending does not allocate in each pass, and
/// an idle connection holds no buffer. A block comes with its old length and bytes.
class BlockPool {
 public:
  static constexpr std::size_t kBlocksMax = 16;

  ByteVector take() {
    if (blocks_.empty()) return {};
    ByteVector block = std::move(blocks_.back());
    blocks_.pop_back();
    return block;
  }
  void give_back(ByteVector block) {
    if (blocks_.size() >= kBlocksMax) return;
    blocks_.push_back(std::move(block));
  }

 private:
  std::vector<ByteVector> blocks_;
};

}  // namespace floe::native
