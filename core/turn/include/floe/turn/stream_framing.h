// Cuts the stream that arrives over TCP or TLS into STUN messages and ChannelData (RFC 8656,
// sections 3.1 and 12.5; RFC 8489, section 6.2.2).
//
// append() the bytes that were read, then take frames with next() until there is none. A frame has
// the bytes that UDP would carry in one datagram, without the padding after ChannelData.
//
// Why it never searches for the next good frame: in a stream that is out of step any bytes may look
// like a header, also bytes that a peer chose. The stream is broken for good; the owner closes the
// connection. Limits: frames of at most `frame_size_max` bytes; holds no more than that and one
// append().
#pragma once

#include <optional>

#include "floe/turn/attributes/data.h"
#include "floe/types/bytes.h"

namespace floe::turn {

/// The longest message that MessageView reads, and the longest ChannelData with its padding.
inline constexpr std::size_t kStreamFrameSizeMax = 0x10000 + 4;

class StreamReassembler {
 public:
  /// `channel_max`: see ChannelData::parse().
  explicit StreamReassembler(std::size_t frame_size_max = kStreamFrameSizeMax,
                             std::uint16_t channel_max = kChannelMax)
      : frame_size_max_(frame_size_max), channel_max_(channel_max) {}

  void append(Bytes bytes);
  /// The next whole frame, a view until append().
  std::optional<Bytes> next();
  /// A frame was neither STUN nor ChannelData, or too long.
  bool broken() const { return is_broken_; }
  std::size_t buffered() const { return buffer_.size() - taken_; }

 private:
  struct Frame {
    std::size_t size;         ///< with the header
    std::size_t padded_size;  ///< with the padding that follows in the stream
  };
  std::optional<Frame> read_header(Bytes bytes);
  std::optional<Frame> fail();

  ByteVector buffer_;
  std::size_t taken_ = 0;  ///< bytes at the front of the buffer that were given out
  std::size_t frame_size_max_;
  std::uint16_t channel_max_;
  bool is_broken_ = false;
};

}  // namespace floe::turn
