// The servers that the operator names for TCP, and a token for both.
#include "named_servers.h"

#include <catch2/catch_test_macros.hpp>

#include "address_policy.h"

using namespace floe;
using namespace floe::gateway;
using tunnel::TcpKind;

namespace {

TransportAddress at(const char* text) {
  return *TransportAddress::parse(text);
}

NamedServers destinations() {
  return NamedServers({*parse_server_uri("turn:192.0.2.1?transport=tcp"),
                       *parse_server_uri("turns:Turn.Example.org:443")});
}

bool admits(const NamedServers& turn, const TransportAddress& remote, TcpKind kind,
            std::string_view name) {
  return turn.find(remote, kind, name) != NamedServers::Match::none;
}

}  // namespace

TEST_CASE("TCP leads to the TURN servers that were named, port and kind included", "[gateway]") {
  const NamedServers turn = destinations();
  CHECK(admits(turn, at("192.0.2.1:3478"), TcpKind::turn, ""));
  CHECK(admits(turn, at("[::ffff:192.0.2.1]:3478"), TcpKind::turn, ""));
  CHECK_FALSE(admits(turn, at("192.0.2.1:3479"), TcpKind::turn, ""));
  CHECK_FALSE(admits(turn, at("192.0.2.2:3478"), TcpKind::turn, ""));
  CHECK_FALSE(admits(turn, at("192.0.2.1:3478"), TcpKind::turns, "192.0.2.1"));
  CHECK_FALSE(admits(turn, at("192.0.2.1:3478"), TcpKind::ice, ""));
  CHECK_FALSE(admits(NamedServers(), at("192.0.2.1:3478"), TcpKind::turn, ""));
}

TEST_CASE("a server is named for datagrams or for TCP", "[gateway]") {
  NamedServers servers({*parse_server_uri("stun:192.0.2.1"), *parse_server_uri("turn:192.0.2.2"),
                        *parse_server_uri("turn:turn.example.org:3479"),
                        *parse_server_uri("turn:192.0.2.3?transport=tcp")});
  CHECK(servers.has_udp(at("192.0.2.1:3478")));
  CHECK(servers.has_udp(at("[::ffff:192.0.2.2]:3478")));
  CHECK_FALSE(servers.has_udp(at("192.0.2.2:3479")));
  CHECK_FALSE(servers.has_udp(at("192.0.2.3:3478")));
  CHECK_FALSE(admits(servers, at("192.0.2.1:3478"), TcpKind::turn, ""));
  CHECK_FALSE(admits(servers, at("192.0.2.2:3478"), TcpKind::turn, ""));
  CHECK_FALSE(servers.has_udp(at("198.51.100.7:3479")));
  servers.learn("turn.example.org", {at("198.51.100.7:1").ip});
  CHECK(servers.has_udp(at("198.51.100.7:3479")));
}

TEST_CASE("a TURN server's name stands for what it was found to have", "[gateway]") {
  NamedServers turn = destinations();
  const TransportAddress server = at("198.51.100.7:443");
  CHECK_FALSE(admits(turn, server, TcpKind::turns, "turn.example.org"));
  turn.learn("other.example.org", {server.ip});
  CHECK_FALSE(turn.has_name("other.example.org"));
  CHECK_FALSE(admits(turn, server, TcpKind::turns, "turn.example.org"));
  turn.learn("TURN.example.org", {server.ip});
  CHECK(turn.has_name("turn.example.ORG"));
  CHECK(admits(turn, server, TcpKind::turns, "turn.example.org"));
  CHECK_FALSE(admits(turn, server, TcpKind::turns, "other.example.org"));
  turn.learn("turn.example.org", {});  // a lookup that failed
  CHECK(admits(turn, server, TcpKind::turns, "turn.example.org"));
  turn.learn("turn.example.org", {IpAddress::v4(198, 51, 100, 8)});
  CHECK_FALSE(admits(turn, server, TcpKind::turns, "turn.example.org"));
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

TEST_CASE("a name leads TCP only where datagrams may go", "[gateway]") {
  AddressPolicy policy({}, destinations());
  const auto asks = [&](const char* remote) {
    tunnel::Flow flow{tunnel::Direction::outbound, tunnel::Protocol::tcp, {}, at(remote), {}};
    flow.tcp_kind = TcpKind::turns;
    flow.server_name = "turn.example.org";
    return policy.allow(Timestamp(), flow).allowed;
  };
  policy.named_servers().learn("turn.example.org", {at("9.9.9.9:1").ip, at("169.254.169.254:1").ip,
                                                    at("127.0.0.1:1").ip, at("9.9.9.8:1").ip});
  policy.set_own_addresses({at("9.9.9.8:1").ip});
  CHECK(asks("9.9.9.9:443"));
  CHECK_FALSE(asks("169.254.169.254:443"));
  CHECK_FALSE(asks("127.0.0.1:443"));
  CHECK_FALSE(asks("9.9.9.8:443"));
}
