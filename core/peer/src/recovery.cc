#include "recovery.h"

#include <algorithm>

namespace floe::peer {
namespace {

Duration patience(Duration of_controlling, ice::Role role) {
  return role == ice::Role::controlling ? of_controlling : of_controlling * 3 / 2;
}

}  // namespace

void Recovery::handle_event(const ice::Event& event, ice::Role role) {
  if (const auto* changed = std::get_if<ice::StateChanged>(&event)) {
    handle_state(changed->at, changed->state, role);
  } else if (const auto* late = std::get_if<ice::LateSocketAdded>(&event)) {
    handle_late_network(late->at, role);
  } else if (const auto* gathering = std::get_if<ice::GatheringChanged>(&event)) {
    if (gathering->state == ice::GatheringState::gathering) handle_gathering();
  }
}

void Recovery::handle_state(Timestamp now, ice::State state, ice::Role role) {
  if (state != ice::State::fresh) is_checking_ = state == ice::State::checking;
  switch (state) {
    case ice::State::connected:
    case ice::State::completed:
      attempts_ = 0;
      due_at_ = kNever;
      return;
    case ice::State::checking:
      // Without a restart, a new address of this end is tried: the peer may have moved as well.
      //
      // RFC 8445, section 9: "An ICE agent MAY restart ICE for existing data streams."
      if (has_restarted_ || due_at_ == kNever) due_at_ = now + patience(kCheckingPatience, role);
      return;
    case ice::State::closed:
      due_at_ = kNever;
      late_due_at_ = kNever;
      return;
    case ice::State::disconnected:
      has_restarted_ = false;
      due_at_ = now + patience(std::max(kDisconnectedPatience, back_off()), role);
      return;
    case ice::State::failed:
      has_restarted_ = false;
      due_at_ = now + patience(attempts_ == 0 ? kFailedPatience : back_off(), role);
      return;
    case ice::State::fresh:
      return;
  }
}

void Recovery::handle_late_network(Timestamp now, ice::Role role) {
  if (late_due_at_ != kNever) return;
  late_due_at_ = std::max(now + patience(kLatePatience, role), not_late_before_);
}

bool Recovery::take(Timestamp now, ice::Role role) {
  if (now < deadline()) return false;
  ++attempts_;
  has_restarted_ = true;
  late_due_at_ = kNever;
  not_late_before_ = now + kLateRestartsApart;
  // While there is a path, nothing else is due.
  if (due_at_ != kNever) {
    due_at_ = now + patience(is_checking_ ? kCheckingPatience : back_off(), role);
  }
  return true;
}

Duration Recovery::back_off() const {
  const std::uint32_t doublings = std::min(attempts_, 8u);
  return std::min<Duration>(kBackOff * (1 << doublings), kBackOffMax);
}

}  // namespace floe::peer
