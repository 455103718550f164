// Which pairs win between two kinds of networks, with STUN servers, without relays or with.
//
// A cell is one world: a controlling agent behind one kind of network, a controlled one behind
// another, each at a site of its own. They meet, exchange data, and agree on who reaches whom how.
#pragma once

#include <string>

#include "floe/sim/site.h"

namespace floe::sim {

struct MatrixCell {
  const NetworkKind& controlling;
  const NetworkKind& controlled;
  IpVersions versions = IpVersions::v4;
  bool trickle = true;
  /// The controlled agent is a lite one; it needs a network where it can be reached unasked.
  bool lite = false;
  /// Both are told the other's role, so that ICE has to settle who controls: of two full agents
  /// either may, so this is for lite ones.
  bool roles_exchanged = false;
  /// Both have a TURN server.
  bool relays = false;
};

/// "srflx→prflx": the candidates of the pair that the controlling side selected, local and remote;
/// "fails" when both agents said so. Anything else says what went wrong.
std::string winning_pair(std::uint64_t seed, const MatrixCell& cell);

/// All cells of one version of IP as lines of text, one row for each kind of the controlling side.
std::string nat_matrix_text(std::uint64_t seed, IpVersions versions, bool relays = false);

}  // namespace floe::sim
