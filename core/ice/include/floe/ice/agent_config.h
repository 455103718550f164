// The configuration of an agent.
#pragma once

#include <cstdint>

#include "floe/ice/candidate.h"
#include "floe/ice/limits.h"
#include "floe/ice/pacer.h"
#include "floe/ice/role.h"

namespace floe::ice {

/// How a controlling agent nominates.
enum class NominationMode : std::uint8_t {
  /// RFC 8445, section 8.1.1: one pair for each component, nominated once.
  regular,
  /// RFC 5245, section 8.1.1.2, for old peers: every check nominates. Towards a peer that says
  /// "ice2", or that is lite, the agent falls back to regular: RFC 8445 removed it.
  aggressive,
  /// draft-thatcher-ice-renomination: a better pair that works later takes over, if the peer says
  /// "renomination"; else as regular.
  renomination,
};

/// Which candidates may be used (RFC 8828; W3C's RTCIceTransportPolicy).
enum class CandidatePolicy : std::uint8_t {
  all,
  relay,  ///< only relayed ones: the peer never learns an address of this host
};

/// RFC 8445, section 2.5, and section 5.2 for lite: an agent on a public address that answers
/// checks and sends none.
enum class Implementation : std::uint8_t { full, lite };

struct AgentConfig {
  /// A hint: if both ends claim the same role, a 487 error decides (RFC 8445, section 7.3.1.1), and
  /// a full agent with a lite peer is always controlling.
  Role role = Role::controlling;
  ComponentId components = 1;  ///< of each stream; 1 to kComponentMax
  PacerConfig pacing = {};
  /// How long the controlling agent waits, once a pair works, for pairs of higher priority.
  Duration nomination_patience = 100ms;
  std::uint8_t streams = 1;  ///< 1 to kStreamsMax
  Implementation implementation = Implementation::full;
  NominationMode nomination = NominationMode::regular;
  CandidatePolicy policy = CandidatePolicy::all;
  /// The same patience while only relayed pairs work: after it a relayed pair is nominated, and if
  /// the peer says "renomination", a better pair may still replace it.
  Duration relay_patience = 500ms;
  /// The number of candidate pairs that are kept at a time, over all streams and components; 1 to
  /// kPairsMost. Each takes about 200 bytes, or 400 while no answer comes, and one check of the
  /// network for each Ta.
  std::uint16_t pairs = kPairsMax;
};

}  // namespace floe::ice
