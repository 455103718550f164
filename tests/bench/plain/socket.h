// A UDP socket on 127.0.0.1 and the bare system calls on it: the floor that agents stand on.
#pragma once

#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "floe/native/unique_fd.h"

namespace floe::bench {

class PlainSocket {
 public:
  PlainSocket();

  int fd() const { return fd_.get(); }
  const sockaddr_in& address() const { return address_; }

  void send(const sockaddr_in& to, std::span<const std::uint8_t> payload) const;
  /// All of them in one call, the kernel cutting (UDP_SEGMENT).
  void send_segments(const sockaddr_in& to, std::span<const std::uint8_t> payload,
                     std::uint16_t segment) const;
  /// By recvfrom(). False when nothing is there.
  bool receive(std::span<std::uint8_t> buffer, sockaddr_in& from) const;

 private:
  native::UniqueFd fd_;
  sockaddr_in address_{};
};

/// Room for what one recvmmsg() call can bring, as big as an agent's.
class PlainBatch {
 public:
  static constexpr std::size_t kDatagramsMax = 64;

  PlainBatch();
  /// How many came.
  std::size_t receive(int fd);
  std::span<const std::uint8_t> payload(std::size_t index) const {
    return {buffers_.get() + index * kBufferSize, messages_[index].msg_len};
  }

 private:
  static constexpr std::size_t kBufferSize = 65536;

  std::unique_ptr<std::uint8_t[]> buffers_;
  std::array<mmsghdr, kDatagramsMax> messages_{};
  std::array<iovec, kDatagramsMax> vectors_{};
  std::array<sockaddr_in, kDatagramsMax> sources_{};
  std::size_t used_ = kDatagramsMax;
};

/// An epoll set of sockets, each with a number.
class PlainPoller {
 public:
  PlainPoller();
  void add(int fd, std::uint32_t number) const { add(fd, number, EPOLLIN); }
  /// Tells once when there is something to read, and once when there is room again to send.
  void add_stream(int fd, std::uint32_t number) const {
    add(fd, number, EPOLLIN | EPOLLOUT | EPOLLET);
  }
  /// The numbers of sockets that are readable; waits until `end_ns` of CLOCK_MONOTONIC, or without
  /// limit.
  static constexpr std::int64_t kNoEnd = -1;
  std::span<const std::uint32_t> wait(std::int64_t end_ns = kNoEnd);

 private:
  void add(int fd, std::uint32_t number, std::uint32_t events) const;

  static constexpr int kReadyMax = 256;

  native::UniqueFd fd_;
  std::array<std::uint32_t, kReadyMax> ready_{};
};

}  // namespace floe::bench
