// A peer or a server whose messages fill an MTU, because they carry what the agent does not know:
// DTLS in STUN does so (RFC 8489, section 6.1).
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/message_builder.h"
#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"
#include "stun/filler.h"
#include "stun/hex.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

/// What the agent answers to a check of `size` bytes; 0: as short as it can be.
ByteVector answer_to_check(std::size_t size) {
  HandDrivenAgent driven;
  driven.start();
  driven.take_sent();
  PeerRequest request;
  request.size = size;
  const ByteVector check = driven.request(request);
  REQUIRE((size == 0 || check.size() == size));
  driven.receive(check, HandDrivenAgent::kOther);
  CHECK(driven.agent().counters().checks_received == 1);
  CHECK(driven.agent().remote_candidates().size() == 2);
  const auto answers = driven.take(stun::Class::success);
  REQUIRE(answers.size() == 1);
  return answers[0].payload;
}

}  // namespace

TEST_CASE("a check that fills an MTU is answered as a short one is", "[ice][agent]") {
  const auto size =
      GENERATE(std::size_t{552}, std::size_t{1000}, std::size_t{1200}, std::size_t{1472});
  CHECK(to_hex(answer_to_check(size)) == to_hex(answer_to_check(0)));
}

TEST_CASE("a check that fills an MTU counts when it comes before the description", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.add_socket();
  PeerRequest request;
  request.size = 1200;
  driven.receive(driven.request(request));
  CHECK(driven.take(stun::Class::success).size() == 1);
  REQUIRE(driven.describe_peer());
  CHECK(driven.take_requests().size() == 1);
}

TEST_CASE("an answer that fills an MTU is the answer to a check", "[ice][agent]") {
  const auto size = GENERATE(std::size_t{552}, std::size_t{1200}, std::size_t{1472});
  HandDrivenAgent driven;
  driven.start();
  const ByteVector answer =
      driven.success_for(driven.take_requests().at(0), HandDrivenAgent::kLocal, size);
  REQUIRE(answer.size() == size);
  driven.receive(answer);
  CHECK(driven.agent().pairs()[0].state == PairState::succeeded);
  CHECK(driven.agent().counters().malformed_messages == 0);
}

TEST_CASE("a STUN server's answer that fills an MTU is used", "[ice][agent]") {
  HandDrivenAgent driven;
  const TransportAddress server = *TransportAddress::parse("203.0.113.1:3478");
  const TransportAddress mapped = *TransportAddress::parse("198.51.100.77:7777");
  driven.agent().start_gathering(driven.now());
  driven.add_socket();
  REQUIRE(driven.agent().add_stun_server(driven.now(), server));
  driven.drain();
  const Sent request = driven.take_requests().at(0);
  driven.take_events();

  ByteVector buffer(1200);
  stun::MessageBuilder builder(buffer, stun::Class::success, stun::Method::binding,
                               request.message().transaction_id());
  builder.add(Filler{1200 - 20 - 4 - 12}).add(stun::XorMappedAddress{mapped});
  driven.receive(*builder.finish(), server);
  const auto found = driven.take_events_of<LocalCandidateFound>();
  REQUIRE(found.size() == 1);
  CHECK(found[0].candidate.address == mapped);
}

TEST_CASE("a 420 to a check names eight attributes and repeats none", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.take_sent();
  RawMessage check;
  check.text(0x0006, driven.username_for_us()).attribute(0x0024, "6e7fffff");
  std::string first_eight;
  for (std::uint16_t i = 0; i < 20; ++i) {
    check.text(static_cast<std::uint16_t>(0x7f00 + i), std::string(40, 'x'));
    if (i < 8) first_eight += "7f0" + std::to_string(i);
  }
  driven.receive(check.fill(1176).integrity(driven.own_key()).bytes());
  const auto answers = driven.take(stun::Class::error);
  REQUIRE(answers.size() == 1);
  const auto types = answers[0].message().find(stun::AttributeType::unknown_attributes);
  CHECK(to_hex(*types) == first_eight);
  CHECK(answers[0].payload.size() < 120);
}
