// The client's life signs: when to PING, what the round trip to the gateway is, and when the
// gateway counts as dead.
//
// Owned and driven by Client. The gateway is dead when nothing at all, a PONG or other, came for
// kPongTimeout after a PING. Asked more than kPongTimeout too late, it pings again instead, once:
// the machine slept, and what the gateway sent meanwhile has not been read yet.
#pragma once

#include <cstdint>
#include <optional>

#include "floe/types/time.h"

namespace floe::tunnel {

inline constexpr Duration kPongTimeout = std::chrono::seconds(10);

class KeepAlive {
 public:
  enum class Action : std::uint8_t { none, ping, give_up };

  /// The session is open: the first PING is due at once, to learn the round trip.
  void start(Timestamp now, Duration interval);
  void stop();

  /// Any message came.
  void on_heard(Timestamp now) {
    heard_at_ = now;
    forgiven_ = false;
  }
  /// PONG came. The round trip, unless it answers no PING.
  std::optional<Duration> on_pong(Timestamp now, std::uint64_t opaque);

  Timestamp deadline() const;
  /// On ping, send a PING with opaque().
  Action handle_timeout(Timestamp now);
  std::uint64_t opaque() const { return opaque_; }

 private:
  Duration interval_{};
  Timestamp next_ping_ = kNever;
  std::optional<Timestamp> pinged_at_;  // while its PONG is outstanding
  std::uint64_t opaque_ = 0;
  Timestamp heard_at_{};
  bool forgiven_ = false;  // the silence so far, for being asked late
};

}  // namespace floe::tunnel
