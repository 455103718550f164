// To which TURN servers clients may connect over TCP.
#include "turn_destinations.h"

#include <catch2/catch_test_macros.hpp>

#include "address_policy.h"

using namespace floe;
using namespace floe::gateway;
using tunnel::TcpKind;

namespace {

TransportAddress at(const char* text) {
  return *TransportAddress::parse(text);
}

TurnDestinations destinations() {
  return TurnDestinations({*parse_server_uri("turn:192.0.2.1?transport=tcp"),
                           *parse_server_uri("turns:Turn.Example.org:443")});
}

}  // namespace

TEST_CASE("TCP leads to the TURN servers that were named, port and kind included", "[gateway]") {
  const TurnDestinations turn = destinations();
  CHECK(turn.admits(at("192.0.2.1:3478"), TcpKind::turn, ""));
  CHECK(turn.admits(at("[::ffff:192.0.2.1]:3478"), TcpKind::turn, ""));
  CHECK_FALSE(turn.admits(at("192.0.2.1:3479"), TcpKind::turn, ""));
  CHECK_FALSE(turn.admits(at("192.0.2.2:3478"), TcpKind::turn, ""));
  CHECK_FALSE(turn.admits(at("192.0.2.1:3478"), TcpKind::turns, "192.0.2.1"));
  CHECK_FALSE(turn.admits(at("192.0.2.1:3478"), TcpKind::ice, ""));
  CHECK_FALSE(TurnDestinations().admits(at("192.0.2.1:3478"), TcpKind::turn, ""));
}

TEST_CASE("a TURN server's name stands for what it was found to have", "[gateway]") {
  TurnDestinations turn = destinations();
  const TransportAddress server = at("198.51.100.7:443");
  CHECK_FALSE(turn.admits(server, TcpKind::turns, "turn.example.org"));
  turn.learn("other.example.org", {server.ip});
  CHECK_FALSE(turn.has_name("other.example.org"));
  CHECK_FALSE(turn.admits(server, TcpKind::turns, "turn.example.org"));
  turn.learn("TURN.example.org", {server.ip});
  CHECK(turn.has_name("turn.example.ORG"));
  CHECK(turn.admits(server, TcpKind::turns, "turn.example.org"));
  CHECK_FALSE(turn.admits(server, TcpKind::turns, "other.example.org"));
  turn.learn("turn.example.org", {});  // a lookup that failed
  CHECK(turn.admits(server, TcpKind::turns, "turn.example.org"));
  turn.learn("turn.example.org", {IpAddress::v4(198, 51, 100, 8)});
  CHECK_FALSE(turn.admits(server, TcpKind::turns, "turn.example.org"));
}

TEST_CASE("the policy lets TCP go to these servers only, and datagrams where they went before",
          "[gateway]") {
  AddressPolicy policy({}, destinations());
  const auto asks = [&](const char* remote, tunnel::Protocol protocol) {
    tunnel::Flow flow{tunnel::Direction::outbound, protocol, {}, at(remote), {}};
    flow.tcp_kind = TcpKind::turn;
    return policy.allow(Timestamp(), flow).allowed;
  };
  CHECK(asks("192.0.2.1:3478", tunnel::Protocol::tcp));
  CHECK_FALSE(asks("9.9.9.9:3478", tunnel::Protocol::tcp));
  CHECK(asks("9.9.9.9:3478", tunnel::Protocol::udp));
  CHECK_FALSE(asks("192.0.2.1:3478", tunnel::Protocol::udp));  // named for TCP, and closed for UDP
}
