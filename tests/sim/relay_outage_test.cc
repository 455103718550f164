// TURN servers that are away for a while, and the relayed candidates that come back with them.
#include <catch2/catch_test_macros.hpp>

#include "floe/sim/packet_watcher.h"
#include "relay_pair.h"

using namespace floe;
using namespace floe::sim;

namespace {

/// A server whose program ends and starts anew.
class FlightyServer {
 public:
  static constexpr std::string_view kUdp = "turn:192.0.2.203";
  static constexpr std::string_view kTcp = "turn:192.0.2.203?transport=tcp";

  explicit FlightyServer(World& world)
      : server_(world.add_host("flighty", {ip()}), std::vector{ip()}) {}

  void come() { set_away(false); }
  void go() { set_away(true); }
  std::size_t allocation_count() const { return server_.allocation_count(); }
  static IpAddress ip() { return IpAddress::v4(192, 0, 2, 203); }

 private:
  void set_away(bool is_away) {
    server_.options().is_away = is_away;
    server_.restart();
  }

  TurnServer server_;
};

/// How often a host was asked.
class RequestCounter final : public PacketWatcher {
 public:
  std::size_t count() const { return count_; }

 private:
  void on_packet_sent(const SentPacket& packet) override {
    if (packet.destination.ip == FlightyServer::ip()) ++count_;
  }
  void on_packet_ended(std::uint64_t, Fate, std::string_view) override {}

  std::size_t count_ = 0;
};

RelayPair::Options recovering(std::string_view server) {
  return {.left_servers = std::string(server), .recovers = true};
}

}  // namespace

TEST_CASE("a connection that needs a relay recovers after its server was away for 3 s",
          "[ice][sim][relay]") {
  for (const std::string_view uri : {FlightyServer::kUdp, FlightyServer::kTcp}) {
    CAPTURE(uri);
    RelayPair pair(recovering(uri));
    FlightyServer server(pair.world);
    REQUIRE(pair.connect());
    pair.world.run_for(5s);
    server.go();
    pair.world.run_for(3s);
    server.come();
    CHECK(pair.world.run_until([&] { return server.allocation_count() > 0; }, 60s));
    CHECK(pair.world.run_until([&] { return pair.exchange(); }, 60s));
  }
}

TEST_CASE("a connection that needs a relay recovers after its server was away for 5 min",
          "[ice][sim][relay]") {
  for (const std::string_view uri : {FlightyServer::kUdp, FlightyServer::kTcp}) {
    CAPTURE(uri);
    RelayPair pair(recovering(uri));
    FlightyServer server(pair.world);
    REQUIRE(pair.connect());
    pair.world.run_for(5s);
    server.go();
    pair.world.run_for(300s);
    CHECK_FALSE(pair.left.connected());
    server.come();
    CHECK(pair.world.run_until([&] { return pair.exchange(); }, 130s));
  }
}

// The checks from the relay reach the open peer, which needs not hear of the new address.
TEST_CASE("without a restart, too, a relay comes back, and a path over it", "[ice][sim][relay]") {
  for (const Duration away : {Duration(3s), Duration(300s)}) {
    CAPTURE(away.count());
    RelayPair pair({.left_kind = "UDP blocked",
                    .right_kind = "open",
                    .left_servers = std::string(FlightyServer::kTcp)});
    FlightyServer server(pair.world);
    REQUIRE(pair.connect());
    server.go();
    pair.world.run_for(away);
    server.come();
    CHECK(pair.world.run_until([&] { return server.allocation_count() == 1; }, 61s));
    CHECK(pair.world.run_until([&] { return pair.exchange(); }, 5s));
  }
}

TEST_CASE("a server that was away from the start is found when it comes", "[ice][sim][relay]") {
  for (const std::string_view uri : {FlightyServer::kUdp, FlightyServer::kTcp}) {
    CAPTURE(uri);
    RelayPair pair(recovering(uri));
    FlightyServer server(pair.world);
    server.go();
    CHECK_FALSE(pair.connect(20s));
    server.come();
    CHECK(pair.both_connected(60s));
    CHECK(pair.exchange());
  }
}

TEST_CASE("without a restart, too, a server is found that was away from the start",
          "[ice][sim][relay]") {
  for (const std::string_view uri : {FlightyServer::kUdp, FlightyServer::kTcp}) {
    CAPTURE(uri);
    RelayPair pair({.left_servers = std::string(uri)});
    FlightyServer server(pair.world);
    server.go();
    CHECK_FALSE(pair.connect(100s));
    server.come();
    CHECK(pair.world.run_until([&] { return server.allocation_count() == 1; }, 66s));
  }
}

TEST_CASE("a server that stays away is asked about once a minute", "[ice][sim][relay]") {
  RelayPair pair({.left_servers = std::string(FlightyServer::kUdp)});
  FlightyServer server(pair.world);
  server.go();
  CHECK_FALSE(pair.connect(300s));
  CHECK(pair.left.gathered());
  RequestCounter counter;
  pair.world.add_packet_watcher(counter);
  pair.world.run_for(3600s);
  // Each attempt is a request that is repeated for 5 s.
  CHECK(counter.count() >= 55 * 4);
  CHECK(counter.count() <= 115 * 5);
}

TEST_CASE("a server that stays away is left alone once a direct path is", "[ice][sim][relay]") {
  RelayPair pair({.left_kind = "full cone",
                  .right_kind = "full cone",
                  .left_servers = std::string(FlightyServer::kUdp)});
  FlightyServer server(pair.world);
  server.go();
  REQUIRE(pair.connect());
  pair.world.run_for(10s);
  REQUIRE(pair.left.agent().state() == ice::State::completed);
  RequestCounter counter;
  pair.world.add_packet_watcher(counter);
  pair.world.run_for(600s);
  CHECK(counter.count() == 0);
}
