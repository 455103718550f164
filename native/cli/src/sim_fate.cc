#include "sim_fate.h"

namespace floe::cli {
namespace {

/// "site 2 carrier NAT:outside" is "the right carrier NAT", "left:eth0" is "the left host", and
/// "turn:eth0" is "the TURN server".
std::string words_of(std::string_view place) {
  const std::string_view device = place.substr(0, place.find(':'));
  for (const SimSide side : {SimSide::left, SimSide::right}) {
    const std::string name = "the " + std::string(to_text(side)) + " ";
    if (device == to_text(side)) return name + "host";
    const std::string_view site = side == SimSide::left ? "site 1 " : "site 2 ";
    if (device.starts_with(site)) return name + std::string(device.substr(site.size()));
  }
  return device == "turn" ? "the TURN server" : "the STUN server";
}

}  // namespace

std::string why_lost(sim::Fate fate, std::string_view place) {
  const std::string where = words_of(place);
  switch (fate) {
    case sim::Fate::delivered:
      return {};
    case sim::Fate::loss:
      return "lost before " + where;
    case sim::Fate::no_route:
      return "no route from " + where;
    case sim::Fate::no_mapping:
      return "no mapping at " + where;
    case sim::Fate::filtered:
      return "filtered by " + where;
    case sim::Fate::no_hairpin:
      return "no hairpinning at " + where;
    case sim::Fate::table_full:
      return "no room for a mapping at " + where;
    case sim::Fate::blocked:
      return "UDP blocked by " + where;
    case sim::Fate::no_socket:
      return "no such port at " + where;
    case sim::Fate::link_down:
    case sim::Fate::too_large:
    case sim::Fate::hop_limit:
    case sim::Fate::asleep:
      break;
  }
  return std::string(to_text(fate)) + ", at " + where;
}

bool is_near(std::string_view place, SimSide side) {
  const bool is_left = side == SimSide::left;
  return place.starts_with("turn:") || place.starts_with(is_left ? "left:" : "right:") ||
         place.starts_with(is_left ? "site 1 " : "site 2 ");
}

}  // namespace floe::cli
