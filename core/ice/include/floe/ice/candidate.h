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
using ComponentId = std::uint16_t;
inline constexpr ComponentId kComponentMax = 256;

/// Which data stream of the session (RFC 8445, section 4), counted from 0; SDP names them by mid.
using DataStreamId = std::uint8_t;

/// One component of one data stream: each pair belongs to one, and each has one selected pair.
struct StreamComponent {
  /// Most sessions have one stream, so its number may be left out.
  constexpr StreamComponent(ComponentId number) : component(number) {}  // NOLINT(*-explicit-*)
  constexpr StreamComponent(DataStreamId of, ComponentId number) : stream(of), component(number) {}

  bool operator==(const StreamComponent&) const = default;

  DataStreamId stream = 0;
  ComponentId component;
};

struct Candidate {
  CandidateType type = CandidateType::host;
  DataStreamId stream = 0;
  ComponentId component = 1;
  std::uint32_t priority = 0;  ///< 1 to 2^31 - 1; a remote one as signalled, never recomputed
  Foundation foundation;
  /// The peer signalled an mDNS name for it, which only the peer's own network can resolve.
  bool is_hidden_by_name = false;
  TransportAddress address;
  /// "The transport address that an ICE agent sends from for a particular candidate." A host or
  /// relayed candidate is its own base. The base of a remote candidate is not known and stays equal
  /// to `address`.
  TransportAddress base;
  /// The raddr and rport of the signalled line, for diagnosis only; absent for host candidates.
  std::optional<TransportAddress> related;

  StreamComponent id() const { return {stream, component}; }
};

}  // namespace floe::ice
