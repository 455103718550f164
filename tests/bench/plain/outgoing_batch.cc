#include "plain/outgoing_batch.h"

#include "measure/program.h"

namespace floe::bench {

PlainOutgoingBatch::PlainOutgoingBatch(const sockaddr_in& to, std::span<const std::uint8_t> payload,
                                       std::size_t size)
    : vectors_(payload.size() / size), messages_(vectors_.size()) {
  for (std::size_t i = 0; i < vectors_.size(); ++i) {
    // The kernel only reads, but its structures are shared with recvmmsg() and so not const.
    vectors_[i] = {const_cast<std::uint8_t*>(payload.data() + i * size), size};
    messages_[i].msg_hdr.msg_name = const_cast<sockaddr_in*>(&to);
    messages_[i].msg_hdr.msg_namelen = sizeof to;
    messages_[i].msg_hdr.msg_iov = &vectors_[i];
    messages_[i].msg_hdr.msg_iovlen = 1;
  }
}

void PlainOutgoingBatch::send(int fd) {
  const auto count = static_cast<unsigned>(messages_.size());
  const int sent = sendmmsg(fd, messages_.data(), count, MSG_DONTWAIT | MSG_NOSIGNAL);
  require(sent == static_cast<int>(count), "not sent in a batch");
}

}  // namespace floe::bench
