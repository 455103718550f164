// What one recvmmsg() brings, each datagram with room for a header right in front of it, so that it
// goes on without a copy.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <memory>
#include <span>

namespace floe::bench {

class IncomingDatagrams {
 public:
  static constexpr std::size_t kMax = 64;

  IncomingDatagrams();
  /// As frames of a WebSocket, each with the address of its sender in front of the datagram.
  std::span<iovec> receive_as_frames(int fd);

 private:
  static constexpr std::size_t kRoom = 16;
  static constexpr std::size_t kBufferSize = 2048;

  void frame(std::size_t index);

  std::unique_ptr<std::uint8_t[]> buffers_;
  std::array<mmsghdr, kMax> messages_{};
  std::array<iovec, kMax> vectors_{};
  std::array<iovec, kMax> frames_{};
  std::array<sockaddr_in, kMax> sources_{};
};

}  // namespace floe::bench
