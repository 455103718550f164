// Datagrams of one pass, sent by as few sendmmsg() as there can be: a message each, or a message
// for each run of one size to one destination, which the kernel cuts (UDP_SEGMENT).
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <span>

namespace floe::bench {

class OutgoingDatagrams {
 public:
  explicit OutgoingDatagrams(bool in_segments) : in_segments_(in_segments) {}

  /// `payload` must be there until flush().
  void add(int fd, const sockaddr_in& to, std::span<const std::uint8_t> payload);
  /// Waits for room when there is none.
  void flush(int fd);

 private:
  static constexpr std::size_t kMessagesMax = 64;
  static constexpr std::size_t kSegmentsMax = 64;  // the kernel's UDP_MAX_SEGMENTS
  static constexpr std::size_t kRunBytesMax = 65'000;
  static constexpr std::size_t kVectorsMax = 1024;

  struct Run {
    sockaddr_in to{};
    std::size_t size = 0;
    alignas(cmsghdr) std::array<std::uint8_t, CMSG_SPACE(sizeof(std::uint16_t))> control{};
  };

  bool continues_run(const sockaddr_in& to, std::size_t size) const;
  void begin_run(const sockaddr_in& to, std::size_t size);
  void tell_size(std::size_t index);

  bool in_segments_;
  std::array<Run, kMessagesMax> runs_;
  std::array<mmsghdr, kMessagesMax> messages_{};
  std::array<iovec, kVectorsMax> vectors_{};
  std::size_t messages_used_ = 0;
  std::size_t vectors_used_ = 0;
};

}  // namespace floe::bench
