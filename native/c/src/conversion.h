// Addresses and enumerations of the C API from and to those of the core.
#pragma once

#include <algorithm>
#include <optional>

#include "floe/c/choice.h"
#include "floe/c/output.h"
#include "floe/c/security.h"
#include "floe/ice/agent_config.h"
#include "floe/ice/output.h"
#include "floe/ice/role.h"
#include "floe/ice/send_result.h"
#include "floe/peer/security.h"
#include "floe/types/address.h"

namespace floe::c {

/// Nothing when the family is neither 4 nor 6.
inline std::optional<TransportAddress> from_c(const floe_address& address) {
  if (address.family != 4 && address.family != 6) return std::nullopt;
  const std::size_t size = address.family == 4 ? 4 : 16;
  const std::uint32_t zone = address.family == 4 ? 0 : address.zone;
  return TransportAddress{*IpAddress::from_bytes(Bytes(address.bytes, size), zone), address.port};
}

inline floe_address to_c(const TransportAddress& address) {
  floe_address out{};
  std::ranges::copy(address.ip.bytes(), out.bytes);
  out.zone = address.ip.zone();
  out.port = address.port;
  out.family = address.ip.is_ipv4() ? 4 : 6;
  return out;
}

constexpr floe_state to_c(ice::State state) {
  switch (state) {
    case ice::State::fresh:
      return FLOE_STATE_NEW;
    case ice::State::checking:
      return FLOE_STATE_CHECKING;
    case ice::State::connected:
      return FLOE_STATE_CONNECTED;
    case ice::State::completed:
      return FLOE_STATE_COMPLETED;
    case ice::State::disconnected:
      return FLOE_STATE_DISCONNECTED;
    case ice::State::failed:
      return FLOE_STATE_FAILED;
    case ice::State::closed:
      return FLOE_STATE_CLOSED;
  }
  return FLOE_STATE_CLOSED;
}

constexpr floe_gathering_state to_c(ice::GatheringState state) {
  switch (state) {
    case ice::GatheringState::fresh:
      return FLOE_GATHERING_NEW;
    case ice::GatheringState::gathering:
      return FLOE_GATHERING_GATHERING;
    case ice::GatheringState::complete:
      return FLOE_GATHERING_COMPLETE;
  }
  return FLOE_GATHERING_COMPLETE;
}

constexpr floe_role to_c(ice::Role role) {
  return role == ice::Role::controlling ? FLOE_ROLE_CONTROLLING : FLOE_ROLE_CONTROLLED;
}

constexpr floe_error to_c(ice::SendResult result) {
  switch (result.value()) {
    case ice::SendResult::sent:
      return FLOE_OK;
    case ice::SendResult::no_path:
      return FLOE_ERROR_NOT_CONNECTED;
    case ice::SendResult::queue_full:
      return FLOE_ERROR_QUEUE_FULL;
    case ice::SendResult::too_large:
      return FLOE_ERROR_TOO_BIG;
    case ice::SendResult::refused:
      return FLOE_ERROR_REFUSED;
  }
  return FLOE_ERROR_REFUSED;
}

/// `nomination` must be at most FLOE_NOMINATION_RENOMINATION.
constexpr ice::NominationMode nomination_from_c(std::uint32_t nomination) {
  if (nomination == FLOE_NOMINATION_AGGRESSIVE) return ice::NominationMode::aggressive;
  return nomination == FLOE_NOMINATION_RENOMINATION ? ice::NominationMode::renomination
                                                    : ice::NominationMode::regular;
}

constexpr ice::CandidatePolicy policy_from_c(std::uint32_t policy) {
  return policy == FLOE_POLICY_RELAY ? ice::CandidatePolicy::relay : ice::CandidatePolicy::all;
}

constexpr floe_candidate_type to_c(ice::CandidateType type) {
  switch (type) {
    case ice::CandidateType::host:
      return FLOE_CANDIDATE_HOST;
    case ice::CandidateType::server_reflexive:
      return FLOE_CANDIDATE_SERVER_REFLEXIVE;
    case ice::CandidateType::peer_reflexive:
      return FLOE_CANDIDATE_PEER_REFLEXIVE;
    case ice::CandidateType::relayed:
      return FLOE_CANDIDATE_RELAYED;
  }
  return FLOE_CANDIDATE_HOST;
}

inline floe_candidate to_c(const ice::Candidate& candidate) {
  floe_candidate out{};
  out.address = to_c(candidate.address);
  out.base = to_c(candidate.base);
  out.type = static_cast<std::uint32_t>(to_c(candidate.type));
  out.priority = candidate.priority;
  return out;
}

inline floe_selected_pair to_c(const ice::SelectedPair& pair, ice::ComponentId component) {
  return {to_c(pair.local), to_c(pair.remote), component};
}

/// A view of `secured`, whose own views are of literals, and end in 0.
inline floe_security to_c(const peer::Secured& secured) {
  return {sizeof(floe_security), secured.fingerprint.c_str(), secured.peer_fingerprint.c_str(),
          secured.words.c_str(), secured.protocol.data(),     secured.cipher.data()};
}

}  // namespace floe::c
