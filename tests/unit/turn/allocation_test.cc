// How an allocation is asked for, and what may come of it.
#include "floe/turn/client_allocation.h"

#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/message_builder.h"
#include "floe/turn/attributes/address.h"
#include "floe/turn/attributes/allocation.h"
#include "floe/turn/error_codes.h"
#include "stun/string_makers.h"
#include "turn/dialogue.h"

using namespace floe;
using namespace floe::turn;
using namespace floe::testing;
using stun::Method;

namespace {

const auto kWriteAllocated = [](stun::MessageBuilder& out) {
  out.add(XorRelayedAddress{kRelayed}).add(Lifetime{600});
};

}  // namespace

TEST_CASE("the first Allocate names nobody, the second is signed", "[turn]") {
  Dialogue dialogue;
  const ByteVector first = dialogue.request(Method::allocate);
  const auto asked = view_of(first);
  CHECK_FALSE(asked.has(stun::AttributeType::username));
  CHECK_FALSE(asked.has(stun::AttributeType::realm));
  CHECK_FALSE(asked.has(stun::AttributeType::nonce));
  CHECK_FALSE(asked.has_integrity());
  CHECK(asked.get<RequestedTransport>()->protocol == kProtocolUdp);
  CHECK(asked.get<AdditionalAddressFamily>()->family == Family::ipv6);

  dialogue.challenge(first);
  const ByteVector second = dialogue.request(Method::allocate);
  CHECK(view_of(second).get<stun::Username>()->text == "user");
  CHECK(view_of(second).get<stun::Nonce>()->text == "nonce 1");
  CHECK(view_of(second).has_integrity());
  CHECK(view_of(second).transaction_id() != asked.transaction_id());
}

TEST_CASE("an allocation has its addresses and the server's lifetime", "[turn]") {
  Dialogue dialogue;
  dialogue.challenge(dialogue.request(Method::allocate));
  dialogue.succeed(dialogue.request(Method::allocate), [](stun::MessageBuilder& out) {
    out.add(XorRelayedAddress{kRelayed}).add(XorRelayedAddress{kRelayed6}).add(Lifetime{1200});
    out.add(stun::XorMappedAddress{kMapped});
  });
  const auto allocated = dialogue.event<Allocated>();
  REQUIRE(allocated);
  CHECK(std::ranges::equal(allocated->relayed, std::vector{kRelayed, kRelayed6}));
  CHECK(allocated->mapped == kMapped);
  CHECK(allocated->lifetime == 1200s);
  CHECK(dialogue.allocation.state() == ClientAllocation::State::allocated);
}

TEST_CASE("what the server refuses is told in its own words", "[turn]") {
  for (const std::uint16_t code : {kAllocationQuotaReached, kInsufficientCapacity,
                                   kWrongCredentials, kUnsupportedTransport, kForbidden}) {
    Dialogue dialogue;
    dialogue.challenge(dialogue.request(Method::allocate));
    dialogue.refuse(dialogue.request(Method::allocate), code);
    const auto failed = dialogue.event<AllocationFailed>();
    REQUIRE(failed);
    CHECK(failed->code == code);
    CHECK(failed->reason.view() == "no");
    CHECK(dialogue.allocation.deadline() == kNever);
  }
}

TEST_CASE("wrong credentials are not tried again", "[turn]") {
  Dialogue dialogue;
  dialogue.challenge(dialogue.request(Method::allocate));
  dialogue.challenge(dialogue.request(Method::allocate));
  const auto failed = dialogue.event<AllocationFailed>();
  REQUIRE(failed);
  CHECK(failed->code == stun::kUnauthenticated);
  CHECK(dialogue.is_silent());
}

TEST_CASE("a username that is too long for TURN fails with a sentence", "[turn]") {
  Dialogue dialogue({.credentials = {std::string(509, 'u'), "pass"}});
  dialogue.challenge(dialogue.request(Method::allocate));
  const auto failed = dialogue.event<AllocationFailed>();
  REQUIRE(failed);
  CHECK(failed->reason.view() == "the username is longer than 508 bytes");
}

TEST_CASE("a server that stays silent is given up", "[turn]") {
  Dialogue dialogue;
  dialogue.pass(39500ms);
  const auto failed = dialogue.event<AllocationFailed>();
  REQUIRE(failed);
  CHECK(failed->code == kNoCode);
}

TEST_CASE("a server whose answers are not authentic is told from a silent one", "[turn]") {
  Dialogue dialogue;
  dialogue.challenge(dialogue.request(Method::allocate));
  CHECK(dialogue.allocation.unanswered().code == kNoCode);
  const ByteVector request = dialogue.request(Method::allocate);
  std::array<std::uint8_t, 64> buffer;
  stun::MessageBuilder unsigned_answer(buffer, stun::Class::success, Method::allocate,
                                       view_of(request).transaction_id());
  kWriteAllocated(unsigned_answer);
  dialogue.receive(*unsigned_answer.finish());
  CHECK_FALSE(dialogue.event<AllocationFailed>());
  // The owner may lose patience before the transaction does.
  CHECK(dialogue.allocation.unanswered().code == kUnusableAnswer);
  CHECK(dialogue.allocation.unanswered().reason.view() == "the server's answers are not signed");
  dialogue.pass(39500ms);
  const auto failed = dialogue.event<AllocationFailed>();
  REQUIRE(failed);
  CHECK(failed->code == kUnusableAnswer);
  CHECK(failed->reason.view() == "the server's answers are not signed");
}

TEST_CASE("a challenge that is broken is not the user's fault", "[turn]") {
  Dialogue dialogue;
  dialogue.refuse(dialogue.request(Method::allocate), stun::kUnauthenticated);
  const auto failed = dialogue.event<AllocationFailed>();
  REQUIRE(failed);
  CHECK(failed->code == kUnusableAnswer);
}

TEST_CASE("where the server has no IPv4, an IPv6 address is asked for", "[turn]") {
  Dialogue dialogue;
  dialogue.challenge(dialogue.request(Method::allocate));
  dialogue.refuse(dialogue.request(Method::allocate), kAddressFamilyNotSupported);
  const ByteVector again = dialogue.request(Method::allocate);
  CHECK(view_of(again).get<RequestedAddressFamily>()->family == Family::ipv6);
  CHECK_FALSE(view_of(again).has(stun::AttributeType::additional_address_family));
  dialogue.refuse(again, kAddressFamilyNotSupported);
  CHECK(dialogue.event<AllocationFailed>());
}

TEST_CASE("an old server that dislikes the second family is asked without it", "[turn]") {
  for (const std::uint16_t code : {stun::kBadRequest, stun::kUnknownAttribute}) {
    Dialogue dialogue;
    dialogue.challenge(dialogue.request(Method::allocate));
    dialogue.refuse(dialogue.request(Method::allocate), code);
    const ByteVector again = dialogue.request(Method::allocate);
    CHECK_FALSE(view_of(again).has(stun::AttributeType::additional_address_family));
    CHECK_FALSE(view_of(again).has(stun::AttributeType::requested_address_family));
    dialogue.succeed(again, kWriteAllocated);
    CHECK(dialogue.event<Allocated>());
  }
}

TEST_CASE("437 to an Allocate clears the five-tuple once, and forgets the nonce", "[turn]") {
  Dialogue dialogue;
  dialogue.challenge(dialogue.request(Method::allocate));
  dialogue.refuse(dialogue.request(Method::allocate), kAllocationMismatch);

  const ByteVector release = dialogue.request(Method::refresh);
  CHECK(view_of(release).get<Lifetime>()->seconds == 0);
  CHECK_FALSE(view_of(release).has(stun::AttributeType::nonce));
  dialogue.challenge(release);
  dialogue.succeed(dialogue.request(Method::refresh));
  const ByteVector again = dialogue.request(Method::allocate);
  CHECK(view_of(again).get<stun::Nonce>()->text == "nonce 2");

  dialogue.refuse(again, kAllocationMismatch);
  const auto failed = dialogue.event<AllocationFailed>();
  REQUIRE(failed);
  CHECK(failed->code == kAllocationMismatch);
}

TEST_CASE("437 on a stream is for another stream to mend", "[turn]") {
  Dialogue dialogue({.transport = Transport::tcp, .credentials = {"user", "pass"}});
  dialogue.challenge(dialogue.request(Method::allocate));
  dialogue.refuse(dialogue.request(Method::allocate), kAllocationMismatch);
  CHECK(dialogue.event<AllocationFailed>());
  CHECK(dialogue.is_silent());
}

TEST_CASE("300 is passed on to whoever decides", "[turn]") {
  const TransportAddress there = *TransportAddress::parse("198.51.100.2:3478");
  Dialogue dialogue;
  dialogue.refuse(dialogue.request(Method::allocate), stun::kTryAlternate,
                  [&](stun::MessageBuilder& out) {
                    out.add(stun::AlternateServer{there}).add(stun::AlternateDomain{"two.org"});
                  });
  const auto redirected = dialogue.event<Redirected>();
  REQUIRE(redirected);
  CHECK(redirected->server == there);
  CHECK(redirected->domain == "two.org");
  CHECK(dialogue.allocation.deadline() == kNever);

  Dialogue nowhere;
  nowhere.refuse(nowhere.request(Method::allocate), stun::kTryAlternate);
  CHECK(nowhere.event<AllocationFailed>());
}

TEST_CASE("an answer without an address or without time is none", "[turn]") {
  const Dialogue::Write incomplete[] = {
      [](stun::MessageBuilder& out) { out.add(XorRelayedAddress{kRelayed}); },
      [](stun::MessageBuilder& out) { out.add(Lifetime{600}); },
      [](stun::MessageBuilder& out) { out.add(XorRelayedAddress{kRelayed}).add(Lifetime{9}); },
      [](stun::MessageBuilder& out) {
        out.add(XorRelayedAddress{{kRelayed.ip, 0}}).add(Lifetime{600});
      },
  };
  for (const auto& write : incomplete) {
    Dialogue dialogue;
    dialogue.challenge(dialogue.request(Method::allocate));
    dialogue.succeed(dialogue.request(Method::allocate), write);
    CHECK(dialogue.event<AllocationFailed>());
    CHECK(dialogue.allocation.deadline() == kNever);
  }
}
