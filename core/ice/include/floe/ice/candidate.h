// A transport address that an agent may be reached at (RFC 8445, section 4).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "floe/ice/foundation.h"
#include "floe/types/address.h"

namespace floe::ice {

enum class CandidateType : std::uint8_t { host, server_reflexive, peer_reflexive, relayed };

/// RFC 8839's token: "host", "srflx", "prflx" or "relay".
std::string_view to_text(CandidateType type);

/// RFC 8445, section 14.1 counts components from 1; RFC 8839, section 5.1 ends at 256.
using Component = std::uint16_t;
inline constexpr Component kComponentMax = 256;

struct Candidate {
  CandidateType type = CandidateType::host;
  Component component = 1;
  std::uint32_t priority = 0;  ///< 1 to 2^31 - 1; what was signalled, never recomputed
  Foundation foundation;
  SocketAddress address;
  /// "The transport address that an ICE agent sends from for a particular candidate." A host or
  /// relayed candidate is its own base. Of remote candidates it is not known and stays `address`.
  SocketAddress base;
  /// What the signalled line names as raddr and rport, for people; absent for host candidates.
  std::optional<SocketAddress> related;
};

}  // namespace floe::ice
