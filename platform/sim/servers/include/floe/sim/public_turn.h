// A TURN server that every host of a simulated internet can reach, over both versions of IP.
#pragma once

#include <vector>

#include "floe/driver/server.h"
#include "floe/sim/turn_server.h"
#include "floe/sim/world.h"

namespace floe::sim {

class PublicTurn {
 public:
  /// `world` must outlive it, and owns the host "turn".
  explicit PublicTurn(World& world, const TurnServerOptions& options = {}, const Link& link = {})
      : host_(world.add_host("turn", {ipv4(), ipv6()}, link)),
        server_(host_, {ipv4(), ipv6()}, options) {}

  static IpAddress ipv4() { return IpAddress::v4(192, 0, 2, 201); }
  static IpAddress ipv6() { return *IpAddress::parse("2001:db8:ffff::2"); }

  /// For GatherOptions, with the user and the password of TurnServerOptions: over UDP and over TCP.
  static const std::vector<ServerUri>& uris() {
    static const std::vector<ServerUri> uris{
        *parse_server_uri("turn:192.0.2.201"), *parse_server_uri("turn:192.0.2.201?transport=tcp"),
        *parse_server_uri("turn:[2001:db8:ffff::2]"),
        *parse_server_uri("turn:[2001:db8:ffff::2]?transport=tcp")};
    return uris;
  }

  SimHost& host() { return host_; }
  TurnServer& server() { return server_; }

 private:
  SimHost& host_;
  TurnServer server_;
};

}  // namespace floe::sim
