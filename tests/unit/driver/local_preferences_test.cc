// Which address of a host is preferred, in whatever order they come (RFC 8445, section 5.1.2.1).
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "driver/fake_host.h"
#include "driver/recording_listener.h"
#include "floe/driver/agent_driver.h"

using namespace floe;
using namespace floe::testing;

namespace {

struct Driven {
  /// The addresses of its candidates, best first.
  std::vector<std::string> by_priority() const {
    auto candidates = driver.agent().local_candidates();
    std::ranges::sort(candidates, std::greater(), &ice::Candidate::priority);
    std::vector<std::string> addresses;
    for (const ice::Candidate& one : candidates) addresses.push_back(one.address.ip.to_text());
    return addresses;
  }

  FakeHost host;
  RecordingListener listener;
  AgentDriver driver{host.api(), {}, listener};
};

}  // namespace

TEST_CASE("an address that comes gets a lower preference than the first one", "[driver]") {
  Driven driven;
  driven.host.set_addresses({"192.0.2.1"});
  driven.driver.gather({});
  driven.host.bind_all();
  driven.host.set_addresses({"192.0.2.9", "192.0.2.1"});
  driven.host.bind_all();
  CHECK(driven.host.bound().size() == 2);
  CHECK(driven.by_priority() == std::vector<std::string>{"192.0.2.1", "192.0.2.9"});
}

TEST_CASE("an address that comes is preferred to those that the host puts after it", "[driver]") {
  Driven driven;
  driven.host.set_addresses({"192.0.2.1", "172.17.0.1", "172.18.0.1"});
  driven.driver.gather({});
  driven.host.bind_all();
  SECTION("ahead of the first, which goes") {
    driven.host.set_addresses({"192.0.2.8", "192.0.2.9", "192.0.2.1", "172.17.0.1", "172.18.0.1"});
    driven.host.bind_all();
    driven.host.set_addresses({"192.0.2.8", "192.0.2.9", "172.17.0.1", "172.18.0.1"});
    CHECK(driven.by_priority() ==
          std::vector<std::string>{"192.0.2.8", "192.0.2.9", "172.17.0.1", "172.18.0.1"});
  }
  SECTION("between two others") {
    driven.host.set_addresses(
        {"192.0.2.1", "172.17.0.1", "172.17.9.1", "172.18.0.1", "172.19.0.1"});
    driven.host.bind_all();
    CHECK(driven.by_priority() == std::vector<std::string>{"192.0.2.1", "172.17.0.1", "172.17.9.1",
                                                           "172.18.0.1", "172.19.0.1"});
  }
}

// RFC 8445, section 5.1.2.1.
TEST_CASE("a host that moves again and again gives each address its own preference", "[driver]") {
  Driven driven;
  const auto address = [](int i) {
    return "10.0." + std::to_string(i / 250) + "." + std::to_string(i % 250 + 1);
  };
  driven.host.set_addresses({address(0).c_str(), "172.17.0.1"});
  driven.driver.gather({});
  driven.host.bind_all();
  std::set<std::uint32_t> priorities;
  for (int i = 1; i < 600; ++i) {
    CAPTURE(i);
    driven.host.set_addresses({address(i).c_str(), "172.17.0.1"});
    driven.host.bind_all();
    // A generation has room for 64 addresses.
    driven.driver.input(
        [](peer::Connection& connection, Timestamp now) { connection.restart(now); });
    const auto candidates = driven.driver.agent().local_candidates();
    REQUIRE(candidates.size() == 2);
    REQUIRE(priorities.insert(candidates[1].priority).second);
  }
}
