#include "floe/stun/retransmission.h"

#include <algorithm>

namespace floe::stun {

Retransmission::Retransmission(Timestamp now, Duration rto, std::uint8_t send_count_max,
                               std::uint8_t last_wait_rtos)
    : first_sent_at_(now),
      deadline_(now),
      rto_(std::min(rto, kRtoMax)),
      send_count_max_(send_count_max),
      last_wait_rtos_(last_wait_rtos) {
  deadline_ += Duration(rto_) * (send_count_max_ == 1 ? last_wait_rtos_ : 1);
}

Retransmission::Step Retransmission::handle_timeout(Timestamp now) {
  if (now < deadline_) return Step::wait;
  if (sent_ == send_count_max_) {
    deadline_ = kNever;
    return Step::timed_out;
  }
  // "A client SHOULD retransmit a STUN request message starting with an interval of RTO
  // ("Retransmission TimeOut"), doubling after each retransmission." The next wait starts now, not
  // when this one was due: after a suspended machine wakes, the sends it missed must not go out in
  // one burst.
  ++sent_;
  const bool last = sent_ == send_count_max_;
  deadline_ = now + Duration(rto_) * (last ? last_wait_rtos_ : std::int64_t{1} << (sent_ - 1));
  return Step::resend;
}

}  // namespace floe::stun
