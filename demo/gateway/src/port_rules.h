// Which ports of peers datagrams may go to.
//
// By default those of ICE peers and of STUN and TURN servers: not below 1024, but for 443, and not
// those of services that answer with more than they were asked, or that open a router.
#pragma once

#include <string>
#include <vector>

#include "address_options.h"

namespace floe::gateway {

class PortRules {
 public:
  explicit PortRules(std::vector<PortRule> configured = {});

  bool opens(std::uint16_t port) const;
  /// The rules in the order in which they are asked, a line each.
  std::vector<std::string> to_lines() const;

 private:
  std::vector<PortRule> configured_;  // the narrowest first, a denial before what it denies
};

}  // namespace floe::gateway
