// When a client sends PING, how long the round trip to the gateway takes, and when the gateway
// counts as dead.
//
// The gateway is dead when no record of any kind came for kPongTimeout after a PING. When
// handle_timeout() is called more than kPongTimeout too late, the machine slept, and records that
// the gateway sent during that time have not been read yet: the client sends one more PING instead.
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

  /// Makes a PING due now, to learn the round trip. Without effect, and false, while no session is
  /// open or the PONG of the last one is outstanding.
  bool ask(Timestamp now);

  /// Any message came.
  void on_heard(Timestamp now) {
    heard_at_ = now;
    forgiven_ = false;
  }
  /// PONG came. Returns the round trip; nothing when it answers no PING.
  std::optional<Duration> on_pong(Timestamp now, std::uint64_t opaque);

  Timestamp deadline() const;
  /// When it returns `ping`, send a PING with opaque().
  Action handle_timeout(Timestamp now);
  std::uint64_t opaque() const { return opaque_; }

 private:
  Duration interval_{};
  Timestamp next_ping_ = kNever;
  std::optional<Timestamp> pinged_at_;  // while its PONG is outstanding
  std::uint64_t opaque_ = 0;
  Timestamp heard_at_{};
  bool forgiven_ = false;  // one late handle_timeout() was forgiven in this silence
};

}  // namespace floe::tunnel
