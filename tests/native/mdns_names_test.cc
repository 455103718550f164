// Multicast DNS on loopback: two hosts' names, and sockets that act as others do.
#include "floe/native/mdns_names.h"

#include <catch2/catch_test_macros.hpp>
#include <functional>
#include <optional>
#include <set>

#include "floe/driver/connection.h"
#include "floe/mdns/limits.h"
#include "floe/native/interfaces.h"
#include "floe/native/system_host.h"
#include "floe/native/system_random.h"
#include "loop_runner.h"
#include "multicast_socket.h"
#include "recording_log.h"

namespace floe::native {
namespace {

using test::run_for;
using test::run_until;

const IpAddress kLoopback = IpAddress::loopback(Family::ipv4);
const std::string kName = "0f3c8a52-0000-4000-8000-000000000001.local";

struct Asker final : ResolveListener {
  void on_resolved(const std::vector<IpAddress>& addresses, std::string_view why) override {
    answer = addresses;
    error = why;
    if (then) then();
  }
  std::optional<std::vector<IpAddress>> answer;
  std::string error;
  std::function<void()> then;
};

struct World {
  Loop loop;
  Interfaces interfaces{loop, {kLoopback}};
  SystemRandom random;
  test::RecordingLog log;
  MdnsNames names{loop, interfaces, random, log};
};

/// A member of the group that answers every query as a browser does: in the group alone.
struct Browser final : MulticastListener {
  explicit Browser(Loop& loop) : socket(loop, {kLoopback, 1}, MulticastPurpose::take_part, *this) {}
  void on_multicast(MulticastSocket&, const TransportAddress& from, Bytes bytes) override {
    const auto message = mdns::parse_message(bytes);
    if (!message || message->is_response) return;
    ports.push_back(from.port);
    for (const mdns::Question& question : message->questions) {
      socket.send_to_group(mdns::write_response({mdns::ResponseKind::multicast,
                                                 0,
                                                 {*mdns::Name::parse(kName), question.type, false},
                                                 kLoopback}));
    }
  }
  std::vector<std::uint16_t> ports;
  MulticastSocket socket;
};

/// A machine whose address a test changes.
class OneAddress final : public NetworkMonitor {
 public:
  void set(const IpAddress& ip) {
    address_ = ip;
    for (NetworkListener* listener : listeners_) listener->on_network_changed();
  }
  std::optional<std::vector<InterfaceAddress>> addresses() const override {
    return std::vector<InterfaceAddress>{{address_, "lo"}};
  }
  void add_listener(NetworkListener& listener) override { listeners_.push_back(&listener); }
  void remove_listener(NetworkListener& listener) override { std::erase(listeners_, &listener); }

 private:
  IpAddress address_ = kLoopback;
  std::vector<NetworkListener*> listeners_;
};

}  // namespace

TEST_CASE("a name that one host gives is resolved by another", "[native][mdns]") {
  World giver;
  MdnsNames other(giver.loop, giver.interfaces, giver.random, giver.log);
  const std::string name = giver.names.name_of(kLoopback);
  REQUIRE(name.size() == kName.size());
  CHECK(giver.names.name_of(kLoopback) == name);
  Asker asker;
  const auto resolution = other.resolve(name, asker);
  CHECK_FALSE(asker.answer);
  REQUIRE(run_until(giver.loop, [&] { return asker.answer.has_value(); }));
  CHECK(*asker.answer == std::vector{kLoopback});
  CHECK(asker.error.empty());
}

TEST_CASE("an answer that goes to the group alone is heard", "[native][mdns]") {
  World world;
  Browser browser(world.loop);
  REQUIRE(browser.socket.is_open());
  Asker asker;
  const auto resolution = world.names.resolve(kName, asker);
  REQUIRE(run_until(world.loop, [&] { return asker.answer.has_value(); }));
  CHECK(*asker.answer == std::vector{kLoopback});
  // RFC 6762, section 5.1: one-shot queries come from another port than 5353. A member of the group
  // asks, too.
  REQUIRE_FALSE(browser.ports.empty());
  CHECK(browser.ports.front() != mdns::kPort);
}

TEST_CASE("sockets of multicast DNS are there as long as they are needed", "[native][mdns]") {
  World world;
  Browser browser(world.loop);
  CHECK(world.names.link_count() == 0);
  Asker asker;
  auto resolution = world.names.resolve(kName, asker);
  CHECK(world.names.link_count() == 1);
  SECTION("a lookup is over") {
    REQUIRE(run_until(world.loop, [&] { return asker.answer.has_value(); }));
  }
  SECTION("a lookup is taken back") {
    resolution.reset();
  }
  run_for(world.loop, 20ms);
  CHECK(world.names.link_count() == 0);
}

TEST_CASE("what cannot be asked for fails soon, but not at once", "[native][mdns]") {
  World world;
  Asker asker;
  const char* name = "example.org";
  SECTION("another name") {}
  SECTION("no name") {
    name = "a b";
  }
  const auto resolution = world.names.resolve(name, asker);
  CHECK_FALSE(asker.answer);
  REQUIRE(run_until(world.loop, [&] { return asker.answer.has_value(); }));
  CHECK(asker.answer->empty());
  CHECK(asker.error == "it is no name of the local network");
}

TEST_CASE("without an interface there is nobody to ask", "[native][mdns]") {
  World world;
  MdnsNames names(world.loop, world.interfaces, world.random, world.log, {"no-such-interface"});
  Asker asker;
  const auto resolution = names.resolve(kName, asker);
  REQUIRE(run_until(world.loop, [&] { return asker.answer.has_value(); }));
  CHECK(asker.error == "this machine has no local network to ask in");
  CHECK(names.name_of(kLoopback).empty());
}

TEST_CASE("an address of others has no name", "[native][mdns]") {
  World world;
  CHECK(world.names.name_of(IpAddress::v4(192, 0, 2, 1)).empty());
}

TEST_CASE("names of addresses that are gone make room for others", "[native][mdns]") {
  World world;
  OneAddress network;
  MdnsNames names(world.loop, network, world.random, world.log);
  std::set<std::string> given;
  for (std::uint8_t i = 1; i <= 2 * mdns::kOwnNamesMax; ++i) {
    network.set(IpAddress::v4(127, 0, 0, i));
    given.insert(names.name_of(IpAddress::v4(127, 0, 0, i)));
  }
  CHECK(given.size() == 2 * mdns::kOwnNamesMax);
  CHECK_FALSE(given.contains(""));
  CHECK(names.link_count() == 1);
}

TEST_CASE("a listener may destroy its lookup and others, and ask again", "[native][mdns]") {
  World world;
  Browser browser(world.loop);
  Asker first;
  Asker second;
  std::unique_ptr<Resolution> one = world.names.resolve(kName, first);
  std::unique_ptr<Resolution> two = world.names.resolve(kName, second);
  first.then = [&] {
    one.reset();
    two = world.names.resolve(kName, second);
  };
  REQUIRE(run_until(world.loop, [&] { return second.answer.has_value(); }));
  CHECK(*second.answer == std::vector{kLoopback});
}

TEST_CASE("two connections that hide their addresses meet", "[native][mdns]") {
  test::RecordingLog log;
  SystemHostOptions options;
  options.only_addresses = {kLoopback};
  options.log = &log;
  SystemHost host(options);
  const ConnectionOptions hiding{.mdns = MdnsMode::hide};
  ConnectionOptions controlled = hiding;
  controlled.agent.role = ice::Role::controlled;
  Connection left(host.api(), hiding);
  Connection right(host.api(), controlled);
  bool is_told = false;
  const auto carry = [&](Connection& to) {
    return [&](const signal::Message& message) {
      const auto* found = std::get_if<signal::CandidateMessage>(&message);
      is_told = is_told || (found && found->init.candidate.find("127.0.0.1") != std::string::npos);
      host.loop().post([&to, message] { to.receive(message); });
    };
  };
  left.on_signal = carry(right);
  right.on_signal = carry(left);
  left.start();
  right.start();
  CHECK(run_until(host.loop(), [&] { return left.is_connected() && right.is_connected(); }));
  CHECK_FALSE(is_told);
  for (const ice::Candidate& candidate : left.agent().remote_candidates()) {
    CHECK((candidate.is_hidden_by_name || candidate.type == ice::CandidateType::peer_reflexive));
  }
}

}  // namespace floe::native
