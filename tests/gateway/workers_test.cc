// Tunnels in several threads: they are divided, and their clients meet.
#include "workers.h"

#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <vector>

#include "floe/native/gateway_host.h"
#include "tunnel_world.h"

using namespace floe;
using namespace floe::gateway;
using gateway::test::UdpEnd;
using gateway::test::with_token;

namespace {

constexpr std::size_t kWorkers = 3;

GatewayOptions of_three(GatewayOptions options = with_token()) {
  options.workers = kWorkers;
  options.addresses.allow_loopback = true;
  return options;
}

/// The main loop of a gateway, its workers, and clients in the main loop.
struct WorkersWorld {
  explicit WorkersWorld(const GatewayOptions& chosen = of_three()) : options(chosen) {
    server.add_subprotocol("floe.tunnel.1", carrier.tunnel());
    REQUIRE(server.listen());
    REQUIRE(workers.start(options).empty());
  }
  ~WorkersWorld() { clients.clear(); }

  native::HttpServerOptions server_options() {
    native::HttpServerOptions at = worker_server_options(options, shared);
    at.address.ip = IpAddress::loopback(Family::ipv4);
    at.divert = [this](native::UniqueFd& connection, const TransportAddress& peer,
                       std::string_view first) {
      return workers.take(connection, peer, first, carrier.tunnel().connection_count());
    };
    return at;
  }

  /// A client with a socket.
  struct Client {
    std::unique_ptr<native::GatewayHost> host;
    UdpEnd end;
    ~Client() { end.socket.reset(); }
  };
  Client& add_client() {
    Client& client = *clients.emplace_back(std::make_unique<Client>());
    client.host = std::make_unique<native::GatewayHost>(
        host, "ws://" + server.address().to_text() + "/tunnel", options.secret);
    client.end.socket = client.host->api().datagram_sockets.open(
        {IpAddress::loopback(Family::ipv4), 0, 0}, client.end);
    REQUIRE(until([&] { return client.end.local || client.end.error; }));
    REQUIRE(client.end.local);
    return client;
  }
  template <class Predicate>
  bool until(Predicate done) {
    return native::test::run_until(host.loop(), done);
  }
  WorkerCounters counters() {
    WorkerCounters all = carrier.counters();
    workers.add_to(all);
    return all;
  }

  GatewayOptions options;
  native::StderrLog log{LogLevel::error};
  native::SystemHost host{worker_host_options(options, log)};
  Shared shared{options, host.api().crypto, host.api().random};
  Carrier carrier{{host, options, shared, log}};
  Workers workers{host.loop(), shared, log};
  native::HttpServer server{host.web_socket_engine(), server_options()};
  std::vector<std::unique_ptr<Client>> clients;
};

}  // namespace

TEST_CASE("each worker has as many tunnels as the others", "[gateway][workers]") {
  WorkersWorld world;
  for (int i = 0; i < 12; ++i) world.add_client();
  CHECK(world.counters().tunnels == std::vector<std::size_t>{4, 4, 4});
  CHECK(world.shared.quotas.sessions.used() == 12);
  world.clients.resize(6);
  REQUIRE(world.until([&] { return world.shared.quotas.sessions.used() == 6; }));
  CHECK(world.shared.quotas.sockets.used() == 6);
}

TEST_CASE("clients of different workers meet, each with each", "[gateway][workers]") {
  WorkersWorld world;
  std::vector<WorkersWorld::Client*> clients;
  for (std::size_t i = 0; i < 2 * kWorkers; ++i) clients.push_back(&world.add_client());
  for (const auto* from : clients) {
    for (auto* to : clients) {
      if (from == to) continue;
      to->end.received.clear();
      from->end.socket->send(*to->end.local, as_bytes("hello"));
      REQUIRE(world.until([&] { return !to->end.received.empty(); }));
      CHECK(to->end.received == std::vector<std::string>{"hello"});
      CHECK(to->end.from == from->end.local);
    }
  }
}

TEST_CASE("a socket that is closed is closed for the clients of all workers",
          "[gateway][workers]") {
  GatewayOptions options = of_three();
  options.addresses.allow_loopback = false;  // loopback is open where clients have sockets
  WorkersWorld world(options);
  auto& first = world.add_client();
  auto& second = world.add_client();
  const TransportAddress to = *second.end.local;
  first.end.socket->send(to, as_bytes("hello"));
  REQUIRE(world.until([&] { return !second.end.received.empty(); }));
  second.end.socket.reset();
  REQUIRE(world.until([&] { return world.shared.quotas.sockets.used() == 1; }));
  const std::uint64_t before = world.counters().tunnel.datagrams_dropped;
  first.end.socket->send(to, as_bytes("hello"));
  CHECK(world.until([&] { return world.counters().tunnel.datagrams_dropped == before + 1; }));
}

TEST_CASE("a limit counts the tunnels of all workers", "[gateway][workers]") {
  GatewayOptions options = of_three();
  options.sockets_max = 5;
  WorkersWorld world(options);
  for (int i = 0; i < 5; ++i) world.add_client();
  native::GatewayHost last(world.host, "ws://" + world.server.address().to_text() + "/tunnel",
                           options.secret);
  UdpEnd end;
  end.socket = last.api().datagram_sockets.open({IpAddress::loopback(Family::ipv4), 0, 0}, end);
  REQUIRE(world.until([&] { return end.local || end.error; }));
  CHECK(end.error == BindError::limit);
  end.socket.reset();
}

TEST_CASE("workers end when all that they had is closed", "[gateway][workers]") {
  WorkersWorld world;
  for (int i = 0; i < 6; ++i) world.add_client();
  bool ended = false;
  world.workers.end(close_codes::kGoingAway, "the gateway stops", [&] { ended = true; });
  CHECK(world.until([&] { return ended; }));
  CHECK(world.shared.quotas.sessions.used() == 2);  // those of the main loop
}

TEST_CASE("what is no tunnel stays in the main loop", "[gateway][workers]") {
  WorkersWorld world;
  for (const char* first : {"GET /tunnels", "GET /signal/", "POST /tunnel", "\x16\x03\x01\x02"}) {
    native::UniqueFd none;
    CHECK_FALSE(world.workers.take(none, {}, first, 1000));
  }
}
