// The buffers that all UDP sockets of a loop receive into.
#pragma once

#include <sys/socket.h>

#include <array>
#include <memory>
#include <optional>

#include "floe/api/datagram_socket.h"
#include "floe/native/posix_address.h"

namespace floe::native {

/// Up to kDatagramsMax datagrams from one recvmmsg call, valid until the next call.
///
/// Each buffer is as long as the longest datagram, so no datagram is ever cut. The buffers cost
/// little memory all the same: the kernel provides a page only when a datagram is written to it.
class ReceiveBatch {
 public:
  static constexpr std::size_t kDatagramsMax = 64;

  ReceiveBatch();

  /// The number of datagrams received, or -1 with errno set.
  int receive(int fd);

  bool is_truncated(std::size_t index) const;
  Bytes payload(std::size_t index) const;
  std::optional<TransportAddress> source(std::size_t index) const;
  /// From IP_PKTINFO or IPV6_PKTINFO, when the socket asks the kernel for it.
  std::optional<IpAddress> destination(std::size_t index) const;

 private:
  static constexpr std::size_t kBufferSize = 65536;
  static constexpr std::size_t kControlSize = 64;
  struct alignas(std::max_align_t) Control {
    std::array<std::uint8_t, kControlSize> bytes;
  };

  void prepare(std::size_t index);

  std::unique_ptr<std::uint8_t[]> buffers_;
  std::array<mmsghdr, kDatagramsMax> messages_{};
  std::array<iovec, kDatagramsMax> vectors_{};
  std::array<PosixAddress, kDatagramsMax> sources_{};
  std::array<Control, kDatagramsMax> controls_{};
  std::size_t used_ = 0;
};

}  // namespace floe::native
