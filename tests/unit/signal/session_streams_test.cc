// Candidates and their end, for agents of several streams.
#include <catch2/catch_test_macros.hpp>

#include "floe/signal/session.h"
#include "session_end.h"
#include "string_makers.h"

namespace floe::signal::test {
namespace {

constexpr std::string_view kLine = "candidate:1 1 udp 2130706431 198.51.100.1 7000 typ host";

ice::AgentConfig with_two_streams() {
  ice::AgentConfig config;
  config.streams = 2;
  return config;
}

struct TwoStreams {
  TwoStreams() : end(1, {.sdp_mid = "audio"}, with_two_streams()) {
    Description description;
    description.credentials = {"Peer", "0123456789abcdefghijkl"};
    description.ice_options = {"trickle"};
    end.receive(description);
  }
  void receive_candidate(std::string mid, std::string suffix = "") {
    end.receive(CandidateMessage{"Peer", {std::string(kLine) + suffix, std::move(mid)}});
  }

  SessionEnd end;
};

TEST_CASE("the mid says which stream a candidate is for", "[signal][session]") {
  TwoStreams two;
  two.receive_candidate("audio");
  two.receive_candidate("1");
  const auto candidates = two.end.agent.remote_candidates();
  REQUIRE(candidates.size() == 2);
  CHECK(candidates[0].stream == 0);
  CHECK(candidates[1].stream == 1);
}

TEST_CASE("a candidate of a stream that nobody knows is refused", "[signal][session]") {
  TwoStreams two;
  two.receive_candidate("video");
  two.receive_candidate("2");
  CHECK(two.end.agent.remote_candidates().empty());
  CHECK(two.end.session.counters().candidates_refused == 2);
}

TEST_CASE("a line that names another generation than its message is dropped", "[signal][session]") {
  TwoStreams two;
  two.receive_candidate("audio", " ufrag Olde");
  CHECK(two.end.agent.remote_candidates().empty());
  CHECK(two.end.session.counters().dropped_old == 1);
  two.receive_candidate("audio", " ufrag Peer");
  CHECK(two.end.agent.remote_candidates().size() == 1);
}

TEST_CASE("streams of the peer that this agent has not do not fall onto its one", "[signal]") {
  SessionEnd end(1);
  Description description;
  description.credentials = {"Peer", "0123456789abcdefghijkl"};
  description.ice_options = {"trickle"};
  end.receive(description);
  const auto receive = [&](const char* mid, const char* port) {
    const std::string line = "candidate:1 1 udp 2130706431 198.51.100.1 " + std::string(port);
    end.receive(CandidateMessage{"Peer", {line + " typ host", mid}});
  };
  receive("audio", "7000");
  receive("video", "7002");
  receive("audio", "7004");
  CHECK(end.agent.remote_candidates().size() == 2);
  CHECK(end.session.counters().candidates_refused == 1);
}

TEST_CASE("candidates end when those of every stream have", "[signal][session]") {
  TwoStreams two;
  two.end.gather({});
  // Only time is left to wait for once both sides have ended: 39.5 s, then it has failed.
  const auto fails = [&] {
    two.end.agent.handle_timeout(kStart + 1h);
    return two.end.agent.state() == ice::State::failed;
  };
  two.end.receive(EndOfCandidates{"Peer", "audio"});
  two.end.receive(EndOfCandidates{"Peer", "audio"});
  CHECK_FALSE(fails());
  two.end.receive(EndOfCandidates{"Peer", "1"});
  CHECK(fails());
}

TEST_CASE("the end is told for each stream", "[signal][session]") {
  TwoStreams two;
  two.end.session.start(two.end.agent);
  two.end.take();
  two.end.gather({4000});
  const auto messages = two.end.take();
  REQUIRE(messages.size() == 3);  // the first is the candidate
  CHECK(std::get<EndOfCandidates>(messages[1]).sdp_mid == "audio");
  CHECK(std::get<EndOfCandidates>(messages[2]).sdp_mid == "1");
}

}  // namespace
}  // namespace floe::signal::test
