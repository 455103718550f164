// The schedule of one request's retransmissions over UDP (RFC 8489, section 6.2.1).
//
// Owns no bytes and no timer: at deadline() call handle_timeout(now), and send again when it gives
// `resend`. Its owner keeps the request, because a retransmission is identical to the first send.
//
//   waiting --deadline, sends left--> waiting     resend; the wait doubles
//   waiting --last deadline---------> timed out   Rm times the first RTO after the last send
//
// Why the RTO is a parameter: gathering and connectivity checks each compute their own (RFC 8445,
// section 14.3).
#pragma once

#include <chrono>
#include <cstdint>

#include "floe/types/time.h"

namespace floe::stun {

/// "Rc SHOULD be configurable and SHOULD have a default of 7": requests sent in all.
inline constexpr std::uint8_t kSendCountMax = 7;
/// "Rm SHOULD be configurable and SHOULD have a default of 16": the last wait, in RTOs.
inline constexpr std::uint8_t kLastWaitRtos = 16;
/// A longer RTO is cut to this one.
inline constexpr Duration kRtoMax = std::chrono::hours(1);

class Retransmission {
 public:
  enum class Step : std::uint8_t { wait, resend, timed_out };

  /// The first send happens at `now`, by the caller. 0 < `rto` <= kRtoMax; 1 <= `send_count_max`.
  /// A caller for which silence is an answer may wait less after the last send.
  Retransmission(Timestamp now, Duration rto, std::uint8_t send_count_max = kSendCountMax,
                 std::uint8_t last_wait_rtos = kLastWaitRtos);

  Timestamp deadline() const { return deadline_; }
  /// What to do at `now`; `wait` when it is too early.
  Step handle_timeout(Timestamp now);
  std::uint8_t sent() const { return sent_; }
  Timestamp first_sent_at() const { return first_sent_at_; }

 private:
  Timestamp first_sent_at_;
  Timestamp deadline_;
  // In 32 bits, because an agent may hold hundreds of these.
  std::chrono::duration<std::uint32_t, std::micro> rto_;
  std::uint8_t sent_ = 1;
  std::uint8_t send_count_max_;
  std::uint8_t last_wait_rtos_;
};

}  // namespace floe::stun
