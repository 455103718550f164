#include "floe/rooms/refusal_log.h"

#include <string>

namespace floe::rooms {

void RefusalLog::add(Timestamp now, std::string_view text) {
  ++count_;
  if (now >= window_ends_at_) begin_window(now);
  if (logged_ == kRefusalsLogged) {
    ++left_out_;
    return;
  }
  ++logged_;
  log_.log(LogLevel::warning, server_, text);
}

void RefusalLog::begin_window(Timestamp now) {
  if (left_out_ > 0) {
    log_.log(LogLevel::warning, server_,
             std::to_string(left_out_) + " more refusals were not logged");
  }
  window_ends_at_ = now + kRefusalWindow;
  logged_ = 0;
  left_out_ = 0;
}

}  // namespace floe::rooms
