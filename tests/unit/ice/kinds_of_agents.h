// Every combination of role, implementation and way to nominate, for tests of two agents.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "ice/two_agents.h"

namespace floe::testing {

struct KindOfAgent {
  ice::Role role;
  ice::Implementation implementation;
  ice::NominationMode nomination;

  bool is_lite() const { return implementation == ice::Implementation::lite; }
};

inline std::vector<KindOfAgent> all_kinds_of_agents() {
  using enum ice::NominationMode;
  std::vector<KindOfAgent> kinds;
  for (const ice::Role role : {ice::Role::controlling, ice::Role::controlled}) {
    kinds.push_back({role, ice::Implementation::lite, regular});
    for (const ice::NominationMode nomination : {regular, aggressive, renomination}) {
      kinds.push_back({role, ice::Implementation::full, nomination});
    }
  }
  return kinds;
}

inline EndOptions end_of(const KindOfAgent& kind, const std::vector<TransportAddress>& sockets) {
  EndOptions options;
  options.config.role = kind.role;
  options.config.implementation = kind.implementation;
  options.config.nomination = kind.nomination;
  options.sockets = sockets;
  return options;
}

/// Two lite agents send no checks, so nothing can settle a conflict: their roles are signalled.
inline bool can_agree(const KindOfAgent& left, const KindOfAgent& right) {
  return !left.is_lite() || !right.is_lite() || left.role != right.role;
}

inline std::string name_of(const KindOfAgent& kind) {
  static constexpr std::array<std::string_view, 3> kModes = {"regular", "aggressive",
                                                             "renominating"};
  std::string name(kind.is_lite() ? "lite " : "full ");
  name += to_text(kind.role);
  name += " ";
  name += kModes[static_cast<std::size_t>(kind.nomination)];
  return name;
}

}  // namespace floe::testing
