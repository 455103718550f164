// The behaviour of the NAT between two sockets of this host and a server: mapping and filtering
// separately, as in RFC 4787, sections 4.1 and 5, and in addition the single name from RFC 3489,
// section 5, if it has one for this combination.
//
// Why both: the name tells at once what to expect, and many combinations have no name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "floe/types/address.h"

namespace floe::nat {

enum class Connectivity : std::uint8_t {
  unknown,   ///< not found out yet
  works,     ///< the server answers
  silent,    ///< nothing comes back: UDP is blocked, or there is no such server
  refused,   ///< the server answers with an error: see refused_with
  unusable,  ///< its answers are of no use: see flaw
};

/// How the mapped address of one socket depends on the peer that it sends to.
enum class Mapping : std::uint8_t {
  unknown,
  no_nat,                      ///< the mapped address is the socket's own
  endpoint_independent,        ///< the same for all peers
  address_dependent,           ///< another for each address
  address_and_port_dependent,  ///< another for each address and port
};

/// Which peers may send to a mapped address that is in use.
enum class Filtering : std::uint8_t {
  unknown,
  endpoint_independent,        ///< all peers
  address_dependent,           ///< addresses that the socket has sent to
  address_and_port_dependent,  ///< addresses and ports that the socket has sent to
};

/// Whether two sockets behind the NAT can meet by their mapped addresses.
enum class Hairpinning : std::uint8_t { unknown, works, fails };

/// Whether the server can be used for discovery.
enum class ServerSupport : std::uint8_t {
  unknown,
  full,
  no_other_address,        ///< its answer has no OTHER-ADDRESS: it does not take part in RFC 5780
  unusable_other_address,  ///< it lacks another address or port, or does not answer
  ignores_change_request,  ///< it answers from the address that was asked, or refuses
};

/// The names of RFC 3489, section 5, and of its two cases without a NAT.
enum class ClassicType : std::uint8_t {
  unknown,
  open_internet,
  udp_blocked,
  symmetric_firewall,  ///< no NAT, but a filter
  full_cone,
  restricted_cone,
  port_restricted_cone,
  symmetric,
  none,  ///< a combination that RFC 3489 did not know
};

struct BehaviorReport {
  Connectivity connectivity = Connectivity::unknown;
  std::uint16_t refused_with = 0;  ///< the error code of a server that refuses
  const char* flaw = nullptr;  ///< of answers that are of no use, as stun::BindingAnswer says it
  ServerSupport support = ServerSupport::unknown;
  Mapping mapping = Mapping::unknown;
  Filtering filtering = Filtering::unknown;
  Hairpinning hairpinning = Hairpinning::unknown;
  TransportAddress local;                  ///< of the main socket
  std::optional<TransportAddress> mapped;  ///< of the main socket, towards the server
  std::optional<TransportAddress> other;   ///< the server's other address
  /// RFC 5780, section 3.6: MAPPED-ADDRESS and XOR-MAPPED-ADDRESS differ, so a device on the path
  /// rewrites bytes that look like an address.
  bool rewrites_addresses = false;
};

ClassicType classic_type(const BehaviorReport& report);

std::string_view to_text(Connectivity connectivity);
std::string_view to_text(Mapping mapping);
std::string_view to_text(Filtering filtering);
std::string_view to_text(Hairpinning hairpinning);
std::string_view to_text(ServerSupport support);
std::string_view to_text(ClassicType type);

/// What the report means for connecting, in one or a few sentences for the user.
std::string describe(const BehaviorReport& report);

}  // namespace floe::nat
