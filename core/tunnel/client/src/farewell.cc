#include "farewell.h"

namespace floe::tunnel {

void Farewell::handle_fatal(const Error& error) {
  fatal_error_ = error.code;
  last_words_ = error.text;
}

ClientClosed Farewell::of_channel(std::uint16_t code, std::string_view reason, bool was_ready) {
  ClientClosed closed{CloseCause::network, code, {}, was_ready, go_away_};
  if (fatal_error_ != ErrorCode{} || code >= 4000 || go_away_) {
    closed.cause = CloseCause::gateway;
    if (fatal_error_ != ErrorCode{}) closed.code = close_code(fatal_error_);
    // A close frame has no room for a long text (RFC 6455, section 5.5): it may be cut there.
    if (reason.empty() || last_words_.starts_with(reason)) reason = last_words_;
  }
  last_words_ = std::string(reason);
  closed.reason = last_words_;
  return closed;
}

ClientClosed Farewell::of_fault(ErrorCode code, std::string_view reason, bool was_ready) const {
  const CloseCause cause = code == ErrorCode::silent ? CloseCause::silent : CloseCause::protocol;
  return {cause, close_code(code), reason, was_ready, go_away_};
}

}  // namespace floe::tunnel
