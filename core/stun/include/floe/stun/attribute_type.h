// The registry of attribute types that this implementation knows.
#pragma once

#include <cstdint>

namespace floe::stun {

enum class AttributeType : std::uint16_t {
  mapped_address = 0x0001,             // RFC 8489
  change_request = 0x0003,             // RFC 5780
  source_address = 0x0004,             // RFC 3489
  changed_address = 0x0005,            // RFC 3489
  username = 0x0006,                   // RFC 8489
  message_integrity = 0x0008,          // RFC 8489
  error_code = 0x0009,                 // RFC 8489
  unknown_attributes = 0x000A,         // RFC 8489
  channel_number = 0x000C,             // RFC 8656
  lifetime = 0x000D,                   // RFC 8656
  xor_peer_address = 0x0012,           // RFC 8656
  data = 0x0013,                       // RFC 8656
  realm = 0x0014,                      // RFC 8489
  nonce = 0x0015,                      // RFC 8489
  xor_relayed_address = 0x0016,        // RFC 8656
  requested_address_family = 0x0017,   // RFC 8656
  even_port = 0x0018,                  // RFC 8656
  requested_transport = 0x0019,        // RFC 8656
  dont_fragment = 0x001A,              // RFC 8656
  message_integrity_sha256 = 0x001C,   // RFC 8489
  password_algorithm = 0x001D,         // RFC 8489
  userhash = 0x001E,                   // RFC 8489
  xor_mapped_address = 0x0020,         // RFC 8489
  reservation_token = 0x0022,          // RFC 8656
  priority = 0x0024,                   // RFC 8445
  use_candidate = 0x0025,              // RFC 8445
  padding = 0x0026,                    // RFC 5780
  response_port = 0x0027,              // RFC 5780
  additional_address_family = 0x8000,  // RFC 8656
  address_error_code = 0x8001,         // RFC 8656
  password_algorithms = 0x8002,        // RFC 8489
  alternate_domain = 0x8003,           // RFC 8489
  icmp = 0x8004,                       // RFC 8656
  software = 0x8022,                   // RFC 8489
  alternate_server = 0x8023,           // RFC 8489
  fingerprint = 0x8028,                // RFC 8489
  ice_controlled = 0x8029,             // RFC 8445
  ice_controlling = 0x802A,            // RFC 8445
  response_origin = 0x802B,            // RFC 5780
  other_address = 0x802C,              // RFC 5780
  nomination = 0xC001,                 // draft-thatcher-ice-renomination
  // draft-hancke-webrtc-sped calls them DTLS-IN-STUN-DATA and DTLS-IN-STUN-ACK. The numbers are
  // provisional: those by which libwebrtc knows them.
  meta_dtls_in_stun = 0xC070,
  meta_dtls_in_stun_acknowledgement = 0xC071,
};

/// RFC 8489, section 14: types 0x0000 to 0x7FFF must be understood to process the message.
constexpr bool is_comprehension_required(std::uint16_t type) {
  return type < 0x8000;
}

/// The types that RFC 8489 itself defines, and that every reader of STUN knows.
constexpr bool is_rfc8489(std::uint16_t type) {
  switch (static_cast<AttributeType>(type)) {
    case AttributeType::mapped_address:
    case AttributeType::username:
    case AttributeType::message_integrity:
    case AttributeType::error_code:
    case AttributeType::unknown_attributes:
    case AttributeType::realm:
    case AttributeType::nonce:
    case AttributeType::message_integrity_sha256:
    case AttributeType::password_algorithm:
    case AttributeType::userhash:
    case AttributeType::xor_mapped_address:
    case AttributeType::password_algorithms:
    case AttributeType::alternate_domain:
    case AttributeType::software:
    case AttributeType::alternate_server:
    case AttributeType::fingerprint:
      return true;
    default:  // most numbers have no name here
      return false;
  }
}

/// The types that an ICE agent knows in addition.
constexpr bool is_ice(std::uint16_t type) {
  switch (static_cast<AttributeType>(type)) {
    case AttributeType::priority:
    case AttributeType::use_candidate:
    case AttributeType::ice_controlled:
    case AttributeType::ice_controlling:
    case AttributeType::nomination:
      return true;
    default:
      return false;
  }
}

/// The types by which NAT behaviour is discovered.
constexpr bool is_rfc5780(std::uint16_t type) {
  switch (static_cast<AttributeType>(type)) {
    case AttributeType::change_request:
    case AttributeType::padding:
    case AttributeType::response_port:
    case AttributeType::response_origin:
    case AttributeType::other_address:
      return true;
    default:
      return false;
  }
}

/// The types that TURN adds.
constexpr bool is_rfc8656(std::uint16_t type) {
  switch (static_cast<AttributeType>(type)) {
    case AttributeType::channel_number:
    case AttributeType::lifetime:
    case AttributeType::xor_peer_address:
    case AttributeType::data:
    case AttributeType::xor_relayed_address:
    case AttributeType::requested_address_family:
    case AttributeType::even_port:
    case AttributeType::requested_transport:
    case AttributeType::dont_fragment:
    case AttributeType::reservation_token:
    case AttributeType::additional_address_family:
    case AttributeType::address_error_code:
    case AttributeType::icmp:
      return true;
    default:
      return false;
  }
}

/// Whether an ICE agent can process a message that carries an attribute of this type.
constexpr bool is_known(std::uint16_t type) {
  return is_rfc8489(type) || is_ice(type);
}

/// Types of RFC 3489, reserved since. RFC 5389, section 12.1: "the client MUST ignore any Reserved
/// comprehension-required attributes that might appear in the response."
constexpr bool is_reserved_by_rfc3489(std::uint16_t type) {
  return type == 0x0002 || type == 0x0004 || type == 0x0005 || type == 0x0007 || type == 0x000B;
}

/// Tells which types a reader understands; each STUN usage has its own function.
using Understands = bool (*)(std::uint16_t type);

}  // namespace floe::stun
