// WebSocket frames on their way out.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "block_pool.h"
#include "floe/api/message_channel.h"
#include "mask_keys.h"

namespace floe::native {

/// Builds frames (RFC 6455, section 5.2), one a message, into blocks that are written whole. A
/// frame is added as a whole, or built in place: extend() until end_frame().
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
  /// The longest header: of a client's frame of more than 65,535 bytes.
  static constexpr std::size_t kHeaderMax = 14;

  OutgoingFrames(BlockPool& pool, MaskKeys* mask_keys) : pool_(pool), mask_keys_(mask_keys) {}

  void add(MessageKind kind, Bytes payload);
  /// Space for `size` more bytes of the binary frame that is being built, which the caller must
  /// fill before any other call. The first call begins the frame; in all it has at most 64 KiB.
  MutableBytes extend(std::size_t size);
  /// Completes the frame that is being built. False when there is none.
  bool end_frame();

  bool empty() const { return blocks_.empty(); }
  std::size_t byte_count() const { return byte_count_; }
  /// The oldest block; no frame is being built. Its bytes stay where they are until pop_front().
  MutableBytes front();
  void pop_front();
  void clear();

 private:
  struct Block {
    ByteVector buffer;  // longer than the frames, so that it is not cleared for each of them
    std::size_t size = 0;
  };
  struct OpenFrame {
    MessageKind kind;
    std::size_t start;        // in the last block
    std::size_t header_size;  // the room that was left for it
  };

  void begin_frame(MessageKind kind, std::size_t expected_size);
  MutableBytes append(std::size_t size);
  std::size_t header_size(std::size_t payload_size) const;

  BlockPool& pool_;
  MaskKeys* mask_keys_;  // a client's; a server does not mask
  std::vector<Block> blocks_;
  std::optional<OpenFrame> open_;
  std::size_t byte_count_ = 0;
};

}  // namespace floe::native
