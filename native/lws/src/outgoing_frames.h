// WebSocket frames on their way out.
#pragma once

#include <cstddef>
#include <vector>

#include "block_pool.h"
#include "floe/api/message_channel.h"
#include "mask_keys.h"

namespace floe::native {

/// Builds frames (RFC 6455, section 5.2), one a message, into blocks that are written whole.
///
/// Frames are built here because libwebsockets would make one system call a message; a block holds
/// all the messages of a pass. A block ends between two frames, so that a pong or close frame that
/// libwebsockets sends between two blocks does not cut one.
class OutgoingFrames {
 public:
  /// A block that has reached this takes no more frames.
  static constexpr std::size_t kBlockSize = 64 * 1024;
  /// The longest block: its last frame may begin just below kBlockSize.
  static constexpr std::size_t kBlockMax = 2 * kBlockSize + 1024;

  OutgoingFrames(BlockPool& pool, MaskKeys* mask_keys) : pool_(pool), mask_keys_(mask_keys) {}

  void add(MessageKind kind, Bytes payload);

  bool empty() const { return blocks_.empty(); }
  std::size_t byte_count() const { return byte_count_; }
  ByteVector& front() { return blocks_.front(); }
  void pop_front();
  void clear();

 private:
  ByteVector& block_with_room();

  BlockPool& pool_;
  MaskKeys* mask_keys_;  // a client's; a server does not mask
  std::vector<ByteVector> blocks_;
  std::size_t byte_count_ = 0;
};

}  // namespace floe::native
