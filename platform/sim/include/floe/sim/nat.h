// How a NAT behaves, in the words of RFC 4787.
//
// "Full cone" and the like are RFC 3489's names for some of the combinations; they are kept because
// they are well known.
#pragma once

#include <cstddef>
#include <cstdint>

#include "floe/types/time.h"

namespace floe::sim {

/// RFC 4787, sections 4.1 and 5: the part of the far end that matters to a mapping or a filter.
enum class Dependence : std::uint8_t {
  endpoint_independent,        ///< nothing
  address_dependent,           ///< its address
  address_and_port_dependent,  ///< its address and port
};

/// Section 4.2: the external port of a new mapping.
enum class PortChoice : std::uint8_t {
  preserved,   ///< the internal one, or the next one up that is free
  sequential,  ///< the one after the last
  random,
};

/// Section 6: how the NAT treats packets from inside to its own external address.
enum class Hairpin : std::uint8_t {
  none,             ///< lost
  external_source,  ///< come back inside from the sender's external address, as REQ-9 wants it
  internal_source,  ///< come back inside from the sender's internal address
};

/// RFC 4787, REQ-5: "A NAT UDP mapping timer MUST NOT expire in less than two minutes".
inline constexpr Duration kNatLifetime = 120s;
/// Mappings that a NAT holds unless told otherwise.
inline constexpr std::size_t kNatMappingsMax = 4096;
/// Far ends that one mapping, or one flow through a firewall, remembers; the oldest makes room.
inline constexpr std::size_t kNatFarEndsMax = 256;

struct Nat {
  Dependence mapping = Dependence::endpoint_independent;
  Dependence filtering = Dependence::address_and_port_dependent;
  PortChoice ports = PortChoice::preserved;
  Hairpin hairpin = Hairpin::none;
  /// A mapping and its filter entries are forgotten so long after the last packet that counts.
  Duration lifetime = kNatLifetime;
  /// Section 4.3: whether packets from outside count, too; packets from inside always do.
  bool inbound_refreshes = false;
  std::size_t mappings_max = kNatMappingsMax;

  static constexpr Nat full_cone() { return {.filtering = Dependence::endpoint_independent}; }
  static constexpr Nat address_restricted() { return {.filtering = Dependence::address_dependent}; }
  static constexpr Nat port_restricted() { return {}; }
  /// A mapping for each far end, on a random port.
  static constexpr Nat symmetric() {
    Nat nat = port_restricted();
    nat.mapping = Dependence::address_and_port_dependent;
    nat.ports = PortChoice::random;
    return nat;
  }
  /// A mapping for each far end, on the port after the last one.
  static constexpr Nat symmetric_sequential() {
    Nat nat = symmetric();
    nat.ports = PortChoice::sequential;
    return nat;
  }

  constexpr Nat with_hairpin(Hairpin kind = Hairpin::external_source) const {
    Nat nat = *this;
    nat.hairpin = kind;
    return nat;
  }
};

}  // namespace floe::sim
