// What a watcher of datagrams is told: each as it was sent, how it ended, and where.
#include <catch2/catch_test_macros.hpp>
#include <map>

#include "sim/behind_nat.h"

using namespace floe;
using namespace floe::sim;

namespace {

struct Watcher final : PacketWatcher {
  struct Seen {
    std::string from;
    TransportAddress source;
    TransportAddress destination;
    std::string text;
    std::vector<Fate> fates = {};
    std::string place = {};
  };

  explicit Watcher(World& the_world) : world(the_world) { world.add_packet_watcher(*this); }
  ~Watcher() { world.remove_packet_watcher(*this); }

  void on_packet_sent(const SentPacket& packet) override {
    seen[packet.number] = {std::string(packet.from), packet.source, packet.destination,
                           std::string(as_text(packet.payload))};
  }
  void on_packet_ended(std::uint64_t number, Fate fate, std::string_view place) override {
    seen.at(number).fates.push_back(fate);
    seen.at(number).place = place;
  }

  /// The last datagram; nothing that it shows may be read before there was one.
  const Seen& last() const { return seen.rbegin()->second; }

  World& world;
  std::map<std::uint64_t, Seen> seen;
};

}  // namespace

TEST_CASE("a watcher sees a datagram as its socket sent it, and where it arrived", "[sim]") {
  BehindNat net(Nat::port_restricted());
  const Watcher watcher(net.world);
  REQUIRE(net.inside.reaches(net.server, net.server.local()));
  REQUIRE(watcher.seen.size() == 1);
  CHECK(watcher.last().from == "first:eth0");
  CHECK(watcher.last().source == net.inside.local());
  CHECK(watcher.last().destination == net.server.local());
  CHECK(watcher.last().text == "hello");
  CHECK(watcher.last().fates == std::vector{Fate::delivered});
  CHECK(watcher.last().place == "server:eth0");
}

TEST_CASE("a watcher is told which box lost a datagram, and why", "[sim]") {
  BehindNat net(Nat::port_restricted());
  const Watcher watcher(net.world);
  const auto external = net.inside.seen_by(net.server);
  REQUIRE(external);
  CHECK_FALSE(net.other_server.reaches(net.inside, *external));
  CHECK(watcher.last().fates == std::vector{Fate::filtered});
  CHECK(watcher.last().place == "router:outside");
  CHECK_FALSE(net.server.reaches(net.inside, {BehindNat::kExternal, 1}));
  CHECK(watcher.last().fates == std::vector{Fate::no_mapping});
  // The router knows no way on; the server's own network does not either, and has no box to ask.
  CHECK_FALSE(net.inside.reaches(net.server, {IpAddress::v4(198, 51, 100, 1), 1}));
  CHECK(watcher.last().place == "router:inside");
  CHECK_FALSE(net.server.reaches(net.inside, {IpAddress::v4(198, 51, 100, 1), 1}));
  CHECK(watcher.last().fates == std::vector{Fate::no_route});
  CHECK(watcher.last().place.empty());
}

TEST_CASE("a datagram that a link loses was under way to the other end", "[sim]") {
  BehindNat net(Nat::port_restricted());
  net.server_host.link().loss_ppm = 1'000'000;
  const Watcher watcher(net.world);
  CHECK_FALSE(net.inside.reaches(net.server, net.server.local()));
  CHECK(watcher.last().fates == std::vector{Fate::loss});
  CHECK(watcher.last().place == "server:eth0");
}

TEST_CASE("a datagram that a link duplicates ends twice", "[sim]") {
  BehindNat net(Nat::port_restricted());
  net.server_host.link().duplicate_ppm = 1'000'000;
  const Watcher watcher(net.world);
  REQUIRE(net.inside.reaches(net.server, net.server.local()));
  net.world.run_for(1s);
  REQUIRE(watcher.seen.size() == 1);
  CHECK(watcher.last().fates == std::vector{Fate::delivered, Fate::delivered});
}

TEST_CASE("a watcher changes nothing, and one that was removed hears nothing", "[sim]") {
  const auto hash_of = [](bool is_watched) {
    BehindNat net(Nat::symmetric(), 7);
    std::optional<Watcher> watcher;
    if (is_watched) watcher.emplace(net.world);
    net.inside.seen_by(net.server);
    watcher.reset();
    net.inside.seen_by(net.other_server);
    return net.world.trace().hash_value();
  };
  CHECK(hash_of(true) == hash_of(false));
}
