// Two hosts as a program that is tested meets them.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "floe/sim/two_hosts.h"

using namespace floe;
using namespace floe::sim;

namespace {

struct Call {
  explicit Call(const TwoHostsOptions& options)
      : net(options),
        left(net.left().api(), net.left_options()),
        right(net.right().api(), net.right_options()) {
    net.introduce(left, right);
    right.on_datagram = [this](ice::ComponentId, Bytes datagram) { right.send(datagram); };
    left.on_datagram = [this](ice::ComponentId, Bytes datagram) { echo = as_text(datagram); };
  }

  bool connects(Duration limit = 30s) {
    left.start();
    right.start();
    return net.world().run_until([&] { return left.is_connected() && right.is_connected(); },
                                 limit);
  }
  /// How long an echo takes; nothing: it does not come.
  std::optional<Duration> round_trip() {
    const Timestamp began = net.world().now();
    left.send(as_bytes("hello"));
    if (!net.world().run_until([&] { return echo == "hello"; }, 5s)) return std::nullopt;
    return net.world().now() - began;
  }
  ice::CandidateType type_of(const Connection& end) const {
    return end.agent().selected_pair(1)->local.type;
  }

  TwoHosts net;
  Connection left;
  Connection right;
  std::string echo;
};

}  // namespace

TEST_CASE("two hosts are as far from each other as they are told, whatever is between",
          "[sim][two_hosts]") {
  for (const char* name : {"open", "port-restricted", "double", "mobile"}) {
    for (const Duration round_trip : {Duration(0ms), Duration(40ms), Duration(300ms)}) {
      CAPTURE(name, round_trip.count());
      Call call({.left = network_kind(name), .round_trip = round_trip});
      REQUIRE(call.connects());
      CHECK(call.round_trip() == round_trip);
    }
  }
}

TEST_CASE("two hosts have a TURN server when they want one", "[sim][two_hosts]") {
  TwoHostsOptions options{.left = network_kind("symmetric"), .right = network_kind("symmetric")};
  Call without(options);
  CHECK(without.net.turn() == nullptr);
  CHECK(without.net.servers().size() == 1);
  CHECK_FALSE(without.connects(60s));
  CHECK(without.left.state() == ice::State::failed);

  options.turn = true;
  Call with(options);
  REQUIRE(with.net.turn() != nullptr);
  CHECK(with.net.servers().size() == 3);
  REQUIRE(with.connects());
  CHECK(with.round_trip() == 80ms);
  CHECK(with.net.turn()->datagrams_relayed() > 0);
  const bool is_relayed = with.type_of(with.left) == ice::CandidateType::relayed ||
                          with.type_of(with.right) == ice::CandidateType::relayed;
  CHECK(is_relayed);
}

TEST_CASE("two hosts with IPv6 have servers with IPv6", "[sim][two_hosts]") {
  Call call({.left = network_kind("UDP blocked"),
             .right = network_kind("symmetric"),
             .versions = IpVersions::v6,
             .turn = true});
  CHECK(call.net.servers().front().uri.host == "2001:db8:ffff::1");
  REQUIRE(call.connects());
  CHECK(call.round_trip());
}

TEST_CASE("the lines of two hosts lose what they are told", "[sim][two_hosts]") {
  Call call({.loss_ppm = 1'000'000});
  CHECK_FALSE(call.connects());
  CHECK(call.net.world().trace().counters().delivered == 0);
}

TEST_CASE("a seed repeats a run of two hosts", "[sim][two_hosts]") {
  const auto hash_of = [](std::uint64_t seed) {
    Call call({.left = network_kind("symmetric"), .seed = seed, .loss_ppm = 100'000});
    call.connects();
    return call.net.world().trace().hash_value();
  };
  CHECK(hash_of(1) == hash_of(1));
  CHECK(hash_of(1) != hash_of(2));
}

TEST_CASE("a network of a program's own stands between two hosts", "[sim][two_hosts]") {
  Nat impatient = Nat::full_cone();
  impatient.lifetime = 1s;
  Call call({.left = {.name = "ours", .home = impatient}, .right = network_kind("open")});
  REQUIRE(call.connects());
  CHECK(call.round_trip() == 40ms);
  CHECK(call.net.left_site().home_nat()->mapping_count() == 1);
}
