// A TURN server that every host of a simulated internet can reach, over both versions of IP.
#pragma once

#include "turn_server.h"

namespace floe::sim {

class PublicTurn {
 public:
  explicit PublicTurn(World& world, const TurnServerOptions& options = {})
      : host_(world.add_host("turn", {ipv4(), ipv6()})),
        server_(host_, {ipv4(), ipv6()}, options) {}

  static IpAddress ipv4() { return IpAddress::v4(192, 0, 2, 201); }
  static IpAddress ipv6() { return *IpAddress::parse("2001:db8:ffff::2"); }

  SimHost& host() { return host_; }
  TurnServer& server() { return server_; }

 private:
  SimHost& host_;
  TurnServer server_;
};

}  // namespace floe::sim
