// Who gets a tunnel or a place in a room, and for how long, with real sockets.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "address_policy.h"
#include "floe/native/gateway_host.h"
#include "floe/native/http_server.h"
#include "floe/rooms/signal_service.h"
#include "minted.h"
#include "raw_client.h"
#include "recording_log.h"
#include "tunnel_service.h"

using namespace floe;
using namespace floe::gateway;
using gateway::test::kSecret;
using gateway::test::minted;
using gateway::test::some_claims;
using native::test::RawClient;
using native::test::run_for;

namespace {

GatewayOptions with_secret() {
  GatewayOptions options;
  options.secret = kSecret;
  return options;
}

native::HttpServerOptions on_loopback() {
  native::HttpServerOptions options;
  options.address.ip = IpAddress::loopback(Family::ipv4);
  options.strangers = {10'000, 10'000};
  return options;
}

native::SystemHostOptions quiet() {
  native::SystemHostOptions options;
  options.log_minimum = LogLevel::error;
  return options;
}

/// Tunnels and rooms, and clients of both on the same loop.
struct World {
  explicit World(GatewayOptions given = with_secret())
      : options(std::move(given)),
        shared(options, host.api().crypto, host.api().random),
        policy({true, false}, NamedServers(options.turn_servers)),
        strangers(options.admission.strangers),
        signal(host, shared.access_control, refusals, strangers, options.admission.rooms),
        tunnel(host, host.udp_sockets(), options, shared, policy, refusals, strangers),
        server(host.web_socket_engine(), on_loopback()) {
    server.add_subprotocol("floe.tunnel.1", tunnel);
    server.add_subprotocol("floe.signal.1", signal);
    REQUIRE(server.listen());
  }

  template <class Predicate>
  bool run_until(Predicate done, Duration patience = native::test::kPatience) {
    return native::test::run_until(host.loop(), done, patience);
  }
  std::string url(const std::string& path) const {
    return "ws://" + server.address().to_text() + path;
  }
  const std::vector<std::string>& refused() const { return log.lines; }

  GatewayOptions options;
  native::SystemHost host{quiet()};
  native::test::RecordingLog log;
  Shared shared;
  rooms::RefusalLog refusals{log, "gateway"};
  AddressPolicy policy;
  native::Strangers strangers;
  rooms::SignalService signal;
  TunnelService tunnel;
  native::HttpServer server;
};

/// A program with a tunnel and one socket.
struct TunnelClient final : DatagramListener {
  TunnelClient(World& world, const std::string& token)
      : host(world.host, world.url("/tunnel"), token) {
    host.on_lost = [this](const native::GatewayLost& gone) {
      lost = std::string(gone.code) + ": " + std::string(gone.text);
    };
    BindRequest request;
    request.ip = IpAddress::loopback(Family::ipv4);
    socket = host.api().datagram_sockets.open(request, *this);
  }
  void on_bound(DatagramSocket&, const TransportAddress&) override { bound = true; }
  void on_socket_failed(DatagramSocket&, BindError error) override { failed = error; }
  void on_datagram(DatagramSocket&, const Datagram&) override {}
  bool is_over() const { return bound || !lost.empty(); }

  bool bound = false;
  std::optional<BindError> failed;
  std::string lost;
  native::GatewayHost host;
  std::unique_ptr<DatagramSocket> socket;
};

/// A program that joins a room by hand.
struct Member final : MessageChannelListener {
  Member(World& world, const std::string& room, const std::string& name, std::string token_text)
      : join(R"({"type":"join","name":")" + name + R"(","token":")" + token_text + "\"}"),
        channel(world.host.web_socket_clients().connect(world.url("/signal/" + room),
                                                        "floe.signal.1", *this)) {}
  void on_channel_open() override { channel->send(MessageKind::text, as_bytes(join)); }
  void on_channel_message(MessageKind, Bytes message) override {
    heard.emplace_back(as_text(message));
  }
  void on_channel_closed(const ChannelClosed& closed) override {
    code = closed.code;
    reason = closed.reason;
  }
  bool has_joined() const { return !heard.empty() && heard[0].starts_with(R"({"type":"joined")"); }

  std::string join;
  std::vector<std::string> heard;
  std::uint16_t code = 0;
  std::string reason;
  std::unique_ptr<MessageChannel> channel;
};

}  // namespace

TEST_CASE("a tunnel opens with a token, and says why it does not", "[gateway][admission]") {
  World world;
  token::Claims claims = some_claims();
  std::string expected;
  SECTION("a good one") {}
  SECTION("one that has expired") {
    claims.issued_at = rooms::unix_now() - 100;
    claims.grant.expires_at = rooms::unix_now() - 1;
    expected = "has expired";
  }
  SECTION("one for pages") {
    claims.grant.native = false;
    expected = "claim `native`";
  }
  SECTION("one for somebody else") {
    claims.audience = {"shop"};
    expected = "`aud` must name this gateway";
  }
  TunnelClient client(world, minted(claims));
  REQUIRE(world.run_until([&] { return client.is_over(); }));
  INFO(client.lost);
  CHECK(client.bound == expected.empty());
  if (!expected.empty()) {
    CHECK(client.lost.starts_with("unauthorized"));
    CHECK(client.lost.find(expected) != std::string::npos);
  }
  CHECK(world.shared.quotas.sessions.used() == (expected.empty() ? 1 : 0));
}

TEST_CASE("what a token opened ends with it", "[gateway][admission]") {
  World world;
  const Timestamp start = world.host.loop().now();
  const std::string token = minted(some_claims(3));
  TunnelClient client(world, token);
  Member member(world, "lab", "device", token);
  REQUIRE(world.run_until([&] { return client.is_over() && !member.heard.empty(); }));
  REQUIRE(client.bound);
  REQUIRE(member.has_joined());
  REQUIRE(world.run_until([&] { return !client.lost.empty() && member.code != 0; }));
  const Duration lived = world.host.loop().now() - start;
  CHECK(lived >= 2s);
  CHECK(lived <= 4s);
  CHECK(client.lost.find("has expired") != std::string::npos);
  CHECK(member.code == signal::kClosePolicy);
  CHECK(member.reason == "the token has expired");
  REQUIRE(world.run_until([&] { return world.shared.quotas.sessions.used() == 0; }));
  CHECK(world.shared.quotas.sockets.used() == 0);
  CHECK(world.signal.connection_count() == 0);
}

TEST_CASE("a room opens to a token that names it", "[gateway][admission]") {
  World world;
  token::Claims claims = some_claims();
  claims.grant.rooms = {"lab"};
  Member good(world, "lab", "device", minted(claims));
  Member lost(world, "hall", "device", minted(claims));
  REQUIRE(world.run_until([&] { return !good.heard.empty() && lost.code != 0; }));
  CHECK(good.has_joined());
  REQUIRE(lost.heard.size() == 1);
  CHECK(lost.heard[0].starts_with(R"({"type":"error","code":"unauthorized")"));
  CHECK(lost.heard[0].find("not for this room") != std::string::npos);
}

TEST_CASE("a token limits the sockets of its tunnel", "[gateway][admission]") {
  World world;
  token::Claims claims = some_claims();
  claims.grant.max_sockets = 1;
  TunnelClient client(world, minted(claims));
  REQUIRE(world.run_until([&] { return client.is_over(); }));
  REQUIRE(client.bound);
  struct Second final : DatagramListener {
    void on_bound(DatagramSocket&, const TransportAddress&) override { bound = true; }
    void on_socket_failed(DatagramSocket&, BindError error) override { failed = error; }
    void on_datagram(DatagramSocket&, const Datagram&) override {}
    bool bound = false;
    std::optional<BindError> failed;
  } second;
  BindRequest request;
  request.ip = IpAddress::loopback(Family::ipv4);
  const auto socket = client.host.api().datagram_sockets.open(request, second);
  REQUIRE(world.run_until([&] { return second.bound || second.failed; }));
  CHECK(second.failed == BindError::limit);
  CHECK(world.shared.quotas.sockets.used() == 1);
}

TEST_CASE("a subject has its tunnels, and a network has its own", "[gateway][admission]") {
  GatewayOptions options = with_secret();
  options.admission.sessions_per_network_max = 3;
  World world(options);
  token::Claims claims = some_claims();
  claims.grant.subject = "alice";
  claims.grant.max_sessions = 1;
  auto first = std::make_unique<TunnelClient>(world, minted(claims));
  REQUIRE(world.run_until([&] { return first->is_over(); }));
  CHECK(first->bound);
  TunnelClient second(world, minted(claims));
  REQUIRE(world.run_until([&] { return second.is_over(); }));
  CHECK(second.lost.find("all the sessions that it may have") != std::string::npos);
  first.reset();
  REQUIRE(world.run_until([&] { return world.shared.quotas.sessions.used() == 0; }));
  std::vector<std::unique_ptr<TunnelClient>> others;
  for (int i = 0; i < 4; ++i) {
    claims.grant.subject = "guest" + std::to_string(i);
    others.push_back(std::make_unique<TunnelClient>(world, minted(claims)));
    REQUIRE(world.run_until([&] { return others.back()->is_over(); }));
  }
  CHECK(others[2]->bound);
  CHECK(others[3]->lost.find("your network") != std::string::npos);
}

TEST_CASE("a token in a URL opens nothing", "[gateway][admission]") {
  World world;
  const std::string token = minted(some_claims());
  for (const char* path : {"/tunnel", "/signal/lab"}) {
    RawClient client(world.host.loop(), world.server.address());
    client.send(std::string("GET ") + path + "?token=" + token +
                " HTTP/1.1\r\nHost: t\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                "Sec-WebSocket-Protocol: " +
                (std::string(path) == "/tunnel" ? "floe.tunnel.1" : "floe.signal.1") + "\r\n\r\n");
    REQUIRE(client.receive_end());
    CHECK(client.received().find(" 403 ") != std::string::npos);
  }
  REQUIRE(world.refused().size() == 2);
  for (const std::string& line : world.refused()) {
    CHECK(line.find("its token is in the URL") != std::string::npos);
    CHECK(line.find(token) == std::string::npos);
  }
}

TEST_CASE("a flood of silent strangers keeps nobody out who has a token", "[gateway][admission]") {
  World world;
  const std::string token = minted(some_claims());
  const char* const path = GENERATE("/tunnel", "/signal/lab");
  const bool is_tunnel = std::string_view(path) == "/tunnel";
  std::vector<std::unique_ptr<RawClient>> silent;
  std::vector<std::unique_ptr<TunnelClient>> tunnels;
  std::vector<std::unique_ptr<Member>> members;
  const auto upgrade = [&] {
    silent.push_back(std::make_unique<RawClient>(world.host.loop(), world.server.address()));
    silent.back()->send(std::string("GET ") + path +
                        " HTTP/1.1\r\nHost: t\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Version: 13\r\n"
                        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                        "Sec-WebSocket-Protocol: " +
                        (is_tunnel ? "floe.tunnel.1" : "floe.signal.1") + "\r\n\r\n");
    // As many as one process may have: the oldest are gone at the server.
    if (silent.size() > 300) silent.erase(silent.begin());
  };
  const Timestamp start = world.host.loop().now();
  std::size_t asked = 0;
  while (world.host.loop().now() - start < 3s) {
    const Duration elapsed = world.host.loop().now() - start;
    // No more at once than the kernel keeps for a server that is on the same thread.
    for (int i = 0; i < 64 && Duration(1s) * static_cast<std::int64_t>(asked) < elapsed * 700;
         ++i) {
      upgrade();
      ++asked;
    }
    const std::size_t due = static_cast<std::size_t>(elapsed / Duration(250ms));
    if (is_tunnel && tunnels.size() < std::min<std::size_t>(due, 12)) {
      tunnels.push_back(std::make_unique<TunnelClient>(world, token));
    }
    if (!is_tunnel && members.size() < std::min<std::size_t>(due, 12)) {
      members.push_back(std::make_unique<Member>(world, "room" + std::to_string(members.size()),
                                                 "device", token));
    }
    world.host.loop().run_once(Duration(1ms));
  }
  world.run_until([&] {
    return std::ranges::all_of(tunnels, [](const auto& one) { return one->is_over(); }) &&
           std::ranges::all_of(members, [](const auto& one) { return !one->heard.empty(); });
  });
  CHECK(asked > 1500);
  CHECK(tunnels.size() + members.size() >= 11);
  for (const auto& one : tunnels) CHECK(one->bound);
  for (const auto& one : members) CHECK(one->has_joined());
  CHECK(world.strangers.count() <= 256);
  CHECK(world.strangers.displaced() > 100);
  run_for(world.host.loop(), 500ms);
  CHECK(world.server.connection_count() < 600);
}

TEST_CASE("no secret and no token is in a log of all details", "[gateway][admission]") {
  World world;
  const std::string good = minted(some_claims());
  const std::string bad = minted(some_claims(), "another secret of 16");
  TunnelClient first(world, good);
  TunnelClient second(world, bad);
  TunnelClient third(world, kSecret);
  Member member(world, "lab", "device", bad);
  REQUIRE(world.run_until(
      [&] { return first.is_over() && second.is_over() && third.is_over() && member.code != 0; }));
  CHECK(world.refused().size() == 3);
  for (const std::string& line : world.refused()) {
    INFO(line);
    CHECK(line.find(kSecret) == std::string::npos);
    CHECK(line.find(good.substr(0, 30)) == std::string::npos);
    CHECK(line.find(bad.substr(0, 30)) == std::string::npos);
    CHECK(line.find(bad.substr(bad.rfind('.'))) == std::string::npos);
  }
}
