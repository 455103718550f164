#include "floe/signal/session.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/signal/limits.h"
#include "session_end.h"
#include "string_makers.h"

namespace floe::signal::test {
namespace {

const std::string kPeerUfrag = "Peer";

Description peer_description(std::vector<CandidateInit> candidates = {}) {
  Description description;
  description.credentials = {kPeerUfrag, "0123456789abcdefghijkl"};
  description.candidates = std::move(candidates);
  return description;
}

CandidateInit host(std::uint16_t port) {
  return {"candidate:1 1 udp 2130706431 198.51.100.1 " + std::to_string(port) + " typ host"};
}

CandidateMessage trickled(std::uint16_t port, std::string ufrag = kPeerUfrag) {
  return {std::move(ufrag), host(port)};
}

std::size_t remote_count(const SessionEnd& end) {
  return end.agent.remote_candidates().size();
}

TEST_CASE("with trickling, the description goes at once and candidates follow",
          "[signal][session]") {
  SessionEnd end(1);
  end.session.start(end.agent);
  end.gather({5000, 5001});
  const auto messages = end.take();
  REQUIRE(messages.size() == 4);
  const auto& description = std::get<Description>(messages[0]);
  CHECK(description.credentials == end.agent.local_credentials());
  CHECK(description.role == ice::Role::controlling);
  CHECK(description.candidates.empty());
  CHECK_FALSE(description.end_of_candidates);
  CHECK_FALSE(description.remote_ufrag);
  CHECK(std::get<CandidateMessage>(messages[1]).init.candidate.ends_with("5000 typ host"));
  CHECK(std::get<CandidateMessage>(messages[2]).init.candidate.ends_with("5001 typ host"));
  CHECK(messages[3] == Message(EndOfCandidates{end.ufrag(), "0"}));
}

TEST_CASE("without trickling, the description waits and carries everything", "[signal][session]") {
  SessionEnd end(1, {.trickle = false, .sdp_mid = "data"});
  end.session.start(end.agent);
  CHECK(end.take().empty());
  end.gather({5000, 5001});
  const auto messages = end.take();
  REQUIRE(messages.size() == 1);
  const auto& description = std::get<Description>(messages[0]);
  CHECK(description.candidates.size() == 2);
  CHECK(description.candidates[0].sdp_mid == "data");
  CHECK(description.end_of_candidates);
  end.restart();
  const auto again = end.take();
  REQUIRE(again.size() == 1);
  CHECK(std::get<Description>(again[0]).candidates.size() == 2);
}

TEST_CASE("what was found before start() is in the description", "[signal][session]") {
  SessionEnd end(1);
  end.gather({5000});
  CHECK(end.take().empty());
  end.session.start(end.agent);
  end.session.start(end.agent);
  const auto messages = end.take();
  REQUIRE(messages.size() == 1);
  CHECK(std::get<Description>(messages[0]).candidates.size() == 1);
  CHECK(std::get<Description>(messages[0]).end_of_candidates);
}

TEST_CASE("in whatever order a generation arrives, the agent has all of it", "[signal][session]") {
  std::vector<int> order = {0, 1, 2, 3};
  const std::vector<Message> messages = {peer_description({host(1), host(2)}), trickled(2),
                                         trickled(3), EndOfCandidates{kPeerUfrag, "0"}};
  do {
    SessionEnd end(1);
    for (const int index : order) end.receive(messages[static_cast<std::size_t>(index)]);
    REQUIRE(end.agent.remote_credentials().has_value());
    REQUIRE(remote_count(end) == 3);
    REQUIRE(end.session.held_count() == 0);
    REQUIRE(end.session.counters().candidates_duplicate == 1);
    REQUIRE_FALSE(end.session.poll_error());
  } while (std::ranges::next_permutation(order).found);
}

TEST_CASE("two sessions meet, in whatever order each hears the other", "[signal][session]") {
  std::vector<std::size_t> left_order = {0, 1, 2, 3};
  do {
    std::vector<std::size_t> right_order = {0, 1, 2, 3};
    do {
      SessionEnd left(1);
      SessionEnd right(2);
      for (SessionEnd* end : {&left, &right}) {
        end->session.start(end->agent);
        end->gather({5000, 5001});
      }
      const auto from_left = left.take();
      const auto from_right = right.take();
      for (std::size_t i = 0; i < 4; ++i) {
        left.receive(from_right[left_order[i]]);
        right.receive(from_left[right_order[i]]);
      }
      REQUIRE(left.is_paired_with(right));
      REQUIRE(right.is_paired_with(left));
      REQUIRE(remote_count(left) == 2);
      REQUIRE(remote_count(right) == 2);
      REQUIRE(carry(left, right) == 0);
    } while (std::ranges::next_permutation(right_order).found);
  } while (std::ranges::next_permutation(left_order).found);
}

TEST_CASE("a description seen again merges its candidates", "[signal][session]") {
  SessionEnd end(1);
  end.receive(peer_description({host(1)}));
  end.receive(peer_description({host(1), host(2)}));
  CHECK(remote_count(end) == 2);
  CHECK(end.session.counters().descriptions_repeated == 1);
  CHECK(end.session.counters().candidates_duplicate == 1);
  CHECK(end.take().empty());
}

TEST_CASE("a restart gives both ends new generations that fit", "[signal][session]") {
  SessionEnd left(1);
  SessionEnd right(2);
  for (SessionEnd* end : {&left, &right}) {
    end->session.start(end->agent);
    end->gather({5000});
  }
  carry(left, right);
  const std::string left_before = left.ufrag();
  const std::string right_before = right.ufrag();
  SECTION("asked for by the end itself") {
    left.restart();
  }
  SECTION("asked for by the peer") {
    right.session.request_restart();
  }
  SECTION("by both at once") {
    left.restart();
    right.restart();
  }
  CHECK(carry(left, right) <= 5);
  CHECK(left.ufrag() != left_before);
  CHECK(right.ufrag() != right_before);
  CHECK(left.is_paired_with(right));
  CHECK(right.is_paired_with(left));
  CHECK(remote_count(left) == 1);
  CHECK(remote_count(right) == 1);
}

TEST_CASE("a restart announces the candidates that are still there, once", "[signal][session]") {
  SessionEnd end(1);
  end.session.start(end.agent);
  end.gather({5000});
  end.receive(peer_description());
  end.take();
  end.restart();
  const auto messages = end.take();
  REQUIRE(messages.size() == 1);
  const auto& description = std::get<Description>(messages[0]);
  CHECK(description.credentials == end.agent.local_credentials());
  CHECK_FALSE(description.remote_ufrag);
  CHECK(description.candidates.size() == 1);
  CHECK(description.end_of_candidates);
}

// RFC 8838, section 5.
TEST_CASE("a description without the option trickle has all candidates", "[signal][session]") {
  const bool trickles = GENERATE(false, true);
  SessionEnd end(1);
  end.gather({5000});
  Description description = peer_description({host(1)});
  description.ice_options.clear();
  if (trickles) description.ice_options.emplace_back("trickle");
  end.receive(description);
  // Nobody answers: only an agent that has all candidates may fail.
  for (Timestamp now = kStart; now < kStart + 100s; now += 1s) {
    end.agent.handle_timeout(now);
    end.drain();
  }
  CHECK((end.agent.state() == ice::State::failed) == !trickles);
}

TEST_CASE("what belongs to a generation that was left is dropped", "[signal][session]") {
  SessionEnd end(1);
  end.receive(peer_description());
  end.restart();
  end.receive(trickled(1));
  end.receive(EndOfCandidates{kPeerUfrag, "0"});
  end.receive(peer_description({host(2)}));
  CHECK(end.session.counters().dropped_old == 3);
  CHECK_FALSE(end.agent.remote_credentials());
  CHECK(remote_count(end) == 0);
}

TEST_CASE("candidates of a restart that overtake it are held", "[signal][session]") {
  SessionEnd end(1);
  end.session.start(end.agent);
  end.receive(peer_description());
  end.receive(trickled(7, "Next"));
  CHECK(remote_count(end) == 0);
  CHECK(end.session.held_count() == 1);
  Description restart = peer_description();
  restart.credentials = {"Next", "another-password"};
  restart.credentials.password = "AnotherPassword0123456";
  end.receive(restart);
  CHECK(remote_count(end) == 1);
  CHECK(end.session.counters().restarts_answered == 1);
}

TEST_CASE("a request to restart is ignored while a restart is under way", "[signal][session]") {
  SessionEnd end(1);
  end.receive(RestartRequest{});
  const std::string before = end.ufrag();
  CHECK(end.session.counters().restart_requests_ignored == 1);
  end.receive(peer_description());
  end.receive(RestartRequest{});
  end.receive(RestartRequest{});
  CHECK(end.ufrag() != before);
  CHECK(end.session.counters().restart_requests_ignored == 2);
}

TEST_CASE("at most 64 candidates are held, and the oldest make room", "[signal][session]") {
  SessionEnd end(1);
  for (std::uint16_t port = 1; port <= 70; ++port) end.receive(trickled(port));
  CHECK(end.session.held_count() == kHeldCandidatesMax);
  CHECK(end.session.counters().held_evicted == 6);
  end.receive(trickled(70, "Else"));
  end.receive(peer_description());
  CHECK(end.session.held_count() == 1);
  CHECK(remote_count(end) == 63);
  CHECK(end.agent.remote_candidates().front().address.port == 8);
}

TEST_CASE("a candidate withdrawn while it is held is never used", "[signal][session]") {
  SessionEnd end(1);
  end.receive(trickled(1));
  end.receive(trickled(2));
  end.receive(CandidateRemoved{kPeerUfrag, host(1)});
  end.receive(peer_description());
  CHECK(remote_count(end) == 1);
  CHECK(end.session.counters().removals == 1);
  end.receive(CandidateRemoved{kPeerUfrag, host(1)});
  CHECK(end.session.counters().removals_ignored == 1);
}

TEST_CASE("a candidate withdrawn after it was used makes no pairs any more", "[signal][session]") {
  SessionEnd end(1);
  end.gather({5000});
  end.receive(peer_description());
  end.receive(trickled(1));
  REQUIRE(end.agent.pairs().size() == 1);
  end.receive(CandidateRemoved{kPeerUfrag, host(1)});
  CHECK(end.session.counters().removals == 1);
  CHECK(end.agent.pairs().front().state == ice::PairState::removed);
}

TEST_CASE("a socket that is gone is taken back", "[signal][session]") {
  SessionEnd end(1);
  end.session.start(end.agent);
  end.gather({5000});
  end.take();
  const ice::Candidate gone = end.agent.local_candidates().front();
  end.agent.remove_local_socket(kStart, gone.base);
  end.drain();
  const auto messages = end.take();
  REQUIRE(messages.size() == 1);
  const auto* removed = std::get_if<CandidateRemoved>(&messages.front());
  REQUIRE(removed != nullptr);
  CHECK(removed->ufrag == end.agent.local_credentials().ufrag);
  CHECK(removed->init.candidate == ice::write_candidate_line(gone));
  end.session.repeat_description(end.agent);
  const auto repeated = end.take();
  REQUIRE(repeated.size() == 1);
  CHECK(std::get<Description>(repeated.front()).candidates.empty());
}

TEST_CASE("candidates that cannot be used do not spoil their description", "[signal][session]") {
  SessionEnd end(1);
  end.receive(peer_description({
      {"candidate:1 1 udp 1 4f3c.local 5000 typ host"},
      {"candidate:1 1 tcp 1 192.0.2.1 9 typ host tcptype active"},
      {"candidate:1 1 udp 1 192.0.2.1 5000 typ prflx raddr 0.0.0.0 rport 9"},
      {"candidate:1 1 udp 1 192.0.2.1 0 typ host"},
      {"candidate:1 2 udp 1 192.0.2.1 5000 typ host"},
      {"candidate:1 1 udp 1 310.110.1.1 5000 typ host"},
      {"rubbish"},
      {"a=candidate:1 1 UDP 1 192.0.2.1 5000 typ host generation 0"},
  }));
  const SessionCounters& counters = end.session.counters();
  CHECK(counters.host_names_ignored == 1);
  CHECK(counters.transports_ignored == 1);
  CHECK(counters.peer_reflexive_ignored == 1);
  CHECK(counters.candidates_refused == 2);
  CHECK(counters.candidates_bad == 2);
  CHECK(counters.candidates_added == 1);
  CHECK(end.session.poll_error()->candidate == ice::CandidateError::bad_address);
  CHECK(end.session.poll_error()->candidate == ice::CandidateError::missing_prefix);
  CHECK_FALSE(end.session.poll_error());
}

TEST_CASE("wrong descriptions are reported and change nothing", "[signal][session]") {
  SessionEnd end(1);
  end.receive(peer_description());
  Description wrong = peer_description();
  SECTION("a new fragment with the old password") {
    wrong.credentials.ufrag = "Next";
    end.receive(wrong);
    CHECK(end.session.poll_error()->code == SessionErrorCode::credentials_reused);
  }
  SECTION("an echo") {
    wrong.credentials = end.agent.local_credentials();
    end.receive(wrong);
    CHECK(end.session.poll_error()->code == SessionErrorCode::own_description);
  }
  CHECK(end.agent.remote_credentials()->ufrag == kPeerUfrag);
  CHECK(end.take().empty());
}

TEST_CASE("errors that nobody polls are counted, not kept", "[signal][session]") {
  SessionEnd end(1);
  end.receive(peer_description());
  for (std::size_t i = 0; i < kErrorsKept + 5; ++i) {
    end.receive(CandidateMessage{kPeerUfrag, {"rubbish"}});
  }
  CHECK(end.session.counters().errors_dropped == 5);
}

TEST_CASE("bye closes the agent, and nothing is heard after it", "[signal][session]") {
  SessionEnd left(1);
  SessionEnd right(2);
  left.session.bye("enough");
  carry(left, right);
  CHECK(right.session.has_ended());
  CHECK(right.session.bye_reason() == "enough");
  CHECK(right.agent.state() == ice::State::closed);
  right.receive(peer_description());
  CHECK(right.session.counters().ignored_after_bye == 1);
}

TEST_CASE("a repeated description has everything found so far", "[signal][session]") {
  SessionEnd end(1);
  end.session.start(end.agent);
  end.gather({5000, 5001});
  end.receive(peer_description());
  end.take();
  end.session.repeat_description(end.agent);
  const Description description = end.take_description();
  CHECK(description.candidates.size() == 2);
  CHECK(description.end_of_candidates);
  CHECK(description.remote_ufrag == kPeerUfrag);
}

TEST_CASE("a lite peer is remembered", "[signal][session]") {
  SessionEnd end(1);
  Description lite = peer_description();
  lite.ice_lite = true;
  end.receive(lite);
  CHECK(end.session.peer_is_lite());
}

}  // namespace
}  // namespace floe::signal::test
