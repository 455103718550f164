// A STUN server that every host of a simulated internet can ask, over both versions of IP.
#pragma once

#include <vector>

#include "floe/driver/server_uri.h"
#include "floe/sim/stun_server.h"
#include "floe/sim/world.h"

namespace floe::sim {

class PublicStun {
 public:
  /// `world` must outlive it, and owns the host "stun".
  explicit PublicStun(World& world, const Link& link = {})
      : host_(world.add_host("stun", {ipv4(), ipv6()}, link)),
        v4_(host_, ipv4()),
        v6_(host_, ipv6()) {}

  static IpAddress ipv4() { return IpAddress::v4(192, 0, 2, 200); }
  static IpAddress ipv6() { return *IpAddress::parse("2001:db8:ffff::1"); }

  /// For GatherOptions.
  static const std::vector<ServerUri>& uris() {
    static const std::vector<ServerUri> uris{*parse_server_uri("stun:192.0.2.200"),
                                             *parse_server_uri("stun:[2001:db8:ffff::1]")};
    return uris;
  }

  /// From now on the servers hear and say nothing, or speak again.
  void set_silent(bool silent) { v4_.options().is_silent = v6_.options().is_silent = silent; }
  /// See StunServerOptions.
  void set_answer_size(std::size_t size) {
    v4_.options().answer_size = v6_.options().answer_size = size;
  }

 private:
  SimHost& host_;
  StunServer v4_;
  StunServer v6_;
};

}  // namespace floe::sim
