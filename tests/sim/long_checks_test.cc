// A peer whose checks and answers fill an MTU, as DTLS in STUN makes them, over every way to it.
#include "long_checks.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>
#include <utility>

#include "floe/sim/two_hosts.h"

using namespace floe;
using namespace floe::sim;

namespace {

/// Left has long checks, and right is an agent as it is.
struct Meeting {
  Meeting(const TwoHostsOptions& options, std::size_t size, std::uint32_t mtu,
          ice::CandidatePolicy right_policy = ice::CandidatePolicy::all)
      : net(options),
        long_checks(net.left().api(), size),
        left(long_checks.host(), net.left_options()),
        right(net.right().api(), with_policy(net.right_options(), right_policy)) {
    net.left().link().mtu = mtu;
    net.right().link().mtu = mtu;
    long_checks.watch(left.agent());
    net.introduce(left, right);
    right.on_datagram = [this](ice::ComponentId, Bytes datagram) { right.send(datagram); };
    left.on_datagram = [this](ice::ComponentId, Bytes datagram) { echo = as_text(datagram); };
    left.start();
    right.start();
  }

  static ConnectionOptions with_policy(ConnectionOptions options, ice::CandidatePolicy policy) {
    options.agent.policy = policy;
    return options;
  }

  bool connects() {
    return net.world().run_until([&] { return left.is_connected() && right.is_connected(); }, 30s);
  }
  bool echoes(const std::string& text) {
    left.send(as_bytes(text));
    return net.world().run_until([&] { return echo == text; }, 5s);
  }

  TwoHosts net;
  LongChecks long_checks;
  Connection left;
  Connection right;
  std::string echo;
};

}  // namespace

TEST_CASE("a peer whose checks fill an MTU is met on every kind of network", "[ice][sim]") {
  const std::size_t size = GENERATE(std::size_t{1000}, std::size_t{1200});
  for (const char* kind : {"open", "port-restricted", "double"}) {
    for (const IpVersions versions : {IpVersions::v4, IpVersions::v6}) {
      CAPTURE(size, kind, to_text(versions));
      Meeting meeting({.right = network_kind(kind), .versions = versions}, size, 1280);
      REQUIRE(meeting.connects());
      CHECK(meeting.echoes("hello"));
      // Consent and its answers are as long.
      const std::size_t before = meeting.long_checks.count();
      meeting.net.world().run_for(60s);
      CHECK(meeting.long_checks.count() > before + 10);
      CHECK(meeting.left.is_connected());
      CHECK(meeting.right.is_connected());
      CHECK(meeting.right.agent().counters().malformed_messages == 0);
      CHECK(meeting.right.agent().counters().unauthenticated_messages == 0);
    }
  }
}

TEST_CASE("checks that fill an MTU reach a peer behind its relay", "[ice][sim][relay]") {
  // The Data indication of a check of 1,200 bytes has 1,236, or 1,248 with addresses of IPv6.
  const auto [versions, mtu] =
      GENERATE(std::pair{IpVersions::v4, 1280u}, std::pair{IpVersions::v6, 1300u});
  CAPTURE(to_text(versions));
  Meeting meeting({.versions = versions, .turn = true}, 1200, mtu, ice::CandidatePolicy::relay);
  REQUIRE(meeting.connects());
  CHECK(meeting.right.agent().selected_pair(1)->local.type == ice::CandidateType::relayed);
  CHECK(meeting.echoes("hello"));
  meeting.net.world().run_for(60s);
  CHECK(meeting.echoes("hello again"));
  CHECK(meeting.long_checks.count() > 10);
  CHECK(meeting.right.agent().counters().malformed_messages == 0);
}

TEST_CASE("where long checks are lost, nothing is believed of them", "[ice][sim]") {
  Meeting meeting({}, 1200, 1200);
  CHECK_FALSE(meeting.connects());
  CHECK(meeting.long_checks.count() > 0);
  CHECK(meeting.right.agent().counters().checks_received == 0);
}

TEST_CASE("STUN servers may answer with a whole MTU", "[ice][sim]") {
  TwoHosts net;
  net.stun().set_answer_size(1200);
  Connection left(net.left().api(), net.left_options());
  std::vector<ice::CandidateType> found;
  left.on_event = [&](const ice::Event& event) {
    const auto* candidate = std::get_if<ice::LocalCandidateFound>(&event);
    if (candidate != nullptr) found.push_back(candidate->candidate.type);
  };
  left.on_signal = [](const signal::Message&) {};
  left.start();
  net.world().run_for(5s);
  CHECK(found == std::vector{ice::CandidateType::host, ice::CandidateType::server_reflexive});
}
