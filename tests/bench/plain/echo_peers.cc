#include "plain/echo_peers.h"

#include <poll.h>

#include <algorithm>
#include <array>

#include "measure/clocks.h"

namespace floe::bench {
namespace {

constexpr int kBufferBytes = 4 * 1024 * 1024;
/// How soon the thread notices that it is to end.
constexpr std::int64_t kLookUp_ns = 50'000'000;

/// What one recvmmsg() brought, sent back by sendmmsg() from the same memory.
class EchoBatch {
 public:
  EchoBatch() {
    for (std::size_t i = 0; i < messages_.size(); ++i) {
      messages_[i].msg_hdr.msg_name = &sources_[i];
      messages_[i].msg_hdr.msg_iov = &vectors_[i];
      messages_[i].msg_hdr.msg_iovlen = 1;
    }
  }

  /// How many.
  std::size_t echo(int fd) {
    for (std::size_t i = 0; i < kDatagramsMax; ++i) {
      vectors_[i] = {buffers_[i].data(), buffers_[i].size()};
      messages_[i].msg_hdr.msg_namelen = sizeof sources_[i];
    }
    const int came = recvmmsg(fd, messages_.data(), kDatagramsMax, MSG_DONTWAIT, nullptr);
    const auto count = static_cast<unsigned>(std::max(came, 0));
    for (unsigned i = 0; i < count; ++i) {
      vectors_[i].iov_len = messages_[i].msg_len;
      answer_check(i);
    }
    for (unsigned sent = 0; sent < count;) {
      const int more = sendmmsg(fd, messages_.data() + sent, count - sent, MSG_DONTWAIT);
      if (more <= 0) wait_for_room(fd);
      sent += static_cast<unsigned>(std::max(more, 0));
    }
    return count;
  }

 private:
  /// A request of STUN becomes a success response to it, without its FINGERPRINT.
  void answer_check(unsigned i) {
    std::array<std::uint8_t, 2048>& bytes = buffers_[i];
    constexpr std::size_t kFingerprintSize = 8;
    const bool is_check = vectors_[i].iov_len > 20 + kFingerprintSize && bytes[0] == 0 &&
                          bytes[1] == 1 && bytes[4] == 0x21 && bytes[5] == 0x12;
    if (!is_check) return;
    bytes[0] = 1;
    bytes[3] = static_cast<std::uint8_t>(bytes[3] - kFingerprintSize);
    vectors_[i].iov_len -= kFingerprintSize;
  }
  static void wait_for_room(int fd) {
    pollfd waiting{fd, POLLOUT, 0};
    poll(&waiting, 1, 1);
  }

  static constexpr unsigned kDatagramsMax = 64;

  std::array<std::array<std::uint8_t, 2048>, kDatagramsMax> buffers_;
  std::array<sockaddr_in, kDatagramsMax> sources_{};
  std::array<iovec, kDatagramsMax> vectors_{};
  std::array<mmsghdr, kDatagramsMax> messages_{};
};

}  // namespace

EchoPeers::EchoPeers(std::size_t count) : sockets_(count) {
  for (std::size_t i = 0; i < count; ++i) {
    const int fd = sockets_[i].fd();
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &kBufferBytes, sizeof kBufferBytes);
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &kBufferBytes, sizeof kBufferBytes);
    poller_.add(fd, static_cast<std::uint32_t>(i));
  }
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

TransportAddress EchoPeers::address(std::size_t index) const {
  return {IpAddress::v4(127, 0, 0, 1), ntohs(sockets_[index].address().sin_port)};
}

void EchoPeers::run(const std::stop_token& stop) {
  EchoBatch batch;
  while (!stop.stop_requested()) {
    for (const std::uint32_t number : poller_.wait(wall_ns() + kLookUp_ns)) {
      // One batch of each in turn: what is left wakes the thread again.
      echoed_ += batch.echo(sockets_[number].fd());
    }
  }
}

}  // namespace floe::bench
