// TCP and TLS through a gateway and its tunnel, with real sockets.
#include <catch2/catch_test_macros.hpp>

#include "address_policy.h"
#include "floe/native/gateway_host.h"
#include "floe/native/http_server.h"
#include "floe/rooms/access_control.h"
#include "stream_server.h"
#include "temporary_directory.h"
#include "tunnel_service.h"

using namespace floe;
using namespace floe::gateway;
using native::test::StreamServer;

namespace {

struct End final : StreamListener {
  void on_stream_connected(const TransportAddress& address) override { local = address; }
  void on_stream_bytes(Bytes bytes) override { received += as_text(bytes); }
  void on_stream_closed(std::string_view why) override { reason = why; }

  std::optional<TransportAddress> local;
  std::string received;
  std::string reason;
};

GatewayOptions with_turn(const std::string& uri) {
  GatewayOptions options;
  options.insecure_dev = true;
  options.turn_servers = {*parse_server_uri(uri)};
  return options;
}

native::SystemHostOptions host_options(const std::string& ca_file) {
  native::SystemHostOptions options;
  options.log_minimum = LogLevel::warning;
  options.streams.tls_ca_file = ca_file;
  return options;
}

native::HttpServerOptions on_loopback() {
  native::HttpServerOptions options;
  options.address.ip = IpAddress::loopback(Family::ipv4);
  return options;
}

/// A gateway and a client of it, on one loop.
struct GatewayWorld {
  GatewayWorld(native::SystemHost& system, const std::string& uri)
      : host(system),
        options(with_turn(uri)),
        shared(options, host.api().crypto, host.api().random),
        policy({.allow_loopback = true}, NamedServers(options.turn_servers)),
        tunnel(host, host.udp_sockets(), options, shared, policy, refusals, strangers),
        server(host.web_socket_engine(), on_loopback()) {
    server.add_subprotocol("floe.tunnel.1", tunnel);
    REQUIRE(server.listen());
    client.emplace(host, "ws://" + server.address().to_text() + "/tunnel", "");
  }

  template <class Predicate>
  bool run_until(Predicate done) {
    return native::test::run_until(host.loop(), done);
  }
  void connect(const TransportAddress& remote, const std::optional<TlsClient>& tls = {}) {
    stream = client->api().streams->connect(remote, tls, end);
    REQUIRE(run_until([&] { return end.local || !end.reason.empty(); }));
  }

  native::SystemHost& host;
  GatewayOptions options;
  Shared shared;
  rooms::RefusalLog refusals{host.api().log, "gateway"};
  AddressPolicy policy;
  native::Strangers strangers;
  TunnelService tunnel;
  native::HttpServer server;
  End end;
  std::optional<native::GatewayHost> client;
  std::unique_ptr<StreamSocket> stream;
};

std::string over_tcp(const TransportAddress& address) {
  return "turn:" + address.to_text() + "?transport=tcp";
}

}  // namespace

TEST_CASE("a client of the gateway talks to a TURN server over TCP", "[gateway][tcp]") {
  native::SystemHost host(host_options({}));
  StreamServer turn(host.loop());
  turn.set_echo(true);
  GatewayWorld world(host, over_tcp(turn.address()));
  world.connect(turn.address());
  REQUIRE(world.end.local);
  std::string sent;
  while (sent.size() < 300'000) {
    const std::string piece = std::to_string(sent.size()) + std::string(1200, '.');
    if (world.stream->send(as_bytes(piece))) {
      sent += piece;
    } else {
      host.loop().run_once(Duration(10ms));
    }
  }
  REQUIRE(world.run_until([&] { return world.end.received.size() == sent.size(); }));
  CHECK(world.end.received == sent);
  CHECK(world.tunnel.counters().tcp_bytes_in == sent.size());
  SECTION("the server closes") {
    turn.close();
    REQUIRE(world.run_until([&] { return !world.end.reason.empty(); }));
    CHECK(world.end.reason == "the server closed the connection");
  }
  SECTION("the client closes") {
    world.stream.reset();
    CHECK(world.run_until([&] { return turn.has_ended(); }));
  }
  SECTION("the client is gone") {
    world.stream.reset();
    world.client.reset();
    CHECK(world.run_until([&] { return turn.has_ended(); }));
  }
}

TEST_CASE("a server that the gateway was not told of is refused", "[gateway][tcp]") {
  native::SystemHost host(host_options({}));
  StreamServer other(host.loop());
  GatewayWorld world(host, "turn:192.0.2.1?transport=tcp");
  world.connect(other.address());
  CHECK(world.end.reason == "the gateway's configuration does not allow this TURN server");
  CHECK_FALSE(other.is_connected());
}

TEST_CASE("the gateway verifies TLS for its clients", "[gateway][tcp][tls]") {
  native::test::TemporaryDirectory directory;
  const auto certificate = native::test::make_certificate("localhost");
  native::SystemHost host(host_options(directory.write("ca.pem", certificate.certificate_pem)));
  const auto other = native::test::make_certificate("localhost");
  SECTION("by an authority that it trusts") {
    StreamServer turn(host.loop(), &certificate);
    turn.set_echo(true);
    const std::string uri = "turns:localhost:" + std::to_string(turn.address().port);
    GatewayWorld world(host, uri);
    world.policy.named_servers().learn("localhost", {turn.address().ip});
    world.connect(turn.address(), TlsClient{"localhost"});
    REQUIRE(world.end.local);
    REQUIRE(world.stream->send(as_bytes("hello")));
    CHECK(world.run_until([&] { return world.end.received == "hello"; }));
  }
  SECTION("by another") {
    StreamServer turn(host.loop(), &other);
    const std::string uri = "turns:localhost:" + std::to_string(turn.address().port);
    GatewayWorld world(host, uri);
    world.policy.named_servers().learn("localhost", {turn.address().ip});
    world.connect(turn.address(), TlsClient{"localhost"});
    CHECK(world.end.reason == "the gateway could not verify the server by TLS: see its log");
  }
}
