// What became of a datagram.
#pragma once

#include <cstdint>
#include <string_view>

namespace floe::sim {

enum class Fate : std::uint8_t {
  delivered,   ///< a socket took it
  loss,        ///< the link's draw
  link_down,   ///< a link of the path is down
  too_large,   ///< longer than a link's MTU
  no_route,    ///< no node has the address, and no box leads there
  hop_limit,   ///< it went in circles
  no_mapping,  ///< a NAT knows no mapping of this port
  filtered,    ///< a NAT or firewall does not expect this sender
  no_hairpin,  ///< a NAT does not turn packets round
  table_full,  ///< a NAT or firewall has no room for another mapping
  blocked,     ///< a box that lets no UDP pass
  no_socket,   ///< the host has none of this address and port
  asleep,      ///< the host sleeps
};

constexpr std::string_view to_text(Fate fate) {
  switch (fate) {
    case Fate::delivered:
      return "delivered";
    case Fate::loss:
      return "lost on a link";
    case Fate::link_down:
      return "lost: link is down";
    case Fate::too_large:
      return "lost: longer than the MTU";
    case Fate::no_route:
      return "lost: no route";
    case Fate::hop_limit:
      return "lost: hop limit";
    case Fate::no_mapping:
      return "lost: NAT has no mapping";
    case Fate::filtered:
      return "lost: filtered";
    case Fate::no_hairpin:
      return "lost: NAT does not hairpin";
    case Fate::table_full:
      return "lost: table of mappings is full";
    case Fate::blocked:
      return "lost: UDP is blocked";
    case Fate::no_socket:
      return "lost: no such socket";
    case Fate::asleep:
      return "lost: host sleeps";
  }
  return "?";
}

}  // namespace floe::sim
