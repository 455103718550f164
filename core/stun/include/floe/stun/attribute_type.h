// The registry of attribute types that this implementation knows.
#pragma once

#include <cstdint>

namespace floe::stun {

enum class AttributeType : std::uint16_t {
  mapped_address = 0x0001,            // RFC 8489
  username = 0x0006,                  // RFC 8489
  message_integrity = 0x0008,         // RFC 8489
  error_code = 0x0009,                // RFC 8489
  unknown_attributes = 0x000A,        // RFC 8489
  message_integrity_sha256 = 0x001C,  // RFC 8489
  xor_mapped_address = 0x0020,        // RFC 8489
  priority = 0x0024,                  // RFC 8445
  use_candidate = 0x0025,             // RFC 8445
  software = 0x8022,                  // RFC 8489
  alternate_server = 0x8023,          // RFC 8489
  fingerprint = 0x8028,               // RFC 8489
  ice_controlled = 0x8029,            // RFC 8445
  ice_controlling = 0x802A,           // RFC 8445
  nomination = 0xC001,                // draft-thatcher-ice-renomination
};

/// RFC 8489, section 14: types 0x0000 to 0x7FFF must be understood to process the message.
constexpr bool is_comprehension_required(std::uint16_t type) {
  return type < 0x8000;
}

/// Whether a message that carries it can be processed; sorted as above.
constexpr bool is_known(std::uint16_t type) {
  switch (static_cast<AttributeType>(type)) {
    case AttributeType::mapped_address:
    case AttributeType::username:
    case AttributeType::message_integrity:
    case AttributeType::error_code:
    case AttributeType::unknown_attributes:
    case AttributeType::message_integrity_sha256:
    case AttributeType::xor_mapped_address:
    case AttributeType::priority:
    case AttributeType::use_candidate:
    case AttributeType::software:
    case AttributeType::alternate_server:
    case AttributeType::fingerprint:
    case AttributeType::ice_controlled:
    case AttributeType::ice_controlling:
    case AttributeType::nomination:
      return true;
  }
  return false;
}

}  // namespace floe::stun
