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

/// Messages for sendmmsg(): each a destination, pieces of memory, and perhaps a segment size.
class SendMessages {
 public:
  static constexpr std::size_t kMessagesMax = 64;
  /// Of all messages together.
  static constexpr std::size_t kPiecesMax = kMessagesMax;

  std::size_t size() const { return size_; }
  void clear() { size_ = pieces_ = 0; }
  /// `segment` 0: the pieces are one datagram. Else the kernel cuts them into datagrams of that
  /// size, wherever a piece ends. Its pieces come by add_piece().
  void add(const TransportAddress& to, std::uint16_t segment);
  /// One more piece of the last message; joined with the one before when they touch.
  void add_piece(Bytes piece);
  /// Sends from message `first` on: how many the kernel took, or -1 with errno set.
  int send(int fd, std::size_t first);

 private:
  struct alignas(cmsghdr) Control {
    std::array<std::uint8_t, CMSG_SPACE(sizeof(std::uint16_t))> bytes;
  };

  std::array<mmsghdr, kMessagesMax> headers_{};
  std::array<iovec, kPiecesMax> vectors_{};
  std::array<PosixAddress, kMessagesMax> destinations_{};
  std::array<Control, kMessagesMax> controls_{};
  std::size_t size_ = 0;
  std::size_t pieces_ = 0;
};

/// True when the errno means that a queue was full rather than that this datagram was refused.
bool is_queue_full(int error);

}  // namespace floe::native
