#include "plain/socket.h"

#include <netinet/udp.h>

#include <algorithm>
#include <cstring>

#include "measure/clocks.h"
#include "measure/program.h"

namespace floe::bench {

PlainSocket::PlainSocket() : fd_(socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
  require(fd_.is_open(), "no socket");
  const int buffer = 256 * 1024;  // what an agent's socket has
  setsockopt(fd(), SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
  address_.sin_family = AF_INET;
  address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address_;
  auto* const any = reinterpret_cast<sockaddr*>(&address_);
  require(bind(fd(), any, size) == 0 && getsockname(fd(), any, &size) == 0, "not bound");
}

void PlainSocket::send(const sockaddr_in& to, std::span<const std::uint8_t> payload) const {
  const ssize_t sent = sendto(fd(), payload.data(), payload.size(), MSG_DONTWAIT | MSG_NOSIGNAL,
                              reinterpret_cast<const sockaddr*>(&to), sizeof to);
  require(sent == static_cast<ssize_t>(payload.size()), "not sent");
}

void PlainSocket::send_segments(const sockaddr_in& to, std::span<const std::uint8_t> payload,
                                std::uint16_t segment) const {
  alignas(cmsghdr) std::array<std::uint8_t, CMSG_SPACE(sizeof segment)> control{};
  iovec vector{const_cast<std::uint8_t*>(payload.data()), payload.size()};
  msghdr header{};
  header.msg_name = const_cast<sockaddr_in*>(&to);
  header.msg_namelen = sizeof to;
  header.msg_iov = &vector;
  header.msg_iovlen = 1;
  header.msg_control = control.data();
  header.msg_controllen = control.size();
  cmsghdr* const option = CMSG_FIRSTHDR(&header);
  option->cmsg_level = IPPROTO_UDP;
  option->cmsg_type = UDP_SEGMENT;
  option->cmsg_len = CMSG_LEN(sizeof segment);
  std::memcpy(CMSG_DATA(option), &segment, sizeof segment);
  require(sendmsg(fd(), &header, MSG_DONTWAIT | MSG_NOSIGNAL) > 0, "not sent in segments");
}

bool PlainSocket::receive(std::span<std::uint8_t> buffer, sockaddr_in& from) const {
  socklen_t size = sizeof from;
  return recvfrom(fd(), buffer.data(), buffer.size(), MSG_DONTWAIT,
                  reinterpret_cast<sockaddr*>(&from), &size) >= 0;
}

PlainBatch::PlainBatch()
    : buffers_(std::make_unique_for_overwrite<std::uint8_t[]>(kDatagramsMax * kBufferSize)) {
  for (std::size_t i = 0; i < kDatagramsMax; ++i) {
    vectors_[i] = {buffers_.get() + i * kBufferSize, kBufferSize};
    messages_[i].msg_hdr.msg_name = &sources_[i];
    messages_[i].msg_hdr.msg_iov = &vectors_[i];
    messages_[i].msg_hdr.msg_iovlen = 1;
  }
}

std::size_t PlainBatch::receive(int fd) {
  for (std::size_t i = 0; i < used_; ++i) messages_[i].msg_hdr.msg_namelen = sizeof(sockaddr_in);
  const int count = recvmmsg(fd, messages_.data(), kDatagramsMax, MSG_DONTWAIT, nullptr);
  used_ = static_cast<std::size_t>(std::max(count, 0));
  return used_;
}

PlainPoller::PlainPoller() : fd_(epoll_create1(EPOLL_CLOEXEC)) {
  require(fd_.is_open(), "no epoll");
}

void PlainPoller::add(int fd, std::uint32_t number, std::uint32_t events) const {
  epoll_event event{};
  event.events = events;
  event.data.u32 = number;
  require(epoll_ctl(fd_.get(), EPOLL_CTL_ADD, fd, &event) == 0, "not watched");
}

std::span<const std::uint32_t> PlainPoller::wait(std::int64_t end_ns) {
  std::array<epoll_event, kReadyMax> events;
  int count = 0;
  if (end_ns == kNoEnd) {
    count = epoll_wait(fd_.get(), events.data(), kReadyMax, -1);
  } else {
    // Exact to the nanosecond and without a descriptor of its own: no call is cheaper.
    const std::int64_t left = std::max<std::int64_t>(end_ns - wall_ns(), 0);
    const timespec timeout{static_cast<time_t>(left / 1'000'000'000),
                           static_cast<long>(left % 1'000'000'000)};
    count = epoll_pwait2(fd_.get(), events.data(), kReadyMax, &timeout, nullptr);
  }
  const auto ready = static_cast<std::size_t>(std::max(count, 0));
  for (std::size_t i = 0; i < ready; ++i) ready_[i] = events[i].data.u32;
  return {ready_.data(), ready};
}

}  // namespace floe::bench
