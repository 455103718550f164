#include "send_messages.h"

#include <cerrno>
#include <cstring>

namespace floe::native {

void SendMessages::add(const TransportAddress& to, Bytes payload, std::uint16_t segment) {
  const std::size_t i = size_++;
  destinations_[i] = PosixAddress(to);
  // sendmsg only reads, but its structures are shared with recvmsg and so not const.
  vectors_[i] = {const_cast<std::uint8_t*>(payload.data()), payload.size()};
  msghdr& header = headers_[i].msg_hdr;
  header = {};
  header.msg_name = destinations_[i].get();
  header.msg_namelen = destinations_[i].length();
  header.msg_iov = &vectors_[i];
  header.msg_iovlen = 1;
  if (segment == 0) return;
  header.msg_control = controls_[i].bytes.data();
  header.msg_controllen = controls_[i].bytes.size();
  cmsghdr* control = CMSG_FIRSTHDR(&header);
  control->cmsg_level = IPPROTO_UDP;
  control->cmsg_type = UDP_SEGMENT;
  control->cmsg_len = CMSG_LEN(sizeof segment);
  std::memcpy(CMSG_DATA(control), &segment, sizeof segment);
}

int SendMessages::send(int fd, std::size_t first) {
  return sendmmsg(fd, headers_.data() + first, static_cast<unsigned>(size_ - first),
                  MSG_DONTWAIT | MSG_NOSIGNAL);
}

bool is_queue_full(int error) {
  return error == EAGAIN || error == EWOULDBLOCK || error == ENOBUFS || error == ENOMEM;
}

}  // namespace floe::native
