// What a connection does with names of the local network (multicast DNS).
#pragma once

#include <cstdint>

namespace floe {

enum class MdnsMode : std::uint8_t {
  off,      ///< candidates of the peer that have such names are skipped
  resolve,  ///< they are looked up, as those of browsers must be
  /// The same; and the peer is told random names instead of the addresses of this host, which only
  /// the own network can resolve. Relayed and server-reflexive candidates have their addresses.
  hide,
};

}  // namespace floe
