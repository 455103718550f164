#include "receive_batch.h"

#include <netinet/in.h>

#include <cstring>

namespace floe::native {

ReceiveBatch::ReceiveBatch()
    : buffers_(std::make_unique_for_overwrite<std::uint8_t[]>(kDatagramsMax * kBufferSize)) {
  for (std::size_t i = 0; i < kDatagramsMax; ++i) {
    vectors_[i] = {buffers_.get() + i * kBufferSize, kBufferSize};
    prepare(i);
  }
}

// Fills a header; to be repeated before the next call, since the kernel overwrites its lengths.
void ReceiveBatch::prepare(std::size_t i) {
  msghdr& header = messages_[i].msg_hdr;
  sources_[i].prepare_for_kernel();
  header.msg_name = sources_[i].get();
  header.msg_namelen = sources_[i].length();
  header.msg_iov = &vectors_[i];
  header.msg_iovlen = 1;
  header.msg_control = controls_[i].bytes.data();
  header.msg_controllen = kControlSize;
  header.msg_flags = 0;
}

int ReceiveBatch::receive(int fd) {
  for (std::size_t i = 0; i < used_; ++i) prepare(i);
  used_ = 0;
  const int count = recvmmsg(fd, messages_.data(), kDatagramsMax, MSG_DONTWAIT, nullptr);
  if (count > 0) used_ = static_cast<std::size_t>(count);
  return count;
}

bool ReceiveBatch::is_truncated(std::size_t index) const {
  return (messages_[index].msg_hdr.msg_flags & MSG_TRUNC) != 0;
}

Bytes ReceiveBatch::payload(std::size_t index) const {
  return {buffers_.get() + index * kBufferSize, messages_[index].msg_len};
}

std::optional<TransportAddress> ReceiveBatch::source(std::size_t index) const {
  return sources_[index].to_socket_address();
}

std::optional<IpAddress> ReceiveBatch::destination(std::size_t index) const {
  // CMSG_NXTHDR wants a mutable header although it only reads.
  auto* header = const_cast<msghdr*>(&messages_[index].msg_hdr);
  for (cmsghdr* c = CMSG_FIRSTHDR(header); c != nullptr; c = CMSG_NXTHDR(header, c)) {
    if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_PKTINFO) {
      in_pktinfo info;
      std::memcpy(&info, CMSG_DATA(c), sizeof info);
      return to_ip_address(info.ipi_addr);
    }
    if (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_PKTINFO) {
      in6_pktinfo info;
      std::memcpy(&info, CMSG_DATA(c), sizeof info);
      const IpAddress ip = to_ip_address(info.ipi6_addr, 0);
      return ip.is_link_local() ? to_ip_address(info.ipi6_addr, info.ipi6_ifindex) : ip;
    }
  }
  return std::nullopt;
}

}  // namespace floe::native
