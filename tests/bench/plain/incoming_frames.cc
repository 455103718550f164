#include "plain/incoming_frames.h"

#include <sys/socket.h>

#include <algorithm>
#include <cstring>

namespace floe::bench {
namespace {

constexpr std::size_t kMaskSize = 4;

void unmask(std::span<std::uint8_t> payload, const std::uint8_t* mask) {
  std::uint64_t wide = 0;
  std::memcpy(&wide, mask, kMaskSize);
  wide |= wide << 32;
  std::size_t at = 0;
  for (; at + sizeof wide <= payload.size(); at += sizeof wide) {
    std::uint64_t word = 0;
    std::memcpy(&word, payload.data() + at, sizeof word);
    word ^= wide;
    std::memcpy(payload.data() + at, &word, sizeof word);
  }
  for (; at < payload.size(); ++at) payload[at] ^= mask[at % kMaskSize];
}

}  // namespace

ssize_t IncomingFrames::receive(int fd, const std::vector<std::uint8_t>& rest) {
  std::ranges::copy(rest, buffer_.get());
  const ssize_t size = ::recv(fd, buffer_.get() + rest.size(), kReadSize, MSG_DONTWAIT);
  bytes_ = {buffer_.get(), rest.size() + static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
  return size;
}

std::span<const std::uint8_t> IncomingFrames::next() {
  if (bytes_.size() < 4) return {};
  const bool is_short = (bytes_[1] & 0x7f) < 126;
  const std::size_t header = (is_short ? 2 : 4) + kMaskSize;
  const std::size_t size =
      is_short ? std::size_t{bytes_[1]} & 0x7f : std::size_t{bytes_[2]} << 8 | bytes_[3];
  if (bytes_.size() < header + size) return {};
  const auto payload = bytes_.subspan(header, size);
  unmask(payload, bytes_.data() + header - kMaskSize);
  bytes_ = bytes_.subspan(header + size);
  return payload;
}

void IncomingFrames::keep_rest(std::vector<std::uint8_t>& rest) const {
  rest.assign(bytes_.begin(), bytes_.end());
}

}  // namespace floe::bench
