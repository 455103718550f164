// What a client may send and receive whose token claims rules of its own.
#include <catch2/catch_test_macros.hpp>

#include "client_policy.h"
#include "consent/gate_world.h"

using namespace floe;
using namespace floe::gateway;
using namespace floe::tunnel;
using consent::test::check;
using consent::test::kData;
using consent::test::success;
using token::ConsentRule;

namespace {

const SocketId kOneSocket{1};
const TransportAddress kFarPeer{IpAddress::v4(9, 9, 9, 9), 40000};
const TransportAddress kOther{IpAddress::v4(9, 9, 8, 8), 40000};
const TransportAddress kServer{IpAddress::v4(9, 9, 7, 7), 3478};

struct Claimed {
  explicit Claimed(const token::Grant& grant, const ConsentOptions& chosen = {}) : options(chosen) {
    policy.admit(grant);
  }

  FlowVerdict ask(Bytes payload, const TransportAddress& peer = kFarPeer,
                  Direction direction = Direction::outbound) {
    return policy.allow(now, {direction, Protocol::udp, kOneSocket, peer, payload});
  }
  bool tcp(const TransportAddress& server, TcpKind kind, std::string_view name = {}) {
    Flow flow{Direction::outbound, Protocol::tcp, {}, server, {}};
    flow.tcp_kind = kind;
    flow.server_name = name;
    return policy.allow(now, flow).allowed;
  }
  PermissionState state(const TransportAddress& peer) {
    return policy.permission(now, kOneSocket, peer).state;
  }

  Timestamp now{std::chrono::hours(1)};
  AddressPolicy addresses{{}};
  ConsentOptions options;
  ClientPolicy policy{addresses, options, {1, 2}};
};

ConsentOptions with(ConsentPolicy policy, bool by_token = false) {
  ConsentOptions options;
  options.policy = policy;
  options.by_token = by_token;
  return options;
}

token::Grant claiming(ConsentRule rule) {
  token::Grant grant;
  grant.consent = rule;
  return grant;
}

}  // namespace

TEST_CASE("a token's consent opens nothing that the operator has not left to tokens",
          "[gateway][token]") {
  Claimed client(claiming(ConsentRule::any));
  CHECK(client.ask(kData).reason == DenyReason::consent);
  CHECK(client.state(kFarPeer) == PermissionState::pending);
  Claimed trusted(claiming(ConsentRule::any), with(ConsentPolicy::ice, true));
  CHECK(trusted.ask(kData).allowed);
  CHECK(trusted.state(kFarPeer) == PermissionState::open);
  Claimed silent({}, with(ConsentPolicy::ice, true));
  CHECK(silent.ask(kData).reason == DenyReason::consent);
}

TEST_CASE("a token may ask for consent where the operator does not", "[gateway][token]") {
  Claimed client(claiming(ConsentRule::ice), with(ConsentPolicy::any));
  CHECK(client.ask(kData).reason == DenyReason::consent);
  REQUIRE(client.ask(check(1)).allowed);
  REQUIRE(client.ask(success(1), kFarPeer, Direction::inbound).allowed);
  CHECK(client.ask(kData).allowed);
}

TEST_CASE("a token's peers are the only ones", "[gateway][token]") {
  token::Grant grant;
  grant.allow = {*token::Prefix::parse("9.9.9.0/24"), *token::Prefix::parse("10.0.0.0/8")};
  SECTION("with consent") {
    Claimed client(grant);
    CHECK(client.ask(check(1)).allowed);
    CHECK(client.ask(kData).reason == DenyReason::consent);
    CHECK(client.ask(check(1), kOther).reason == DenyReason::address);
    CHECK(client.ask(check(2), kOther, Direction::inbound).reason == DenyReason::address);
    CHECK(client.state(kOther) == PermissionState::denied);
  }
  SECTION("as an allow-list") {
    grant.consent = ConsentRule::allowlist;
    Claimed client(grant, with(ConsentPolicy::ice, true));
    CHECK(client.ask(kData).allowed);
    CHECK(client.ask(kData, {*IpAddress::parse("::ffff:9.9.9.9"), 40000}).allowed);
    CHECK(client.ask(kData, kOther).reason == DenyReason::address);
    // It opens no address that is closed to all.
    CHECK_FALSE(client.ask(kData, {IpAddress::v4(10, 0, 0, 1), 40000}).allowed);
  }
  SECTION("besides those of the operator") {
    ConsentOptions options = with(ConsentPolicy::allowlist);
    options.allowed = {*PeerRange::parse("9.9.8.0/24")};
    Claimed client(grant, options);
    CHECK_FALSE(client.ask(kData).allowed);
    CHECK_FALSE(client.ask(kData, kOther).allowed);
  }
}

TEST_CASE("an allow-list without peers opens nobody", "[gateway][token]") {
  Claimed client(claiming(ConsentRule::allowlist), with(ConsentPolicy::any, true));
  CHECK(client.ask(kData).reason == DenyReason::address);
}

TEST_CASE("servers of the token have consented", "[gateway][token]") {
  token::Grant grant;
  grant.ice_servers = {"turn:9.9.7.7", "turns:turn.example.org", "nonsense"};
  Claimed client(grant);
  CHECK(client.ask(kData, kServer).allowed);
  CHECK(client.ask(kData, kServer, Direction::inbound).allowed);
  CHECK(client.state(kServer) == PermissionState::open);
  CHECK(client.ask(kData, {kServer.ip, 3479}).reason == DenyReason::consent);
  CHECK_FALSE(client.tcp(kServer, TcpKind::turn));  // named for datagrams
  const TransportAddress named{IpAddress::v4(9, 9, 6, 6), 5349};
  CHECK_FALSE(client.tcp(named, TcpKind::turns, "turn.example.org"));
  client.policy.named_servers().learn("turn.example.org", {named.ip});
  CHECK(client.tcp(named, TcpKind::turns, "turn.example.org"));
  CHECK_FALSE(client.tcp(named, TcpKind::turns, "other.example.org"));
}

TEST_CASE("a server of the token is under the rules for addresses", "[gateway][token]") {
  token::Grant grant;
  grant.ice_servers = {"turn:10.0.0.1"};
  Claimed client(grant);
  const TransportAddress inside{IpAddress::v4(10, 0, 0, 1), 3478};
  CHECK(client.ask(kData, inside).reason == DenyReason::address);
}

TEST_CASE("a token's rate makes the operator's lower, and never higher", "[gateway][token]") {
  ConsentOptions options = with(ConsentPolicy::any);
  std::size_t expected = 10;
  token::Grant grant;
  grant.max_bps = 10 * 8 * kData.size();
  SECTION("alone") {}
  SECTION("below the operator's") {
    options.bytes_per_second_max = 100 * kData.size();
  }
  SECTION("above the operator's") {
    options.bytes_per_second_max = 5 * kData.size();
    expected = 5;
  }
  SECTION("of less than a byte") {
    grant.max_bps = 1;
    expected = 1;
  }
  Claimed client(grant, options);
  for (const Direction direction : {Direction::outbound, Direction::inbound}) {
    std::size_t passed = 0;
    for (int i = 0; i < 100; ++i)
      passed += client.ask(kData, kFarPeer, direction).allowed ? 1u : 0u;
    CHECK(passed == expected);
    CHECK(client.ask(kData, kFarPeer, direction).reason == DenyReason::quota);
  }
}
