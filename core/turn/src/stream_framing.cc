#include "floe/turn/stream_framing.h"

#include "floe/stun/message.h"
#include "floe/turn/channel_data.h"
#include "floe/wire/byte_reader.h"

namespace floe::turn {

void StreamReassembler::append(Bytes bytes) {
  if (is_broken_) {
    buffer_ = {};
    taken_ = 0;
    return;
  }
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(taken_));
  taken_ = 0;
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
}

std::optional<Bytes> StreamReassembler::next() {
  if (is_broken_) return std::nullopt;
  const Bytes rest = Bytes(buffer_).subspan(taken_);
  const auto frame = read_header(rest);
  if (!frame || rest.size() < frame->padded_size) return std::nullopt;
  taken_ += frame->padded_size;
  return rest.first(frame->size);
}

/// Nothing while the header is incomplete. A wrong header is noticed from as few bytes as possible,
/// so that the reader does not wait for the end of a frame that does not exist.
std::optional<StreamReassembler::Frame> StreamReassembler::read_header(Bytes bytes) {
  if (bytes.size() < kChannelHeaderSize) return std::nullopt;
  ByteReader reader(bytes);
  const std::uint16_t start = reader.u16();
  const std::size_t length = reader.u16();
  Frame frame{};
  if (is_channel(start, channel_max_)) {
    frame.size = kChannelHeaderSize + length;
    frame.padded_size = frame.size + (4 - length % 4) % 4;
  } else {
    if ((start & 0xc000) != 0 || length % 4 != 0) return fail();
    frame.size = frame.padded_size = stun::kHeaderSize + length;
    if (bytes.size() < 2 * kChannelHeaderSize) {
      return frame.size > frame_size_max_ ? fail() : std::nullopt;
    }
    if (reader.u32() != stun::kMagicCookie) return fail();
  }
  if (frame.padded_size > frame_size_max_) return fail();
  return frame;
}

std::optional<StreamReassembler::Frame> StreamReassembler::fail() {
  is_broken_ = true;
  // The buffer stays: earlier frames may still be in use as views of it.
  taken_ = buffer_.size();
  return std::nullopt;
}

}  // namespace floe::turn
