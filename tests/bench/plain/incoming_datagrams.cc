#include "plain/incoming_datagrams.h"

#include <algorithm>
#include <cstring>

namespace floe::bench {
namespace {

constexpr std::size_t kAddressSize = 6;
constexpr std::uint8_t kBinaryFrame = 0x82;

}  // namespace

IncomingDatagrams::IncomingDatagrams()
    : buffers_(std::make_unique_for_overwrite<std::uint8_t[]>(kMax * kBufferSize)) {
  for (std::size_t i = 0; i < kMax; ++i) {
    vectors_[i] = {buffers_.get() + i * kBufferSize + kRoom, kBufferSize - kRoom};
    messages_[i].msg_hdr.msg_name = &sources_[i];
    messages_[i].msg_hdr.msg_iov = &vectors_[i];
    messages_[i].msg_hdr.msg_iovlen = 1;
  }
}

std::span<iovec> IncomingDatagrams::receive_as_frames(int fd) {
  for (mmsghdr& message : messages_) message.msg_hdr.msg_namelen = sizeof(sockaddr_in);
  const int came = recvmmsg(fd, messages_.data(), kMax, MSG_DONTWAIT, nullptr);
  const auto count = static_cast<std::size_t>(std::max(came, 0));
  for (std::size_t i = 0; i < count; ++i) frame(i);
  return std::span(frames_).first(count);
}

void IncomingDatagrams::frame(std::size_t index) {
  const std::size_t size = kAddressSize + messages_[index].msg_len;
  const bool is_short = size < 126;
  const std::size_t header = is_short ? 2 : 4;
  auto* const payload = static_cast<std::uint8_t*>(vectors_[index].iov_base);
  std::uint8_t* const begin = payload - kAddressSize - header;
  begin[0] = kBinaryFrame;
  begin[1] = is_short ? static_cast<std::uint8_t>(size) : 126;
  if (!is_short) {
    begin[2] = static_cast<std::uint8_t>(size >> 8);
    begin[3] = static_cast<std::uint8_t>(size);
  }
  std::memcpy(begin + header, &sources_[index].sin_addr, 4);
  std::memcpy(begin + header + 4, &sources_[index].sin_port, 2);
  frames_[index] = {begin, header + size};
}

}  // namespace floe::bench
