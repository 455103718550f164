// The buffers that all UDP sockets of a loop receive into.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <ctime>
#include <memory>
#include <optional>

#include "floe/api/datagram_socket.h"
#include "floe/native/posix_address.h"

namespace floe::native {

/// What the kernel tells beside the bytes of a message.
struct ReceivedControl {
  /// From IP_PKTINFO or IPV6_PKTINFO, when the socket asks the kernel for it.
  std::optional<IpAddress> destination;
  /// From UDP_GRO: the message is several datagrams of this size, the last one perhaps shorter.
  /// 0: it is one datagram.
  std::size_t segment_size = 0;
  /// From SO_TIMESTAMPNS, when the socket asks the kernel for it.
  std::optional<timespec> came_at;
};

/// Up to kMessagesMax messages from one recvmmsg call, valid until the next call. A message is a
/// datagram; or, when the socket asked for UDP_GRO, a run of datagrams.
///
/// Each buffer is as long as the longest datagram, so no datagram is ever cut; the kernel joins no
/// more than fits one. The buffers cost little memory all the same: the kernel provides a page only
/// when a datagram is written to it.
class ReceiveBatch {
 public:
  static constexpr std::size_t kMessagesMax = 64;

  ReceiveBatch();

  /// The number of messages received, at most `limit`; or -1 with errno set.
  int receive(int fd, std::size_t limit = kMessagesMax);

  bool is_truncated(std::size_t index) const;
  Bytes payload(std::size_t index) const;
  std::optional<TransportAddress> source(std::size_t index) const;
  ReceivedControl control(std::size_t index) const;

 private:
  static constexpr std::size_t kBufferSize = 65536;
  static constexpr std::size_t kControlSize =
      CMSG_SPACE(sizeof(in6_pktinfo)) + CMSG_SPACE(sizeof(int)) + CMSG_SPACE(sizeof(timespec));
  struct alignas(std::max_align_t) Control {
    std::array<std::uint8_t, kControlSize> bytes;
  };

  void prepare(std::size_t index);

  std::unique_ptr<std::uint8_t[]> buffers_;
  std::array<mmsghdr, kMessagesMax> messages_{};
  std::array<iovec, kMessagesMax> vectors_{};
  std::array<PosixAddress, kMessagesMax> sources_{};
  std::array<Control, kMessagesMax> controls_{};
  std::size_t used_ = 0;
};

}  // namespace floe::native
