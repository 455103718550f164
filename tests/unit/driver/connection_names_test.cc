// A connection whose candidates, or whose peer's, have names instead of addresses.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "driver/fake_host.h"
#include "driver/fake_local_names.h"
#include "floe/driver/connection.h"

namespace floe::testing {
namespace {

const std::string kName = "4f3c.local";
const std::string kLine = "candidate:1 1 udp 2130706431 4f3c.local 5000 typ host";
const IpAddress kIp = IpAddress::v4(192, 168, 1, 2);

struct Connected {
  explicit Connected(ConnectionOptions options = {}, bool has_names = true)
      : connection(api(has_names), in_plaintext(std::move(options))) {
    connection.on_signal = [this](const signal::Message& message) { told.push_back(message); };
    connection.on_candidate_skipped = [this](const signal::CandidateSkipped& one) {
      skipped.push_back(one);
      if (then) then();
    };
    host.set_addresses({"192.0.2.1"});
    connection.start();
    host.bind_all();
  }

  /// The descriptions of these tests have no fingerprints.
  static ConnectionOptions in_plaintext(ConnectionOptions options) {
    options.security.reset();
    return options;
  }
  Host api(bool has_names) {
    Host api = host.api();
    if (has_names) api.local_names = &names;
    return api;
  }
  void receive_candidate(const std::string& line = kLine) {
    signal::Description description;
    description.credentials = {"Peer", "0123456789abcdefghijkl"};
    description.ice_options = {"trickle"};
    description.candidates = {{line}};
    connection.receive(description);
  }
  std::string told_candidate() const {
    for (const signal::Message& message : told) {
      const auto* found = std::get_if<signal::CandidateMessage>(&message);
      if (found != nullptr) return found->init.candidate;
    }
    return {};
  }

  FakeHost host;
  FakeLocalNames names;
  std::vector<signal::Message> told;
  std::vector<signal::CandidateSkipped> skipped;
  std::function<void()> then;
  Connection connection;
};

TEST_CASE("a connection resolves the names of its peer and checks them", "[driver][names]") {
  Connected end;
  end.receive_candidate();
  REQUIRE(end.names.asked() == std::vector{kName});
  end.names.answer(kName, {kIp});
  REQUIRE(end.connection.agent().remote_candidates().size() == 1);
  end.host.run_for(100ms);
  REQUIRE_FALSE(end.host.sent().empty());
  CHECK(end.host.sent()[0].remote == TransportAddress{kIp, 5000});
  CHECK(end.skipped.empty());
}

TEST_CASE("a name that is not resolved is reported with the reason", "[driver][names]") {
  Connected end;
  end.receive_candidate();
  end.names.answer(kName, {}, "nobody answers");
  CHECK(end.skipped == std::vector{signal::CandidateSkipped{kLine, "nobody answers"}});
}

TEST_CASE("a host without names, and a connection that must not ask, skip them",
          "[driver][names]") {
  const bool has_names = GENERATE(true, false);
  Connected end({.mdns = has_names ? MdnsMode::off : MdnsMode::resolve}, has_names);
  end.receive_candidate();
  CHECK(end.names.asked().empty());
  REQUIRE(end.skipped.size() == 1);
  CHECK(end.skipped[0].candidate == kLine);
}

TEST_CASE("an agent with relays only asks for no name in its network", "[driver][names]") {
  Connected end({.agent = {.policy = ice::CandidatePolicy::relay}});
  end.receive_candidate();
  CHECK(end.names.asked().empty());
  CHECK(end.skipped.size() == 1);
}

TEST_CASE("what is skipped is logged when nobody takes it", "[driver][names]") {
  Connected end({.mdns = MdnsMode::off});
  end.connection.on_candidate_skipped = nullptr;
  end.receive_candidate();
  REQUIRE(end.host.log_lines().size() == 1);
  CHECK(end.host.log_lines()[0].find("4f3c.local 5000 typ host\" of the peer is not used: it") !=
        std::string::npos);
}

TEST_CASE("a hiding connection tells names, and others addresses", "[driver][names]") {
  CHECK(Connected({.mdns = MdnsMode::hide}).told_candidate().find(" own-1.local ") !=
        std::string::npos);
  CHECK(Connected().told_candidate().find(" 192.0.2.1 ") != std::string::npos);
  // Without names there is nothing to tell: the address stays hidden.
  CHECK(Connected({.mdns = MdnsMode::hide}, false).told_candidate().empty());
}

TEST_CASE("a closed connection asks for nothing more", "[driver][names]") {
  Connected end;
  end.receive_candidate();
  end.connection.close();
  CHECK(end.names.asked().empty());
}

TEST_CASE("a listener may close the connection when it hears of a name", "[driver][names]") {
  Connected end;
  end.then = [&] { end.connection.close(); };
  end.receive_candidate();
  end.names.answer(kName, {}, "nobody answers");
  CHECK(end.connection.state() == ice::State::closed);
}

}  // namespace
}  // namespace floe::testing
