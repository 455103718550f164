// Reads the masked frames of WebSockets (RFC 6455) from one buffer for all clients; each keeps only
// the frame that has not come whole.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace floe::bench {

class IncomingFrames {
 public:
  IncomingFrames() : buffer_(std::make_unique_for_overwrite<std::uint8_t[]>(kBufferSize)) {}

  /// One recv() behind what `rest` has. Its result.
  ssize_t receive(int fd, const std::vector<std::uint8_t>& rest);
  /// The payload of the next frame, unmasked where it is; empty when none is whole. Only frames of
  /// up to 65,535 bytes and with a payload are understood.
  std::span<const std::uint8_t> next();
  /// What is left.
  void keep_rest(std::vector<std::uint8_t>& rest) const;

 private:
  static constexpr std::size_t kReadSize = std::size_t{64} * 1024;
  static constexpr std::size_t kBufferSize = 2 * kReadSize + 16;

  std::unique_ptr<std::uint8_t[]> buffer_;
  std::span<std::uint8_t> bytes_;
};

}  // namespace floe::bench
