// When a connection that has lost its path restarts by itself.
//
// A path that falls silent may come back, so the agent has some seconds alone with its other pairs.
// What failed can only be helped by a new generation (RFC 8445, section 9). Each attempt that
// brings no path doubles the time until the next one. A path ends the count of attempts.
//
//   connected, completed ──▶ nothing is due
//   disconnected ──────────▶ due after kDisconnectedPatience
//   failed ────────────────▶ due after kFailedPatience
//   take(): it is due ─────▶ due again after a back-off, if no check begins before
//   checking ──────────────▶ due after kCheckingPatience, unless a lost path makes it due earlier
//
// A network that came after the end of candidates may hold a better path, or the one that is left
// when today's goes. The peer learns of it only by a restart, which is due after kLatePatience, and
// at most once in kLateRestartsApart.
#pragma once

#include <algorithm>
#include <cstdint>

#include "floe/ice/output.h"
#include "floe/ice/role.h"
#include "floe/types/time.h"

namespace floe::peer {

inline constexpr Duration kDisconnectedPatience = 5s;
inline constexpr Duration kFailedPatience = 500ms;
/// Longer than the 39.5 s of RFC 8863, section 4. With a hundred pairs that are all in vain,
/// `failed` comes only after six minutes (RFC 8445, section 14.3), although nothing new is tried
/// any more.
inline constexpr Duration kCheckingPatience = 60s;
/// After the attempt of number n: 2^n times this, at most kBackOffMax.
inline constexpr Duration kBackOff = 5s;
inline constexpr Duration kBackOffMax = 60s;

/// The addresses of one network come within this time.
inline constexpr Duration kLatePatience = 2s;
inline constexpr Duration kLateRestartsApart = 30s;

class Recovery {
 public:
  /// Of the agent; most are nothing to it.
  void handle_event(const ice::Event& event, ice::Role role);
  /// A controlled agent waits half as long again: if both ends restart at once, their descriptions
  /// cross.
  void handle_state(Timestamp now, ice::State state, ice::Role role);
  void handle_late_network(Timestamp now, ice::Role role);
  /// A restart of either end has begun. It gathers on the late network as well.
  void handle_gathering() { late_due_at_ = kNever; }
  /// Whether the time for a restart has come, which is then counted.
  bool take(Timestamp now, ice::Role role);
  Timestamp deadline() const { return std::min(due_at_, late_due_at_); }
  /// Restarts since the last path.
  std::uint32_t attempts() const { return attempts_; }

 private:
  Duration back_off() const;

  Timestamp due_at_ = kNever;
  Timestamp late_due_at_ = kNever;
  Timestamp not_late_before_{};
  std::uint32_t attempts_ = 0;
  bool is_checking_ = false;    // or was, before the last restart
  bool has_restarted_ = false;  // since the path was lost, or since the last attempt failed
};

}  // namespace floe::peer
