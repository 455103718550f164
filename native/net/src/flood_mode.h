// What a socket asks of the kernel when it is flooded.
#pragma once

#include <cstddef>
#include <cstdint>

#include "udp_shared.h"

namespace floe::native {

/// Most sockets never see a flood and pay nothing for one. A socket that gets many datagrams by one
/// call first lets the kernel join them (UDP_GRO): an eighth of the work for the kernel, and room
/// for more in the same buffer. When even so a whole call's worth waits, it gets a greater buffer,
/// because at that rate the time in which the loop wakes up fills the usual one.
class FloodMode {
 public:
  explicit FloodMode(UdpShared& shared) : shared_(shared) {}
  ~FloodMode();
  FloodMode(const FloodMode&) = delete;
  FloodMode& operator=(const FloodMode&) = delete;

  /// How many messages the next call is to take, so that they are about kCallDatagrams datagrams:
  /// no socket then holds up the others.
  std::size_t messages_wanted() const { return messages_wanted_; }
  /// A call brought so many `datagrams` in so many `messages`; both more than 0.
  void on_received(int fd, std::size_t messages, std::size_t datagrams);
  /// Nobody reads for a while: the usual buffer again, so that little becomes stale in it.
  void on_paused(int fd);

 private:
  static constexpr std::size_t kBusyDatagrams = 16;
  static constexpr std::size_t kCallDatagrams = 64;
  static constexpr std::size_t kCallMessagesMin = 2;

  void grow(int fd);

  UdpShared& shared_;
  std::uint8_t messages_wanted_ = ReceiveBatch::kMessagesMax;
  bool joins_ = false;
  bool has_grown_ = false;
};

}  // namespace floe::native
