// What rides in an agent's checks: who gets it, when, and what a message has room for.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "floe/ice/check_payload.h"
#include "floe/stun/attributes/embedded_dtls.h"
#include "floe/stun/integrity.h"
#include "ice/hand_driven_agent.h"
#include "stun/hex.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

class TestPayload final : public CheckPayload {
 public:
  CheckRider take(Timestamp, StreamComponent, RidesIn where) override {
    log.emplace_back(where == RidesIn::answer ? "take for an answer" : "take for a check");
    return {.datagram = datagram, .receipts = receipts};
  }
  void give(Timestamp, StreamComponent component, const CheckRider& rider) override {
    log.emplace_back("give");
    given.emplace_back(rider.datagram.begin(), rider.datagram.end());
    of = component;
  }

  ByteVector datagram = ByteVector(300, 0x16);
  ByteVector receipts = {1, 2, 3, 4};
  std::vector<ByteVector> given;
  std::vector<std::string> log;
  std::optional<StreamComponent> of;
};

/// A request of the peer that carries something: the filler of PeerRequest has the type.
constexpr std::size_t kFilled = 400;

PeerRequest filled() {
  PeerRequest request;
  request.size = kFilled;
  return request;
}

bool carries_something(const Sent& sent) {
  return sent.has(stun::AttributeType::meta_dtls_in_stun) ||
         sent.has(stun::AttributeType::meta_dtls_in_stun_acknowledgement);
}

struct Scene {
  explicit Scene(bool peer_says_sped = true) {
    driven.agent().set_payload(&payload);
    driven.add_socket();
    REQUIRE(driven.describe_peer(false, {.ice2 = true, .sped = peer_says_sped}));
    driven.add_peer_candidate();
  }

  TestPayload payload;
  HandDrivenAgent driven;
};

}  // namespace

TEST_CASE("an agent without a payload does not say sped, and its checks carry nothing", "[ice]") {
  HandDrivenAgent driven;
  CHECK_FALSE(driven.agent().ice_options().sped);
  driven.add_socket();
  REQUIRE(driven.describe_peer(false, {.ice2 = true, .sped = true}));
  driven.add_peer_candidate();
  driven.receive(driven.request(filled()));
  const auto sent = driven.take_sent();
  REQUIRE(sent.size() >= 2);
  for (const Sent& one : sent) CHECK_FALSE(carries_something(one));
}

TEST_CASE("a peer that does not say sped gets nothing, and is not listened to", "[ice]") {
  Scene scene(false);
  scene.driven.receive(scene.driven.request(filled()));
  const auto sent = scene.driven.take_sent();
  REQUIRE(sent.size() >= 2);
  for (const Sent& one : sent) CHECK_FALSE(carries_something(one));
  CHECK(scene.payload.log.empty());
  CHECK_FALSE(scene.driven.agent().ice_options().sped);
}

TEST_CASE("a check carries what its payload has, and is signed", "[ice]") {
  Scene scene;
  CHECK(scene.driven.agent().ice_options().sped);
  const auto checks = scene.driven.take_requests();
  REQUIRE(checks.size() == 1);
  const auto message = checks[0].message();
  const auto datagram = message.get<stun::DtlsInStun>();
  const auto receipts = message.get<stun::DtlsInStunAck>();
  REQUIRE(datagram);
  REQUIRE(receipts);
  CHECK(std::ranges::equal(datagram->datagram, scene.payload.datagram));
  CHECK(std::ranges::equal(receipts->checksums, scene.payload.receipts));
  CHECK(stun::check_integrity(message, scene.driven.peer_key()) == stun::IntegrityCheck::valid);
  CHECK(message.has_fingerprint());
}

TEST_CASE("what a check brings is given before its answer is made", "[ice]") {
  Scene scene;
  scene.payload.log.clear();
  scene.driven.receive(scene.driven.request(filled()));
  REQUIRE(scene.payload.log.size() >= 2);
  CHECK(scene.payload.log[0] == "give");
  CHECK(scene.payload.log[1] == "take for an answer");
  CHECK(scene.payload.of == StreamComponent(1));
  const auto answers = scene.driven.take(stun::Class::success);
  REQUIRE(answers.size() == 1);
  CHECK(answers[0].message().get<stun::DtlsInStun>()->datagram.size() == 300);
}

TEST_CASE("what an answer brings is given", "[ice]") {
  Scene scene;
  const auto checks = scene.driven.take_requests();
  REQUIRE(checks.size() == 1);
  scene.driven.receive(scene.driven.success_for(checks[0], HandDrivenAgent::kLocal, kFilled));
  REQUIRE(scene.payload.given.size() == 1);
  CHECK(scene.payload.given[0].size() > 200);
}

TEST_CASE("what a stranger's message brings is given to nobody", "[ice]") {
  Scene scene;
  PeerRequest request = filled();
  request.is_signed = false;
  scene.driven.receive(scene.driven.request(request));
  request.is_signed = true;
  request.password = "another password/24chars";
  scene.driven.receive(scene.driven.request(request));
  const auto checks = scene.driven.take_requests();
  REQUIRE(checks.size() >= 1);
  ByteVector answer = scene.driven.success_for(checks[0], HandDrivenAgent::kLocal, kFilled);
  testing::RawMessage forged(0x0101, to_hex(checks[0].message().transaction_id()));
  forged.attribute(0xc070, "16fefd00").integrity(scene.driven.own_key()).fingerprint();
  scene.driven.receive(forged.bytes());
  CHECK(scene.payload.given.empty());
  scene.driven.receive(answer);
  CHECK(scene.payload.given.size() == 1);
}

TEST_CASE("an early check's rider is given, and its answer carries nothing", "[ice]") {
  TestPayload payload;
  HandDrivenAgent driven;
  driven.agent().set_payload(&payload);
  driven.add_socket();
  driven.receive(driven.request(filled()));
  CHECK(payload.given.size() == 1);
  const auto answers = driven.take(stun::Class::success);
  REQUIRE(answers.size() == 1);
  CHECK_FALSE(carries_something(answers[0]));
}

TEST_CASE("what a message has no room for stays behind", "[ice]") {
  Scene scene;
  scene.payload.datagram.resize(1150);
  scene.driven.receive(scene.driven.request());
  const auto sent = scene.driven.take_sent();
  REQUIRE(sent.size() >= 2);
  for (const Sent& one : sent) {
    CHECK(one.payload.size() <= stun::kMessageSizeMax);
    CHECK(one.message().has_integrity());
  }
  const auto& answer = sent.back();
  CHECK_FALSE(answer.has(stun::AttributeType::meta_dtls_in_stun));
  CHECK(answer.has(stun::AttributeType::meta_dtls_in_stun_acknowledgement));
}

TEST_CASE("a check that is sent again carries what is to ride then", "[ice]") {
  Scene scene;
  std::vector<stun::TransactionId> ids;
  for (const Sent& check : scene.driven.take_requests()) {
    ids.push_back(check.message().transaction_id());
  }
  scene.payload.datagram.assign(40, 0x14);
  scene.driven.run_for(3s);
  std::size_t repeats = 0;
  for (const Sent& check : scene.driven.take_requests()) {
    CHECK(check.message().get<stun::DtlsInStun>()->datagram.size() == 40);
    const auto id = check.message().transaction_id();
    if (std::ranges::find(ids, id) != ids.end()) ++repeats;
    ids.push_back(id);
  }
  CHECK(repeats > 0);
}
