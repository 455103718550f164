// Hosts whose addresses change, and that sleep.
#include <catch2/catch_test_macros.hpp>

#include "sim/postbox.h"

using namespace floe;
using namespace floe::sim;

namespace {

IpAddress ip(std::string_view text) {
  return *IpAddress::parse(text);
}

struct Ear final : NetworkListener {
  explicit Ear(SimHost& host) : network(host.api().network) { network.add_listener(*this); }
  ~Ear() { network.remove_listener(*this); }
  void on_network_changed() override { ++changes; }

  NetworkMonitor& network;
  int changes = 0;
};

struct Bell final : TimerListener {
  explicit Bell(SimHost& host) : timer(host.api().timers.create(*this)) {}
  void handle_timeout(Timestamp now) override { rung.push_back(now); }

  std::unique_ptr<Timer> timer;
  std::vector<Timestamp> rung;
};

}  // namespace

TEST_CASE("a host names its interfaces' addresses in the order in which they came", "[sim]") {
  World world(1);
  SimHost& host = world.add_host("host");
  host.add_interface("wlan0", world.internet(), {ip("2001:db8::1"), ip("192.0.2.1")});
  host.add_interface("wwan0", world.internet(), {ip("192.0.2.2")});
  const auto addresses = host.api().network.addresses();
  REQUIRE(addresses);
  REQUIRE(addresses->size() == 3);
  CHECK((*addresses)[0].ip == ip("2001:db8::1"));
  CHECK((*addresses)[2].ip == ip("192.0.2.2"));
  CHECK((*addresses)[2].interface_name == "wwan0");
}

TEST_CASE("each interface has a link of its own", "[sim]") {
  World world(1);
  SimHost& host = world.add_host("host");
  host.add_interface("wlan0", world.internet(), {ip("192.0.2.1")}, {.delay = 1ms});
  host.add_interface("wwan0", world.internet(), {ip("192.0.2.2")}, {.delay = 50ms});
  Postbox wlan(world, host, ip("192.0.2.1"));
  Postbox wwan(world, host, ip("192.0.2.2"));
  Postbox server(world, world.add_host("server", {ip("192.0.2.9")}, {.delay = 0ms}),
                 ip("192.0.2.9"));
  const Timestamp sent = world.now();
  wwan.send(server.local(), "far");
  wlan.send(server.local(), "near");
  world.run_for(1s);
  REQUIRE(server.letters().size() == 2);
  CHECK(server.letters()[0].text == "near");
  CHECK(server.letters()[1].at - sent == 50ms);
}

TEST_CASE("a host that loses an address loses its sockets there, and tells who listens", "[sim]") {
  World world(1);
  SimHost& host = world.add_host("host", {ip("192.0.2.1"), ip("192.0.2.2")});
  Postbox kept(world, host, ip("192.0.2.1"));
  Postbox lost(world, host, ip("192.0.2.2"));
  Postbox server(world, world.add_host("server", {ip("192.0.2.9")}), ip("192.0.2.9"));
  Ear ear(host);
  host.set_addresses(*host.interface("eth0"), {ip("192.0.2.1"), ip("192.0.2.3")});
  CHECK(ear.changes == 0);
  world.run_for(0ms);
  CHECK(ear.changes == 1);
  CHECK(kept.is_bound());
  CHECK(lost.failure() == BindError::address_not_available);
  CHECK(lost.send(server.local()) == SendStatus::failed);
  CHECK(kept.reaches(server, server.local()));
  CHECK_FALSE(server.reaches(lost, lost.local()));
  CHECK(Postbox(world, host, ip("192.0.2.3")).is_bound());
}

TEST_CASE("interfaces come and go", "[sim]") {
  World world(1);
  SimHost& host = world.add_host("host", {ip("192.0.2.1")});
  Ear ear(host);
  host.add_interface("wwan0", world.internet(), {ip("192.0.2.2")});
  world.run_for(0ms);
  CHECK(ear.changes == 1);
  Postbox box(world, host, ip("192.0.2.2"));
  Postbox server(world, world.add_host("server", {ip("192.0.2.9")}), ip("192.0.2.9"));
  server.send(box.local());
  host.remove_interface("wwan0");  // with a datagram under way to it
  world.run_for(1s);
  CHECK(ear.changes == 2);
  CHECK(box.letters().empty());
  CHECK(box.failure() == BindError::address_not_available);
  CHECK(host.api().network.addresses()->size() == 1);
}

TEST_CASE("a socket cannot be bound where the host has no address, nor where another is", "[sim]") {
  World world(1);
  SimHost& host = world.add_host("host", {ip("192.0.2.1")});
  CHECK(Postbox(world, host, ip("192.0.2.7")).failure() == BindError::address_not_available);
  Postbox first(world, host, ip("192.0.2.1"), 3478);
  CHECK(Postbox(world, host, ip("192.0.2.1"), 3478).failure() == BindError::address_in_use);
}

TEST_CASE("a socket of all addresses hears at each and is told which", "[sim]") {
  World world(1);
  SimHost& host = world.add_host("host", {ip("192.0.2.1"), ip("192.0.2.2")});
  Postbox all(world, host, IpAddress::any(Family::ipv4), 1000);
  Postbox other(world, world.add_host("other", {ip("192.0.2.9")}), ip("192.0.2.9"));
  CHECK(other.reaches(all, {ip("192.0.2.2"), 1000}));
  CHECK(all.letters().back().to == TransportAddress{ip("192.0.2.2"), 1000});
  CHECK(all.seen_by(other) == TransportAddress{ip("192.0.2.1"), 1000});
}

TEST_CASE("what a host sends to itself does not leave it", "[sim]") {
  World world(1);
  SimHost& host = world.add_host("host", {ip("192.0.2.1"), ip("192.0.2.2")}, {.is_up = false});
  Postbox first(world, host, ip("192.0.2.1"));
  Postbox second(world, host, ip("192.0.2.2"));
  CHECK(first.seen_by(second) == first.local());
}

TEST_CASE("link-local addresses carry the zone of the interface, and are not routed", "[sim]") {
  World world(1);
  Network& lan = world.add_network("lan", {*Prefix::parse("2001:db8:1::/64")});
  world.add_firewall("firewall", lan, world.internet(), Firewall::stateful());
  SimHost& host = world.add_host("host", lan, {ip("fe80::1")});
  SimHost& neighbour = world.add_host("neighbour", lan, {ip("fe80::2")});
  SimHost& stranger = world.add_host("stranger", {ip("fe80::3")});
  const auto zoned = [](SimHost& owner) { return owner.api().network.addresses()->front().ip; };
  CHECK(zoned(host).zone() == 1);
  Postbox here(world, host, zoned(host));
  Postbox there(world, neighbour, zoned(neighbour));
  Postbox outside(world, stranger, zoned(stranger));
  CHECK(here.seen_by(there) == here.local());
  CHECK_FALSE(here.seen_by(outside));
}

TEST_CASE("a host that sleeps hears nothing, and its timers ring once when it wakes", "[sim]") {
  World world(1);
  SimHost& host = world.add_host("host", {ip("192.0.2.1")});
  Postbox box(world, host, ip("192.0.2.1"));
  Postbox server(world, world.add_host("server", {ip("192.0.2.9")}), ip("192.0.2.9"));
  Bell late(host);
  Bell later(host);
  Bell after(host);
  const Timestamp begin = world.now();
  later.timer->arm(begin + 20s);
  late.timer->arm(begin + 10s);
  after.timer->arm(begin + 100s);

  host.fall_asleep();
  CHECK_FALSE(server.reaches(box, box.local()));
  CHECK(box.send(server.local()) == SendStatus::failed);
  world.run_for(59s);
  CHECK(late.rung.empty());

  host.wake();
  world.run_for(0ms);
  CHECK(late.rung == std::vector{begin + 60s});
  CHECK(later.rung == std::vector{begin + 60s});
  CHECK(after.rung.empty());
  CHECK(server.reaches(box, box.local()));
  world.run_for(100s);
  CHECK(late.rung.size() == 1);
  CHECK(after.rung == std::vector{begin + 100s});
}

TEST_CASE("what is to be done on a host that sleeps is done when it wakes", "[sim]") {
  World world(1);
  SimHost& host = world.add_host("host", {ip("192.0.2.1")});
  Ear ear(host);
  std::vector<int> done;
  host.fall_asleep();
  host.schedule(world.now() + 1s, [&] { done.push_back(1); });
  host.schedule(world.now() + 2s, [&] { done.push_back(2); });
  host.add_interface("wwan0", world.internet(), {ip("192.0.2.2")});
  world.run_for(10s);
  CHECK(done.empty());
  CHECK(ear.changes == 0);
  host.wake();
  world.run_for(0ms);
  CHECK(done == std::vector{1, 2});
  CHECK(ear.changes == 1);
}

TEST_CASE("a timer that is armed again while its host sleeps rings at its new time only", "[sim]") {
  World world(1);
  SimHost& host = world.add_host("host", {ip("192.0.2.1")});
  Bell bell(host);
  const Timestamp begin = world.now();
  bell.timer->arm(begin + 1s);
  host.fall_asleep();
  world.run_for(5s);
  bell.timer->arm(begin + 20s);
  host.wake();
  world.run_for(60s);
  CHECK(bell.rung == std::vector{begin + 20s});
  CHECK(host.timers_armed() == 0);
}
