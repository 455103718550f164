#include "echo_peers.h"

#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

#include "floe/native/posix_address.h"

namespace floe::soak {
namespace {

constexpr int kBufferBytes = 8 * 1024 * 1024;
constexpr int kLookUpMs = 50;
constexpr unsigned kBatch = 32;
constexpr std::size_t kSizeMax = 65'536;

/// What one recvmmsg() brought, sent back by sendmmsg() from the same memory.
class Batch {
 public:
  Batch() : bytes_(std::make_unique_for_overwrite<std::uint8_t[]>(kBatch * kSizeMax)) {
    for (unsigned i = 0; i < kBatch; ++i) {
      messages_[i].msg_hdr.msg_name = &sources_[i];
      messages_[i].msg_hdr.msg_iov = &vectors_[i];
      messages_[i].msg_hdr.msg_iovlen = 1;
    }
  }

  unsigned receive(int fd) {
    for (unsigned i = 0; i < kBatch; ++i) {
      vectors_[i] = {bytes_of(i), kSizeMax};
      messages_[i].msg_hdr.msg_namelen = sizeof sources_[i];
    }
    const int came = recvmmsg(fd, messages_.data(), kBatch, MSG_DONTWAIT, nullptr);
    return static_cast<unsigned>(std::max(came, 0));
  }

  /// How many were sent: one that the system refuses is left out.
  unsigned send_back(int fd, unsigned count) {
    unsigned taken = 0;
    unsigned refused = 0;
    for (unsigned i = 0; i < count; ++i) {
      vectors_[i].iov_len = messages_[i].msg_len;
      answer_check(i);
    }
    for (unsigned at = 0; at < count;) {
      const int more = sendmmsg(fd, messages_.data() + at, count - at, MSG_DONTWAIT);
      if (more > 0) {
        at += static_cast<unsigned>(more);
        taken += static_cast<unsigned>(more);
      } else if (errno == EAGAIN && refused++ < kBatch) {
        pollfd room{fd, POLLOUT, 0};
        poll(&room, 1, 10);
      } else {
        ++at;
      }
    }
    return taken;
  }

 private:
  std::uint8_t* bytes_of(unsigned i) { return bytes_.get() + i * kSizeMax; }

  /// A request of STUN becomes a success response to it, without its FINGERPRINT.
  void answer_check(unsigned i) {
    constexpr std::size_t kFingerprintSize = 8;
    std::uint8_t* const bytes = bytes_of(i);
    const bool is_check = vectors_[i].iov_len > 20 + kFingerprintSize && bytes[0] == 0 &&
                          bytes[1] == 1 && bytes[4] == 0x21 && bytes[5] == 0x12;
    if (!is_check) return;
    bytes[0] = 1;
    bytes[3] = static_cast<std::uint8_t>(bytes[3] - kFingerprintSize);
    vectors_[i].iov_len -= kFingerprintSize;
  }

  std::unique_ptr<std::uint8_t[]> bytes_;
  std::array<sockaddr_storage, kBatch> sources_{};
  std::array<iovec, kBatch> vectors_{};
  std::array<mmsghdr, kBatch> messages_{};
};

native::UniqueFd bound(const IpAddress& ip) {
  native::UniqueFd fd(socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  for (const int option : {SO_RCVBUF, SO_SNDBUF, SO_RCVBUFFORCE, SO_SNDBUFFORCE}) {
    (void)setsockopt(fd.get(), SOL_SOCKET, option, &kBufferBytes, sizeof kBufferBytes);
  }
  const native::PosixAddress address({ip, 0});
  if (bind(fd.get(), address.get(), address.length()) != 0) {
    throw std::runtime_error("the echo peers cannot be bound");
  }
  return fd;
}

}  // namespace

EchoPeers::EchoPeers(const IpAddress& ip, std::size_t count) : poll_(epoll_create1(EPOLL_CLOEXEC)) {
  for (std::size_t i = 0; i < count; ++i) {
    sockets_.push_back(bound(ip));
    const int fd = sockets_.back().get();
    addresses_.push_back(native::local_address_of(fd).value());
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = fd;
    epoll_ctl(poll_.get(), EPOLL_CTL_ADD, fd, &event);
  }
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void EchoPeers::run(const std::stop_token& stop) {
  Batch batch;
  std::array<epoll_event, 64> events;
  while (!stop.stop_requested()) {
    const int ready = epoll_wait(poll_.get(), events.data(), events.size(), kLookUpMs);
    for (int i = 0; i < ready; ++i) {
      const int fd = events[static_cast<std::size_t>(i)].data.fd;
      const unsigned came = batch.receive(fd);
      received_ += came;
      returned_ += batch.send_back(fd, came);
    }
  }
}

}  // namespace floe::soak
