// The headers that sendmmsg() wants, for a few messages at a time.
#pragma once

#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/socket.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "floe/native/posix_address.h"

namespace floe::native {

/// A message for sendmmsg(): a destination, one piece of memory, and perhaps a segment size.
class SendMessages {
 public:
  static constexpr std::size_t kMessagesMax = 64;

  std::size_t size() const { return size_; }
  void clear() { size_ = 0; }
  /// `segment` 0: one datagram. Else the kernel cuts `payload` into datagrams of that size.
  void add(const TransportAddress& to, Bytes payload, std::uint16_t segment);
  /// Sends from message `first` on: how many the kernel took, or -1 with errno set.
  int send(int fd, std::size_t first);

 private:
  struct alignas(cmsghdr) Control {
    std::array<std::uint8_t, CMSG_SPACE(sizeof(std::uint16_t))> bytes;
  };

  std::array<mmsghdr, kMessagesMax> headers_{};
  std::array<iovec, kMessagesMax> vectors_{};
  std::array<PosixAddress, kMessagesMax> destinations_{};
  std::array<Control, kMessagesMax> controls_{};
  std::size_t size_ = 0;
};

/// True when the errno means that a queue was full rather than that this datagram was refused.
bool is_queue_full(int error);

}  // namespace floe::native
