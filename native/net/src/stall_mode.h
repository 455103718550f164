// What a socket does with datagrams that nobody reads for long.
#pragma once

#include <ctime>
#include <memory>
#include <optional>

#include "floe/native/loop.h"
#include "udp_shared.h"

namespace floe::native {

/// A socket whose owner does not read keeps datagrams in the kernel. After kStaleAfter they are
/// worth nothing and cost memory: the socket throws away what waits, keeps little from then on, and
/// when its owner reads again gives it only what came within the last kStaleAfter.
///
///   reading --pause()--> pausing --kStaleAfter--> stalled --resume()--> catching up
///   catching up --the first datagram that is not stale--> reading
///
/// Why a timer: a pause is short as a rule, and then costs no system call.
class StallMode final : private TimerListener {
 public:
  static constexpr Duration kStaleAfter = std::chrono::milliseconds(250);
  /// So many sockets keep UdpOptions::small_buffer_bytes while they are stalled; more keep the
  /// least.
  static constexpr std::size_t kKeepersMax = 512;
  static constexpr int kLeastBufferBytes = 4 * 1024;

  StallMode(Loop& loop, UdpShared& shared) : loop_(loop), shared_(shared) {}
  ~StallMode();
  StallMode(const StallMode&) = delete;
  StallMode& operator=(const StallMode&) = delete;

  void pause(int fd);
  void resume();

  /// Whether is_stale() has to be asked about what was read.
  bool is_catching_up() const { return state_ == State::catching_up; }
  /// Whether a datagram with this stamp of the kernel must be thrown away.
  static bool is_stale(const std::optional<timespec>& came_at);
  /// Nothing old waits any more.
  void end(int usual_buffer_bytes);

 private:
  enum class State : std::uint8_t { reading, pausing, stalled, catching_up };
  static constexpr int kCallsMax = 32;

  void handle_timeout(Timestamp now) override;
  void empty();
  void leave_stalled();

  Loop& loop_;
  UdpShared& shared_;
  std::unique_ptr<Timer> timer_;  // comes with the first pause
  int fd_ = -1;
  State state_ = State::reading;
  bool keeps_ = false;
};

}  // namespace floe::native
