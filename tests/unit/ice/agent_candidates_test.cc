// Candidates that an agent is given: which it takes, how they pair, and that no flood moves it.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <set>

#include "floe/ice/limits.h"
#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"
#include "priority.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

TransportAddress address(const char* text) {
  return *TransportAddress::parse(text);
}

TransportAddress numbered(unsigned number) {
  return {IpAddress::v4(198, 51, 100, static_cast<std::uint8_t>(number / 200 + 1)),
          static_cast<std::uint16_t>(20000 + number)};
}

}  // namespace

TEST_CASE("nothing is sent to addresses that cannot be anybody's", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.add_socket();
  driven.describe_peer();
  const TransportAddress nobody =
      address(GENERATE("198.51.100.2:0", "0.0.0.0:2000", "224.0.0.1:2000", "239.255.255.255:2000",
                       "[::]:2000", "[ff02::1]:2000", "[2001:db8::2]:0"));
  CAPTURE(nobody);
  CHECK(driven.add_peer_candidate(nobody) == AddCandidateResult::unusable);
  CHECK(driven.agent().remote_candidates().empty());
  driven.run_for(1s);
  CHECK(driven.take_sent().empty());
}

TEST_CASE("a component that is not in use has no candidates", "[ice][agent]") {
  AgentConfig config;
  config.components = 2;
  HandDrivenAgent driven(config);
  Candidate candidate;
  candidate.priority = 1;
  candidate.foundation = *Foundation::parse("1");
  candidate.address = HandDrivenAgent::kPeer;
  for (const unsigned component : {0u, 3u, 256u, 257u, 65535u}) {
    candidate.component = static_cast<ComponentId>(component);
    CHECK(driven.agent().add_remote_candidate(driven.now(), candidate) ==
          AddCandidateResult::unknown_component);
    CHECK(driven.agent().add_local_socket(driven.now(), candidate.component,
                                          HandDrivenAgent::kLocal,
                                          1) == AddCandidateResult::unknown_component);
  }
  candidate.component = 2;
  CHECK(driven.agent().add_remote_candidate(driven.now(), candidate) == AddCandidateResult::added);
}

TEST_CASE("a socket without an address is no candidate", "[ice][agent]") {
  HandDrivenAgent driven;
  for (const char* text : {"0.0.0.0:1000", "[::]:1000", "192.0.2.1:0", "224.0.0.1:1000"}) {
    CHECK(driven.agent().add_local_socket(driven.now(), 1, address(text), 1) ==
          AddCandidateResult::unusable);
  }
  CHECK(driven.agent().local_candidates().empty());
}

TEST_CASE("a candidate that is known already changes nothing", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.take_sent();
  CHECK(driven.add_peer_candidate() == AddCandidateResult::duplicate);
  CHECK(driven.add_peer_candidate(HandDrivenAgent::kPeer, CandidateType::server_reflexive, 5) ==
        AddCandidateResult::duplicate);
  CHECK(driven.agent().pairs().size() == 1);
  CHECK(driven.take_sent().empty());
  CHECK(driven.agent().add_local_socket(driven.now(), 1, HandDrivenAgent::kLocal, 7) ==
        AddCandidateResult::duplicate);
}

TEST_CASE("each socket is announced as a host candidate", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.add_socket(HandDrivenAgent::kLocal, 65535);
  driven.add_socket(address("[2001:db8::1]:1000"), 65534);
  std::vector<Candidate> found;
  for (const Event& event : driven.take_events()) {
    if (const auto* candidate = std::get_if<LocalCandidateFound>(&event)) {
      found.push_back(candidate->candidate);
    }
  }
  REQUIRE(found.size() == 2);
  CHECK(found[0].address == HandDrivenAgent::kLocal);
  CHECK(found[0].priority == candidate_priority(CandidateType::host, 65535, 1));
  CHECK(found[1].priority == candidate_priority(CandidateType::host, 65534, 1));
  CHECK(found[0].foundation != found[1].foundation);
}

TEST_CASE("late candidates of either side are paired with all that were there", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.add_peer_candidate(numbered(1));
  CHECK(driven.agent().pairs().size() == 2);
  driven.add_socket(address("192.0.2.2:1000"), 65534);
  CHECK(driven.agent().pairs().size() == 4);
}

TEST_CASE("of candidates without number the highest stay, and the agent stays small",
          "[ice][agent]") {
  HandDrivenAgent driven;
  driven.add_socket();
  driven.add_socket(address("192.0.2.2:1000"), 65534);
  driven.describe_peer();
  for (unsigned i = 0; i < kRemoteCandidatesMax; ++i) {
    REQUIRE(driven.add_peer_candidate(numbered(i), CandidateType::host, 1000 + i) ==
            AddCandidateResult::added);
  }
  SECTION("lower ones are refused") {
    for (unsigned i = 0; i < 5000; ++i) {
      REQUIRE(driven.add_peer_candidate(numbered(1000 + i), CandidateType::host, 999) ==
              AddCandidateResult::limit);
    }
  }
  SECTION("higher ones take the place of the lowest") {
    for (unsigned i = 0; i < 5000; ++i) {
      REQUIRE(driven.add_peer_candidate(numbered(1000 + i), CandidateType::host, 5000 + i) ==
              AddCandidateResult::added);
    }
    for (const Candidate& candidate : driven.agent().remote_candidates()) {
      // One may be in use, since a check of it was sent at once.
      CHECK((candidate.priority > 5000 || candidate.priority == 1000));
    }
  }
  CHECK(driven.agent().remote_candidates().size() == kRemoteCandidatesMax);
  CHECK(driven.agent().pairs().size() == kPairsMax);
  CHECK(driven.agent().counters().candidates_refused == 5000);
}

TEST_CASE("sockets without number are refused", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  TransportAddress base = address("192.0.2.9:1");
  std::size_t added = 1;
  for (int i = 0; i < 200; ++i, ++base.port) {
    const auto result = driven.agent().add_local_socket(driven.now(), 1, base, 1);
    driven.drain();
    added += result == AddCandidateResult::added ? 1u : 0u;
  }
  CHECK(added == kLocalCandidatesMax);
  CHECK(driven.agent().local_candidates().size() == kLocalCandidatesMax);
}

// World 28654026554: a host that moved again was without its new address for good.
TEST_CASE("a socket that found no room among those that are gone is used after a restart",
          "[ice][agent]") {
  HandDrivenAgent driven;
  driven.add_socket();
  TransportAddress base = address("192.0.2.9:1");
  for (std::size_t i = 1; i < kLocalCandidatesMax; ++i, ++base.port) {
    REQUIRE(driven.agent().add_local_socket(driven.now(), 1, base, 1) == AddCandidateResult::added);
    driven.agent().remove_local_socket(driven.now(), base);
  }
  CHECK(driven.agent().add_local_socket(driven.now(), 1, base, 1) == AddCandidateResult::limit);
  driven.agent().restart(driven.now());
  driven.drain();
  REQUIRE(driven.agent().local_candidates().size() == 2);
  CHECK(driven.agent().local_candidates()[1].base == base);
}

TEST_CASE("however many candidates there are, checks keep their pace", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.add_socket();
  driven.describe_peer();
  for (unsigned i = 0; i < kRemoteCandidatesMax; ++i) {
    Candidate candidate;
    candidate.priority = 1000 + i;
    candidate.foundation = *Foundation::parse(std::to_string(i));
    candidate.address = numbered(i);
    REQUIRE(driven.agent().add_remote_candidate(driven.now(), candidate) ==
            AddCandidateResult::added);
  }
  driven.drain();
  driven.run_for(2s);
  // RFC 8445, section 14.2: one new transaction in Ta; retransmissions are no new ones.
  std::set<stun::TransactionId> seen;
  std::vector<Timestamp> begun;
  for (const Sent& check : driven.take_requests()) {
    if (seen.insert(check.message().transaction_id()).second) begun.push_back(check.at);
  }
  CHECK(begun.size() == 2s / 50ms + 1);
  for (std::size_t i = 1; i < begun.size(); ++i) CHECK(begun[i] - begun[i - 1] >= 50ms);
}

TEST_CASE("a path that works is not checked again because its name comes late", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.add_socket();
  driven.describe_peer();
  driven.receive(driven.request());  // reveals kPeer as peer-reflexive
  driven.answer_checks();
  driven.answer_checks();
  REQUIRE(driven.agent().selected_pair(1));
  REQUIRE(driven.agent().selected_pair(1)->remote.type == CandidateType::peer_reflexive);
  const auto before = driven.agent().pairs();
  REQUIRE(before.size() == 1);
  const auto checks_sent = driven.agent().counters().checks_sent;

  CHECK(driven.add_peer_candidate() == AddCandidateResult::added);
  const auto after = driven.agent().pairs();
  REQUIRE(after.size() == 1);
  CHECK(after[0].state == PairState::succeeded);
  CHECK(after[0].nomination.is_nominated());
  CHECK(after[0].heard);
  CHECK(driven.agent().remote_candidates().size() == 1);
  CHECK(driven.agent().selected_pair(1)->remote.type == CandidateType::host);
  CHECK(driven.agent().selected_pair(1)->remote.priority == 0x7effffff);
  CHECK(after[0].priority == pair_priority(0x7effffff, 0x7effffff));
  CHECK(driven.agent().counters().checks_sent == checks_sent);
  CHECK(driven.state_is(State::connected));
}

TEST_CASE("a check under way survives that its candidate gets its name", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.add_socket();
  driven.describe_peer();
  driven.receive(driven.request());
  const auto checks = driven.take_requests();
  REQUIRE(checks.size() == 1);
  CHECK(driven.add_peer_candidate() == AddCandidateResult::added);
  CHECK(driven.take_requests().empty());
  driven.receive(driven.success_for(checks[0]));
  CHECK(driven.agent().pairs()[0].state == PairState::succeeded);
}

TEST_CASE("a signalled candidate whose check came first is no second candidate", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.receive(driven.request());
  CHECK(driven.agent().remote_candidates().size() == 1);
  CHECK(driven.agent().remote_candidates()[0].type == CandidateType::host);
  CHECK(driven.agent().pairs().size() == 1);
}

TEST_CASE("a socket that is gone is not used any more", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.take_sent();
  SECTION("by its open checks") {
    driven.agent().remove_local_socket(driven.now(), HandDrivenAgent::kLocal);
  }
  SECTION("by a triggered check that waits") {
    for (int i = 0; i < 10; ++i) driven.receive(driven.request());
    driven.agent().remove_local_socket(driven.now(), HandDrivenAgent::kLocal);
  }
  SECTION("by pairs that come later") {
    driven.agent().remove_local_socket(driven.now(), HandDrivenAgent::kLocal);
    driven.drain();
    driven.add_peer_candidate(numbered(1));
  }
  SECTION("by checks that are still on their way to it") {
    driven.agent().remove_local_socket(driven.now(), HandDrivenAgent::kLocal);
    driven.drain();
    driven.agent().handle_datagram(driven.now(), HandDrivenAgent::kLocal, numbered(2),
                                   driven.request());
  }
  driven.drain();
  driven.take_sent();
  driven.run_for(60s);
  CHECK(driven.take_requests().empty());
}

TEST_CASE("a socket that is gone can come back", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.agent().remove_local_socket(driven.now(), HandDrivenAgent::kLocal);
  driven.drain();
  driven.take_sent();
  CHECK(driven.agent().add_local_socket(driven.now(), 1, HandDrivenAgent::kLocal, 65535) ==
        AddCandidateResult::added);
  driven.drain();
  driven.run_for(100ms);
  CHECK_FALSE(driven.take_requests().empty());
}
