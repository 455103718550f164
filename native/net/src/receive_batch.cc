#include "receive_batch.h"

#include <netinet/udp.h>

#include <algorithm>
#include <cstring>

namespace floe::native {
namespace {

template <class Content>
Content content_of(const cmsghdr* control) {
  Content content;
  std::memcpy(&content, CMSG_DATA(control), sizeof content);
  return content;
}

}  // namespace

ReceiveBatch::ReceiveBatch()
    : buffers_(std::make_unique_for_overwrite<std::uint8_t[]>(kMessagesMax * kBufferSize)) {
  for (std::size_t i = 0; i < kMessagesMax; ++i) {
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

int ReceiveBatch::receive(int fd, std::size_t limit) {
  for (std::size_t i = 0; i < used_; ++i) prepare(i);
  used_ = 0;
  const int count =
      recvmmsg(fd, messages_.data(), static_cast<unsigned>(std::min(limit, kMessagesMax)),
               MSG_DONTWAIT, nullptr);
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

ReceivedControl ReceiveBatch::control(std::size_t index) const {
  ReceivedControl control;
  // CMSG_NXTHDR wants a mutable header although it only reads.
  auto* header = const_cast<msghdr*>(&messages_[index].msg_hdr);
  for (cmsghdr* c = CMSG_FIRSTHDR(header); c != nullptr; c = CMSG_NXTHDR(header, c)) {
    if (c->cmsg_level == IPPROTO_UDP && c->cmsg_type == UDP_GRO) {
      control.segment_size = static_cast<std::size_t>(std::max(content_of<int>(c), 0));
    } else if (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_PKTINFO) {
      control.destination = to_ip_address(content_of<in_pktinfo>(c).ipi_addr);
    } else if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPNS) {
      control.came_at = content_of<timespec>(c);
    } else if (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_PKTINFO) {
      const auto info = content_of<in6_pktinfo>(c);
      const IpAddress ip = to_ip_address(info.ipi6_addr, 0);
      control.destination =
          ip.is_link_local() ? to_ip_address(info.ipi6_addr, info.ipi6_ifindex) : ip;
    }
  }
  return control;
}

}  // namespace floe::native
