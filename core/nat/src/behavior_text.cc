// The names of the outcomes, in statistics and in text for the user.
#include "floe/nat/behavior_report.h"

namespace floe::nat {

std::string_view to_text(Connectivity connectivity) {
  switch (connectivity) {
    case Connectivity::unknown:
      return "unknown";
    case Connectivity::works:
      return "works";
    case Connectivity::silent:
      return "silent";
    case Connectivity::refused:
      return "refused";
    case Connectivity::unusable:
      return "unusable";
  }
  return "?";
}

std::string_view to_text(Mapping mapping) {
  switch (mapping) {
    case Mapping::unknown:
      return "unknown";
    case Mapping::no_nat:
      return "no NAT";
    case Mapping::endpoint_independent:
      return "endpoint-independent";
    case Mapping::address_dependent:
      return "address-dependent";
    case Mapping::address_and_port_dependent:
      return "address-and-port-dependent";
  }
  return "?";
}

std::string_view to_text(Filtering filtering) {
  switch (filtering) {
    case Filtering::unknown:
      return "unknown";
    case Filtering::endpoint_independent:
      return "endpoint-independent";
    case Filtering::address_dependent:
      return "address-dependent";
    case Filtering::address_and_port_dependent:
      return "address-and-port-dependent";
  }
  return "?";
}

std::string_view to_text(Hairpinning hairpinning) {
  switch (hairpinning) {
    case Hairpinning::unknown:
      return "unknown";
    case Hairpinning::works:
      return "works";
    case Hairpinning::fails:
      return "fails";
  }
  return "?";
}

std::string_view to_text(ServerSupport support) {
  switch (support) {
    case ServerSupport::unknown:
      return "unknown";
    case ServerSupport::full:
      return "full";
    case ServerSupport::no_other_address:
      return "no other address";
    case ServerSupport::unusable_other_address:
      return "other address unusable";
    case ServerSupport::ignores_change_request:
      return "CHANGE-REQUEST ignored";
  }
  return "?";
}

std::string_view to_text(ClassicType type) {
  switch (type) {
    case ClassicType::unknown:
      return "unknown";
    case ClassicType::open_internet:
      return "open Internet";
    case ClassicType::udp_blocked:
      return "UDP blocked";
    case ClassicType::symmetric_firewall:
      return "symmetric UDP firewall";
    case ClassicType::full_cone:
      return "full cone";
    case ClassicType::restricted_cone:
      return "restricted cone";
    case ClassicType::port_restricted_cone:
      return "port-restricted cone";
    case ClassicType::symmetric:
      return "symmetric";
    case ClassicType::none:
      return "none of the four";
  }
  return "?";
}

}  // namespace floe::nat
