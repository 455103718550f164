#include "plain/echo_peers.h"

#include <algorithm>
#include <array>

#include "measure/clocks.h"
#include "plain/outgoing_datagrams.h"

namespace floe::bench {
namespace {

constexpr int kBufferBytes = 4 * 1024 * 1024;
/// How soon the thread notices that it is to end.
constexpr std::int64_t kLookUp_ns = 50'000'000;

/// What one recvmmsg() brought, sent back from the same memory.
class EchoBatch {
 public:
  EchoBatch() {
    for (std::size_t i = 0; i < messages_.size(); ++i) {
      messages_[i].msg_hdr.msg_name = &sources_[i];
      messages_[i].msg_hdr.msg_iov = &vectors_[i];
      messages_[i].msg_hdr.msg_iovlen = 1;
      vectors_[i] = {buffers_[i].data(), buffers_[i].size()};
    }
  }

  /// How many.
  std::size_t echo(int fd) {
    for (mmsghdr& message : messages_) message.msg_hdr.msg_namelen = sizeof(sockaddr_in);
    const int came = recvmmsg(fd, messages_.data(), kDatagramsMax, MSG_DONTWAIT, nullptr);
    const auto count = static_cast<std::size_t>(std::max(came, 0));
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t size = answer_check(buffers_[i], messages_[i].msg_len);
      answers_.add(fd, sources_[i], std::span(buffers_[i]).first(size));
    }
    answers_.flush(fd);
    return count;
  }
  /// Of the first of them.
  const sockaddr_in& source() const { return sources_.front(); }

 private:
  using Buffer = std::array<std::uint8_t, 2048>;

  /// A request of STUN becomes a success response to it, without its FINGERPRINT. The size of what
  /// is there then.
  static std::size_t answer_check(Buffer& bytes, std::size_t size) {
    constexpr std::size_t kFingerprintSize = 8;
    const bool is_check = size > 20 + kFingerprintSize && bytes[0] == 0 && bytes[1] == 1 &&
                          bytes[4] == 0x21 && bytes[5] == 0x12;
    if (!is_check) return size;
    bytes[0] = 1;
    bytes[3] = static_cast<std::uint8_t>(bytes[3] - kFingerprintSize);
    return size - kFingerprintSize;
  }

  static constexpr unsigned kDatagramsMax = 64;

  std::array<Buffer, kDatagramsMax> buffers_;
  std::array<sockaddr_in, kDatagramsMax> sources_{};
  std::array<iovec, kDatagramsMax> vectors_{};
  std::array<mmsghdr, kDatagramsMax> messages_{};
  OutgoingDatagrams answers_{true};
};

/// As much as root may; others get what the system allows.
void enlarge_buffers(int fd) {
  setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &kBufferBytes, sizeof kBufferBytes);
  setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &kBufferBytes, sizeof kBufferBytes);
  setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &kBufferBytes, sizeof kBufferBytes);
  setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &kBufferBytes, sizeof kBufferBytes);
}

}  // namespace

EchoPeers::EchoPeers(std::size_t count) : sockets_(count) {
  for (std::size_t i = 0; i < count; ++i) {
    enlarge_buffers(sockets_[i].fd());
    poller_.add(sockets_[i].fd(), static_cast<std::uint32_t>(i));
  }
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

TransportAddress EchoPeers::address(std::size_t index) const {
  return {IpAddress::v4(127, 0, 0, 1), ntohs(sockets_[index].address().sin_port)};
}

sockaddr_in EchoPeers::last_source() const {
  sockaddr_in source{};
  source.sin_family = AF_INET;
  source.sin_port = last_port_;
  source.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return source;
}

void EchoPeers::run(const std::stop_token& stop) {
  EchoBatch batch;
  while (!stop.stop_requested()) {
    for (const std::uint32_t number : poller_.wait(wall_ns() + kLookUp_ns)) {
      // One batch of each in turn: what is left wakes the thread again.
      echoed_ += batch.echo(sockets_[number].fd());
      last_port_ = batch.source().sin_port;
    }
  }
}

}  // namespace floe::bench
