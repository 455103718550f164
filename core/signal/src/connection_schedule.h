// When a client gives up an attempt to join, and when it makes the next one.
//
//   start_attempt() ─▶ kJoinTimeout ─▶ handle_lost() ─▶ backoff ─▶ start_attempt()
//   start_attempt() ─▶ handle_joined(): no deadline ─▶ handle_lost() ─▶ backoff, short again after
//                                                      kStableAfter in the room
#pragma once

#include "floe/api/random.h"
#include "floe/ice/backoff.h"
#include "floe/types/time.h"

namespace floe::signal {

/// Between two attempts to join.
inline constexpr Duration kBackoffMin = std::chrono::milliseconds(250);
inline constexpr Duration kBackoffMax = std::chrono::seconds(30);
/// A server that restarts, or a network that changes, is back soon: for this long the attempts are
/// at most kQuickBackoffMax apart.
inline constexpr Duration kQuickFor = std::chrono::seconds(60);
inline constexpr Duration kQuickBackoffMax = std::chrono::seconds(4);
/// A client that was in the room for this long has a connection that works, so the next backoff
/// begins small again.
inline constexpr Duration kStableAfter = std::chrono::seconds(10);

class ConnectionSchedule {
 public:
  void start_attempt(Timestamp now);
  void handle_joined(Timestamp now);
  /// The connection broke, or the attempt was given up.
  void handle_lost(Timestamp now, RandomSource& random);
  /// There are no further attempts.
  void stop() { deadline_ = kNever; }

  Timestamp deadline() const { return deadline_; }

 private:
  Timestamp deadline_ = kNever;
  Timestamp joined_at_ = kNever;  // kNever while the client is not in the room
  Timestamp lost_at_ = kNever;    // kNever after a stable stay
  ice::Backoff quick_{kBackoffMin, kQuickBackoffMax};
  ice::Backoff slow_{kQuickBackoffMax, kBackoffMax};
};

}  // namespace floe::signal
