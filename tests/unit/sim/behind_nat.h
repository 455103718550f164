// Two hosts behind a NAT, and three addresses on the internet to probe it from.
#pragma once

#include "sim/postbox.h"

namespace floe::sim {

struct BehindNat {
  static constexpr IpAddress kExternal = IpAddress::v4(203, 0, 113, 1);

  explicit BehindNat(const Nat& kind, std::uint64_t seed = 1)
      : world(seed),
        home(world.add_network("home", {Prefix(IpAddress::v4(192, 168, 1, 0), 24)})),
        nat(world.add_nat("router", home, world.internet(), kExternal, kind)),
        first_host(world.add_host("first", home, {IpAddress::v4(192, 168, 1, 2)})),
        second_host(world.add_host("second", home, {IpAddress::v4(192, 168, 1, 3)})),
        server_host(world.add_host("server", {kServer, kOtherServer})),
        inside(world, first_host, IpAddress::v4(192, 168, 1, 2), 5000),
        server(world, server_host, kServer, 1000),
        server_other_port(world, server_host, kServer, 2000),
        other_server(world, server_host, kOtherServer, 1000) {}

  World world;
  Network& home;
  NatBox& nat;
  SimHost& first_host;
  SimHost& second_host;
  SimHost& server_host;
  Postbox inside;
  Postbox server;
  Postbox server_other_port;
  Postbox other_server;

  static constexpr IpAddress kServer = IpAddress::v4(192, 0, 2, 1);
  static constexpr IpAddress kOtherServer = IpAddress::v4(192, 0, 2, 2);
};

}  // namespace floe::sim
