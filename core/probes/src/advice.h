// What a person should do, from what was seen of a network.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "floe/nat/behavior_report.h"

namespace floe::probes {

/// How many of the servers that were asked gave what they are for.
struct Served {
  int asked = 0;
  int worked = 0;
  bool none_worked() const { return asked > 0 && worked == 0; }
};

struct Symptoms {
  bool has_address = false;
  bool passes_udp = false;  ///< between two sockets of this host
  Served stun;              ///< over UDP
  Served turn_over_udp;
  Served turn_over_streams;
  nat::Mapping mapping = nat::Mapping::unknown;
  /// The largest datagram that came back from a server, in bytes; empty: not measured.
  std::optional<std::size_t> largest_datagram;
  bool meets_itself = false;
};

/// Datagrams of this size pass every path that an agent uses: what QUIC asks for (RFC 9000,
/// section 14).
inline constexpr std::size_t kUsefulDatagram = 1200;

std::string advise(const Symptoms& symptoms);

}  // namespace floe::probes
