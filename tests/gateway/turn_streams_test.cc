// Connections of TURN's clients over TCP, on loopback.
#include "turn_streams.h"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <list>

#include "floe/stun/message_builder.h"
#include "floe/turn/attributes/allocation.h"
#include "loop_runner.h"

using namespace floe;
using namespace floe::gateway;
using native::test::run_until;

namespace {

class EverybodyIsAlice final : public stun::Authenticator {
 public:
  stun::Authentication authenticate(Timestamp, const stun::MessageView&,
                                    const TransportAddress&) override {
    return {.error = 0, .username = "alice", .key = {}};
  }
  void refuse(Timestamp, std::uint16_t, const TransportAddress&, stun::MessageBuilder&) override {}
};

struct EveryPeer final : turn::PeerPolicy {
  bool admits(const IpAddress&) const override { return true; }
  bool allows(const TransportAddress&) const override { return true; }
};

/// A TURN server whose relays are no sockets.
struct TurnWorld final : turn::ServerHost, TurnStreamOwner {
  TurnWorld() {
    const auto bound = streams.listen({IpAddress::loopback(Family::ipv4), 0});
    REQUIRE(bound);
    address = *bound;
  }
  static turn::ServerConfig config() {
    turn::ServerConfig config;
    config.relays = {{IpAddress::v4(192, 0, 2, 1), IpAddress::v4(192, 0, 2, 1)}};
    config.allocations_per_user_max = 1000;
    return config;
  }

  void send_to_client(const turn::ClientPath& path, Bytes message) override {
    streams.send(path, message);
  }
  void send_to_peer(turn::RelayId, const TransportAddress&, Bytes) override {}
  void open_relay(turn::RelayId relay, const TransportAddress&) override {
    host.loop().post([this, relay] { server.on_relay_opened(host.loop().now(), relay); });
  }
  void close_relay(turn::RelayId) override {}
  void on_server_changed() override {}

  native::SystemHost host{{.log_minimum = LogLevel::warning}};
  EverybodyIsAlice alice;
  EveryPeer policy;
  turn::Server server{{*this, host.api().random, policy, alice, alice}, config()};
  TurnStreams streams{host, server, *this, nullptr, 1000};
  TransportAddress address;
};

struct Client final : StreamListener {
  explicit Client(TurnWorld& world)
      : stream(world.host.tcp_streams().connect(world.address, std::nullopt, *this)) {}
  void on_stream_connected(const TransportAddress&) override { is_connected = true; }
  void on_stream_bytes(Bytes bytes) override { received += as_text(bytes); }
  void on_stream_closed(std::string_view) override { is_closed = true; }

  void allocate() {
    std::array<std::uint8_t, 64> buffer;
    stun::MessageBuilder request(buffer, stun::Class::request, stun::Method::allocate, {1});
    request.add(turn::RequestedTransport{});
    REQUIRE(stream->send(*request.finish()));
  }

  std::string received;
  bool is_connected = false;
  bool is_closed = false;
  std::unique_ptr<StreamSocket> stream;
};

}  // namespace

TEST_CASE("clients with allocations do not count as strangers of their network",
          "[gateway][turn]") {
  TurnWorld world;
  std::list<Client> clients;
  for (std::size_t i = 0; i < TurnStreams::kStrangersPerNetworkMax + 40; ++i) {
    Client& client = clients.emplace_back(world);
    REQUIRE(run_until(world.host.loop(), [&] { return client.is_connected; }));
    client.allocate();
    REQUIRE(
        run_until(world.host.loop(), [&] { return !client.received.empty() || client.is_closed; }));
    REQUIRE_FALSE(client.is_closed);
  }
  CHECK(world.server.allocation_count() == clients.size());
  // A stranger still finds room.
  Client& stranger = clients.emplace_back(world);
  REQUIRE(run_until(world.host.loop(), [&] { return stranger.is_connected; }));
  stranger.stream->send(as_bytes("ab"));
  native::test::run_for(world.host.loop(), std::chrono::milliseconds(50));
  CHECK_FALSE(stranger.is_closed);
}

TEST_CASE("one network cannot take all of TURN's connections", "[gateway][turn]") {
  TurnWorld world;
  std::list<Client> clients;
  for (std::size_t i = 0; i < TurnStreams::kStrangersPerNetworkMax + 1; ++i) {
    Client& client = clients.emplace_back(world);
    REQUIRE(run_until(world.host.loop(), [&] { return client.is_connected; }));
  }
  CHECK(run_until(world.host.loop(), [&] { return clients.back().is_closed; }));
  CHECK_FALSE(clients.front().is_closed);
}
