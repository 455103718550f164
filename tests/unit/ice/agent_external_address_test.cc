// Addresses that somebody configured: a one-to-one NAT in front of this host.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"
#include "ice/stun_server.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

const TransportAddress& kLocal = HandDrivenAgent::kLocal;
const TransportAddress kExternal = {IpAddress::v4(203, 0, 113, 50), 1000};
const TransportAddress kServer = {IpAddress::v4(203, 0, 113, 1), 3478};

LocalSocket mapped_socket(bool hides_base) {
  LocalSocket socket{1, kLocal};
  socket.external = kExternal;
  socket.hides_base = hides_base;
  return socket;
}

std::vector<Candidate> found_by(HandDrivenAgent& driven) {
  std::vector<Candidate> found;
  for (const auto& event : driven.take_events_of<LocalCandidateFound>()) {
    found.push_back(event.candidate);
  }
  return found;
}

}  // namespace

TEST_CASE("an external address is signalled beside the host's own", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.add_socket(mapped_socket(false));
  const auto found = found_by(driven);
  REQUIRE(found.size() == 2);
  CHECK(found[0].type == CandidateType::host);
  CHECK(found[0].address == kLocal);
  CHECK(found[1].type == CandidateType::server_reflexive);
  CHECK(found[1].address == kExternal);
  CHECK(found[1].base == kLocal);
  CHECK(found[1].related == kLocal);
}

TEST_CASE("an external address can hide the host's own", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.add_socket(mapped_socket(true));
  const auto found = found_by(driven);
  REQUIRE(found.size() == 1);
  CHECK(found[0].type == CandidateType::host);
  CHECK(found[0].address == kExternal);
  CHECK_FALSE(found[0].related);
}

TEST_CASE("what hides its base is not betrayed by a server's candidate", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.add_socket(mapped_socket(true));
  REQUIRE(driven.agent().add_stun_server(driven.now(), kServer));
  driven.drain();
  driven.take_events();
  const TransportAddress other_mapping{kExternal.ip, 2000};
  driven.receive(server_answer(driven.take_requests().at(0), other_mapping), kServer);
  const auto found = found_by(driven);
  REQUIRE(found.size() == 1);
  CHECK(found[0].address == other_mapping);
  CHECK(found[0].related == kExternal);
}

TEST_CASE("a server that sees the external address tells nothing new", "[ice][agent]") {
  const bool hides_base = GENERATE(false, true);
  HandDrivenAgent driven;
  driven.add_socket(mapped_socket(hides_base));
  REQUIRE(driven.agent().add_stun_server(driven.now(), kServer));
  driven.drain();
  driven.take_events();
  driven.receive(server_answer(driven.take_requests().at(0), kExternal), kServer);
  CHECK(found_by(driven).empty());
}

TEST_CASE("checks are sent from the socket, and an answer that saw the external address is its own",
          "[ice][agent]") {
  const bool hides_base = GENERATE(false, true);
  HandDrivenAgent driven;
  driven.add_socket(mapped_socket(hides_base));
  driven.describe_peer();
  driven.add_peer_candidate();
  const std::size_t candidates = driven.agent().local_candidates().size();
  for (int i = 0; i < 2; ++i) {
    for (const Sent& check : driven.take_requests()) {
      CHECK(check.local == kLocal);
      driven.receive(driven.success_for(check, kExternal));
    }
  }
  REQUIRE(driven.agent().selected_pair(1));
  CHECK(driven.agent().selected_pair(1)->local.address == kExternal);
  CHECK(driven.agent().local_candidates().size() == candidates);
  driven.agent().send(driven.now(), 1, as_bytes("data"));
  driven.drain();
  CHECK(driven.take_sent().at(0).local == kLocal);
}

TEST_CASE("a peer on this side of the NAT is reached, too", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.add_socket(mapped_socket(true));
  driven.describe_peer();
  driven.add_peer_candidate();
  driven.take_events();
  driven.answer_checks();
  driven.answer_checks();
  REQUIRE(driven.agent().selected_pair(1));
  CHECK(driven.agent().selected_pair(1)->local.type == CandidateType::peer_reflexive);
  // The peer saw it anyhow; it is not signalled.
  CHECK(found_by(driven).empty());
}

TEST_CASE("when the socket goes both of its candidates are taken back", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.add_socket(mapped_socket(false));
  driven.take_events();
  driven.agent().remove_local_socket(driven.now(), kLocal);
  driven.drain();
  CHECK(driven.take_events_of<LocalCandidateRemoved>().size() == 2);
}

TEST_CASE("a restart signals external addresses again", "[ice][agent]") {
  const bool hides_base = GENERATE(false, true);
  HandDrivenAgent driven;
  driven.add_socket(mapped_socket(hides_base));
  const auto before = found_by(driven);
  driven.agent().restart(driven.now());
  driven.drain();
  const auto after = found_by(driven);
  REQUIRE(after.size() == before.size());
  for (std::size_t i = 0; i < after.size(); ++i) CHECK(after[i].address == before[i].address);
}

TEST_CASE("an external address that nobody can have is refused", "[ice][agent]") {
  const char* const text = GENERATE("0.0.0.0:1000", "224.0.0.1:1000", "[::]:1000", "[ff02::1]:1");
  HandDrivenAgent driven;
  LocalSocket socket = mapped_socket(false);
  socket.external = TransportAddress::parse(text);
  REQUIRE(socket.external);
  CHECK(driven.agent().add_local_socket(driven.now(), socket) == AddCandidateResult::unusable);
  socket.external = TransportAddress{kExternal.ip, 0};
  CHECK(driven.agent().add_local_socket(driven.now(), socket) == AddCandidateResult::unusable);
}
