#include "plain/outgoing_datagrams.h"

#include <netinet/udp.h>
#include <poll.h>

#include <algorithm>
#include <cstring>

namespace floe::bench {
namespace {

void wait_for_room(int fd) {
  pollfd waiting{fd, POLLOUT, 0};
  poll(&waiting, 1, 1);
}

}  // namespace

void OutgoingDatagrams::add(int fd, const sockaddr_in& to, std::span<const std::uint8_t> payload) {
  if (vectors_used_ == kVectorsMax) flush(fd);
  if (!continues_run(to, payload.size())) {
    if (messages_used_ == kMessagesMax) flush(fd);
    begin_run(to, payload.size());
  }
  vectors_[vectors_used_++] = {const_cast<std::uint8_t*>(payload.data()), payload.size()};
  ++messages_[messages_used_ - 1].msg_hdr.msg_iovlen;
}

bool OutgoingDatagrams::continues_run(const sockaddr_in& to, std::size_t size) const {
  if (!in_segments_ || messages_used_ == 0) return false;
  const Run& run = runs_[messages_used_ - 1];
  const std::size_t count = messages_[messages_used_ - 1].msg_hdr.msg_iovlen;
  return run.size == size && run.to.sin_port == to.sin_port &&
         run.to.sin_addr.s_addr == to.sin_addr.s_addr && count < kSegmentsMax &&
         (count + 1) * size <= kRunBytesMax;
}

void OutgoingDatagrams::begin_run(const sockaddr_in& to, std::size_t size) {
  Run& run = runs_[messages_used_];
  run.to = to;
  run.size = size;
  msghdr& header = messages_[messages_used_].msg_hdr;
  header = {};
  header.msg_name = &run.to;
  header.msg_namelen = sizeof run.to;
  header.msg_iov = &vectors_[vectors_used_];
  ++messages_used_;
}

void OutgoingDatagrams::tell_size(std::size_t index) {
  msghdr& header = messages_[index].msg_hdr;
  if (header.msg_iovlen < 2) return;
  const auto size = static_cast<std::uint16_t>(runs_[index].size);
  header.msg_control = runs_[index].control.data();
  header.msg_controllen = runs_[index].control.size();
  cmsghdr* const option = CMSG_FIRSTHDR(&header);
  option->cmsg_level = IPPROTO_UDP;
  option->cmsg_type = UDP_SEGMENT;
  option->cmsg_len = CMSG_LEN(sizeof size);
  std::memcpy(CMSG_DATA(option), &size, sizeof size);
}

void OutgoingDatagrams::flush(int fd) {
  for (std::size_t i = 0; i < messages_used_; ++i) tell_size(i);
  for (std::size_t sent = 0; sent < messages_used_;) {
    const int more = sendmmsg(fd, &messages_[sent], static_cast<unsigned>(messages_used_ - sent),
                              MSG_DONTWAIT | MSG_NOSIGNAL);
    if (more <= 0) wait_for_room(fd);
    sent += static_cast<std::size_t>(std::max(more, 0));
  }
  messages_used_ = 0;
  vectors_used_ = 0;
}

}  // namespace floe::bench
