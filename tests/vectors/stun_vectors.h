// STUN messages with what is to be read of them: data, compiled in, so that the tests need no file
// system under Node either. The .inc files say where each message comes from.
#pragma once

#include <cstdint>
#include <string_view>

#include "connectivity_check.h"
#include "floe/stun/message_view.h"

namespace floe::vectors {

/// A message that is right. Bytes are in hexadecimal, spaces mean nothing; an attribute that is
/// not there is empty or 0.
struct StunMessage {
  std::string_view name;
  std::string_view hex;
  std::uint16_t type;
  std::string_view transaction_id;
  std::string_view key;  ///< of MESSAGE-INTEGRITY, or of its SHA-256 sister
  bool is_sha256;
  bool has_fingerprint;
  std::string_view software;
  std::string_view username;
  std::string_view realm;
  std::string_view nonce;
  std::string_view mapped_address;
  std::uint32_t priority;
  std::uint64_t ice_controlled;
  std::string_view attribute_types;  ///< all before MESSAGE-INTEGRITY, in order
};

/// A datagram that is no message.
struct MalformedMessage {
  std::string_view name;
  std::string_view hex;
  stun::ParseError error;
};

/// A message with one attribute that cannot be read.
struct MalformedAttribute {
  std::string_view name;
  std::string_view hex;
  stun::AttributeType type;
  stun::AttributeError error;
};

/// A Binding request that is no check for the agent below.
struct RejectedCheck {
  std::string_view name;
  std::string_view hex;
  ice::CheckRejection rejection;
};

inline constexpr std::string_view kReceiverUfrag = "LUfr";
inline constexpr std::string_view kReceiverPassword = "receiverPassword/0123456";
inline constexpr std::string_view kSenderUfrag = "rUfr";

inline constexpr StunMessage kStunMessages[] = {
#include "stun_messages.inc"
};

inline constexpr MalformedMessage kMalformedMessages[] = {
#include "stun_malformed_messages.inc"
};

inline constexpr MalformedAttribute kMalformedAttributes[] = {
#include "stun_malformed_attributes.inc"
};

inline constexpr RejectedCheck kRejectedChecks[] = {
#include "ice_rejected_checks.inc"
};

}  // namespace floe::vectors
