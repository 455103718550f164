// Connectivity checks that the peer sends (RFC 8445, section 7.3).
#include "floe/ice/generation.h"
#include "floe/stun/attributes/error_code.h"

namespace floe::ice {

void Generation::answer(const SocketAddress& base, const SocketAddress& source, Bytes message) {
  core_.out.transmit_copy(base, source, message);
  ++core_.counters.check_responses_sent;
}

void Generation::handle_request(Timestamp now, const SocketAddress& base,
                                const SocketAddress& source, const stun::MessageView& request) {
  std::array<std::uint8_t, stun::kMessageSizeMax> buffer;
  const std::string_view remote_ufrag = remote_ ? remote_->credentials.ufrag : std::string_view();
  const auto check = read_check(request, local_, *local_key_, remote_ufrag);
  if (!check) {
    switch (check.error()) {
      case CheckRejection::unauthenticated:
        ++core_.counters.unauthenticated_messages;
        return;
      case CheckRejection::bad_request:
        ++core_.counters.malformed_messages;
        return answer(base, source, write_error(buffer, request, stun::kBadRequest, *local_key_));
      case CheckRejection::unknown_attribute:
        ++core_.counters.malformed_messages;
        return answer(base, source,
                      write_error(buffer, request, stun::kUnknownAttribute, *local_key_));
    }
  }
  ++core_.counters.checks_received;
  if (!settle_role(base, source, request, *check)) return;
  answer(base, source, write_success(buffer, request, source, *local_key_));
  if (remote_) {
    learn_from(now, base, source, check->priority, check->use_candidate);
  } else if (!early_checks_.remember({base, source, std::string(check->sender_ufrag),
                                      check->priority, check->use_candidate})) {
    ++core_.counters.early_checks_dropped;
  }
}

/// Section 7.3.1.1. False: the request was answered with 487 and means nothing more.
bool Generation::settle_role(const SocketAddress& base, const SocketAddress& source,
                             const stun::MessageView& request, const IncomingCheck& check) {
  switch (judge_conflict(core_.role, core_.tie_breaker, check.role, check.tie_breaker)) {
    case ConflictVerdict::no_conflict:
      return true;
    case ConflictVerdict::send_487: {
      ++core_.counters.role_conflicts;
      std::array<std::uint8_t, stun::kMessageSizeMax> buffer;
      answer(base, source, write_error(buffer, request, stun::kRoleConflict, *local_key_));
      return false;
    }
    case ConflictVerdict::switch_role:
      ++core_.counters.role_conflicts;
      core_.role = opposite(core_.role);
      on_role_changed();
      core_.out.event(RoleChanged{});
      return true;
  }
  return true;
}

/// Sections 7.3.1.3 and 7.3.1.4: the source may be a new candidate, and the pair deserves a check
/// of our own.
void Generation::learn_from(Timestamp now, const SocketAddress& base, const SocketAddress& source,
                            std::uint32_t priority, bool use_candidate) {
  const auto local = locals_.find_base(base);
  if (!local) return;
  const Component component = locals_.at(*local).component;
  auto remote = remotes_.find(component, source);
  if (!remote) remote = remotes_.add_peer_reflexive(component, source, priority);
  if (!remote) {
    ++core_.counters.candidates_refused;
    return;
  }
  auto pair = pairs_.find(*local, *remote);
  const bool component_has_its_pair = selected(component) != nullptr;
  if (!pair && (use_candidate || !component_has_its_pair)) pair = add_pair(*local, *remote);
  if (pair) act_on_check(now, *pair, use_candidate);
}

void Generation::act_on_check(Timestamp now, PairIndex index, bool use_candidate) {
  CandidatePair& pair = pairs_.at(index);
  pair.heard = true;
  if (use_candidate && core_.role == Role::controlled) pair.use_candidate_received = true;
  switch (pair.state) {
    case PairState::succeeded:
      if (pair.use_candidate_received && !pair.nominated) set_nominated(now, index);
      return;
    case PairState::removed:
      // The component has its pair; only the peer's nomination is a reason to check another.
      if (!pair.use_candidate_received) return;
      break;
    case PairState::in_progress:
      transactions_.cancel_checks_of(index);
      break;
    case PairState::frozen:
    case PairState::waiting:
    case PairState::failed:
      break;
  }
  pair.state = PairState::waiting;
  pairs_.trigger(index);
}

}  // namespace floe::ice
