#include "check_server.h"

#include <array>

#include "floe/stun/attributes/error_code.h"

namespace floe::ice {

void CheckServer::answer(const Route& path, Bytes message) {
  core_.out.transmit_copy(path.local, path.remote, message);
  ++core_.counters.check_responses_sent;
}

void CheckServer::refuse(const Route& path, const stun::MessageView& request, std::uint16_t code) {
  std::array<std::uint8_t, stun::kMessageSizeMax> buffer;
  answer(path, write_error(buffer, request, code, *own_key_));
}

void CheckServer::accept(Timestamp now, const Route& path, const stun::MessageView& request,
                         std::optional<StreamComponent> component) {
  CheckRider rider;
  if (component) {
    riders_.give(now, *component, request);
    rider = riders_.take(now, *component, RidesIn::answer);
  }
  std::array<std::uint8_t, stun::kMessageSizeMax> buffer;
  answer(path, write_success(buffer, request, path.remote, *own_key_, rider));
}

std::optional<IncomingCheck> CheckServer::read(const Route& path, const stun::MessageView& request,
                                               std::string_view remote_ufrag) {
  const auto check = read_check(request, own_, *own_key_, remote_ufrag);
  if (check) return *check;
  switch (check.error()) {
    case CheckRejection::unauthenticated:
      ++core_.counters.unauthenticated_messages;
      break;
    case CheckRejection::bad_request:
      ++core_.counters.malformed_messages;
      refuse(path, request, stun::kBadRequest);
      break;
    case CheckRejection::unknown_attribute:
      ++core_.counters.malformed_messages;
      refuse(path, request, stun::kUnknownAttribute);
      break;
  }
  return std::nullopt;
}

ConflictVerdict CheckServer::judge_role(const Route& path, const stun::MessageView& request,
                                        const IncomingCheck& check, bool role_is_given) {
  if (!check.role) return ConflictVerdict::no_conflict;
  auto verdict = judge_conflict(core_.role(), core_.tie_breaker(), *check.role, check.tie_breaker);
  if (role_is_given && verdict == ConflictVerdict::switch_role) verdict = ConflictVerdict::send_487;
  if (verdict != ConflictVerdict::no_conflict) ++core_.counters.role_conflicts;
  if (verdict == ConflictVerdict::send_487) refuse(path, request, stun::kRoleConflict);
  return verdict;
}

void CheckServer::remember(const HeardCheck& check) {
  if (!early_checks_.remember(check)) ++core_.counters.early_checks_dropped;
}

std::vector<HeardCheck> CheckServer::release_early_checks(std::string_view remote_ufrag) {
  std::vector<HeardCheck> checks = early_checks_.release();
  core_.counters.unauthenticated_messages += std::erase_if(
      checks, [&](const HeardCheck& check) { return check.sender_ufrag != remote_ufrag; });
  return checks;
}

}  // namespace floe::ice
