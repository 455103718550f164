// One burst of datagrams of one size, sent by one sendmmsg(): the least calls without UDP_SEGMENT.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <span>
#include <vector>

namespace floe::bench {

class PlainOutgoingBatch {
 public:
  /// `payload` is cut into datagrams of `size` bytes; `to` and `payload` must outlive the batch.
  PlainOutgoingBatch(const sockaddr_in& to, std::span<const std::uint8_t> payload,
                     std::size_t size);
  PlainOutgoingBatch(const PlainOutgoingBatch&) = delete;
  PlainOutgoingBatch& operator=(const PlainOutgoingBatch&) = delete;

  /// All of them, with headers that were filled once.
  void send(int fd);

 private:
  std::vector<iovec> vectors_;
  std::vector<mmsghdr> messages_;
};

}  // namespace floe::bench
