#include "send_messages.h"

#include <cerrno>
#include <cstring>

namespace floe::native {

void SendMessages::add(const TransportAddress& to, std::uint16_t segment) {
  const std::size_t i = size_++;
  destinations_[i] = PosixAddress(to);
  msghdr& header = headers_[i].msg_hdr;
  header = {};
  header.msg_name = destinations_[i].get();
  header.msg_namelen = destinations_[i].length();
  header.msg_iov = vectors_.data() + pieces_;
  if (segment == 0) return;
  header.msg_control = controls_[i].bytes.data();
  header.msg_controllen = controls_[i].bytes.size();
  cmsghdr* control = CMSG_FIRSTHDR(&header);
  control->cmsg_level = IPPROTO_UDP;
  control->cmsg_type = UDP_SEGMENT;
  control->cmsg_len = CMSG_LEN(sizeof segment);
  std::memcpy(CMSG_DATA(control), &segment, sizeof segment);
}

void SendMessages::add_piece(Bytes piece) {
  msghdr& header = headers_[size_ - 1].msg_hdr;
  // sendmsg only reads, but its structures are shared with recvmsg and so not const.
  auto* begin = const_cast<std::uint8_t*>(piece.data());
  if (header.msg_iovlen != 0) {
    iovec& before = vectors_[pieces_ - 1];
    if (static_cast<std::uint8_t*>(before.iov_base) + before.iov_len == begin) {
      before.iov_len += piece.size();
      return;
    }
  }
  vectors_[pieces_++] = {begin, piece.size()};
  ++header.msg_iovlen;
}

int SendMessages::send(int fd, std::size_t first) {
  return sendmmsg(fd, headers_.data() + first, static_cast<unsigned>(size_ - first),
                  MSG_DONTWAIT | MSG_NOSIGNAL);
}

bool is_queue_full(int error) {
  return error == EAGAIN || error == EWOULDBLOCK || error == ENOBUFS || error == ENOMEM;
}

}  // namespace floe::native
