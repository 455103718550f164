// How an allocation is kept, how it ends, and what stale nonces and bad answers do to it.
#include "data_path.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/message_builder.h"
#include "floe/turn/attributes/allocation.h"
#include "floe/turn/error_codes.h"
#include "permissions.h"
#include "stun/string_makers.h"
#include "turn/dialogue.h"

using namespace floe;
using namespace floe::turn;
using namespace floe::testing;
using stun::Method;

namespace {

const auto kWriteLifetime = [](stun::MessageBuilder& out) { out.add(Lifetime{600}); };

}  // namespace

TEST_CASE("an allocation is refreshed well before the lifetime that the server gave", "[turn]") {
  for (const std::uint32_t seconds : {60u, 600u, 3600u}) {
    Dialogue dialogue;
    dialogue.allocate(seconds);
    dialogue.skip();
    const Duration lifetime = std::chrono::seconds(seconds);
    dialogue.pass(lifetime * 3 / 4 - 1s);
    dialogue.skip();
    dialogue.pass(1s);
    const ByteVector refresh = dialogue.next_request(Method::refresh);
    CHECK_FALSE(view_of(refresh).has(stun::AttributeType::lifetime));
    dialogue.succeed(refresh, kWriteLifetime);
    dialogue.pass(449s);
    dialogue.skip();
    dialogue.pass(1s);
    dialogue.next_request(Method::refresh);
  }
}

TEST_CASE("a server that forgot the allocation is found out when it is asked", "[turn]") {
  Dialogue dialogue;
  dialogue.allocation.verify(dialogue.now);  // there is none yet
  dialogue.allocate(600);
  dialogue.skip();
  dialogue.allocation.verify(dialogue.now);
  dialogue.allocation.verify(dialogue.now);  // is asked already
  const ByteVector first = dialogue.next_request(Method::refresh);
  CHECK(dialogue.is_silent());
  dialogue.succeed(first, kWriteLifetime);
  dialogue.allocation.verify(dialogue.now);
  dialogue.refuse(dialogue.next_request(Method::refresh), kAllocationMismatch);
  CHECK(dialogue.allocation.state() == ClientAllocation::State::ended);
}

// A limit on challenges that is kept for the allocation, and not for each request, runs out within
// hours.
TEST_CASE("a stale nonce is replaced for every kind of request, as often as it comes", "[turn]") {
  for (const Method method : {Method::refresh, Method::create_permission, Method::channel_bind}) {
    Dialogue dialogue;
    dialogue.allocate(method == Method::refresh ? 600 : 1000000);
    if (method == Method::create_permission) dialogue.want({kPeer});
    if (method == Method::channel_bind) dialogue.want({kPeer}, {kPeer});
    if (method != Method::refresh) dialogue.grant(method);
    for (int i = 0; i < 20; ++i) {
      dialogue.pass(method == Method::refresh ? 450s : 240s);
      dialogue.challenge(dialogue.next_request(method), stun::kStaleNonce);
      dialogue.succeed(dialogue.next_request(method), kWriteLifetime);
      REQUIRE(dialogue.allocation.state() == ClientAllocation::State::allocated);
    }
  }
}

TEST_CASE("437 to any request loses the allocation at once", "[turn]") {
  for (const Method method : {Method::refresh, Method::create_permission, Method::channel_bind}) {
    Dialogue dialogue;
    dialogue.allocate();
    if (method == Method::create_permission) dialogue.want({kPeer});
    if (method == Method::channel_bind) dialogue.want({kPeer}, {kPeer});
    if (method == Method::refresh) dialogue.pass(450s);
    dialogue.refuse(dialogue.next_request(method), kAllocationMismatch);
    const auto lost = dialogue.event<AllocationLost>();
    REQUIRE(lost);
    CHECK(lost->code == kAllocationMismatch);
    CHECK(dialogue.allocation.deadline() == kNever);
    CHECK_FALSE(dialogue.allocation.send(dialogue.now, kPeer, as_bytes("x")));
  }
}

TEST_CASE("credentials that ran out lose the allocation, to be made anew with others", "[turn]") {
  Dialogue dialogue;
  dialogue.allocate();
  dialogue.pass(450s);
  const ByteVector refresh = dialogue.next_request(Method::refresh);
  dialogue.challenge(refresh, stun::kUnauthenticated);
  const auto lost = dialogue.event<AllocationLost>();
  REQUIRE(lost);
  CHECK(lost->code == stun::kUnauthenticated);
}

TEST_CASE("a server that answers 400 again and again loses the allocation", "[turn]") {
  Dialogue dialogue;
  dialogue.allocate();
  dialogue.want({kPeer});
  dialogue.refuse(dialogue.next_request(Method::create_permission), stun::kBadRequest);
  dialogue.pass(kRetryAfter);
  dialogue.refuse(dialogue.next_request(Method::create_permission), stun::kBadRequest);
  CHECK_FALSE(dialogue.event<AllocationLost>());
  dialogue.pass(kRetryAfter);
  dialogue.refuse(dialogue.next_request(Method::create_permission), stun::kBadRequest);
  const auto lost = dialogue.event<AllocationLost>();
  REQUIRE(lost);
  CHECK(lost->code == stun::kBadRequest);
}

TEST_CASE("an allocation whose time passed while the host slept is lost", "[turn]") {
  Dialogue dialogue;
  dialogue.allocate();
  dialogue.sleep(600s);
  CHECK(dialogue.event<AllocationLost>());
  CHECK(dialogue.allocation.deadline() == kNever);

  Dialogue sender;
  sender.allocate();
  sender.now += 601s;
  CHECK_FALSE(sender.allocation.send(sender.now, kPeer, as_bytes("x")));
  CHECK(sender.event<AllocationLost>());
}

TEST_CASE("a Refresh that fails for another reason is tried once more while there is time",
          "[turn]") {
  Dialogue dialogue;
  dialogue.allocate();
  dialogue.pass(450s);
  dialogue.refuse(dialogue.next_request(Method::refresh), stun::kServerError);
  CHECK_FALSE(dialogue.event<AllocationLost>());
  dialogue.pass(kRetryAfter);
  dialogue.succeed(dialogue.next_request(Method::refresh), kWriteLifetime);
  dialogue.pass(300s);
  CHECK_FALSE(dialogue.event<AllocationLost>());
}

TEST_CASE("an idle allocation over UDP keeps the NAT on the way to its server open", "[turn]") {
  Dialogue dialogue;
  dialogue.allocate();
  dialogue.skip();
  dialogue.pass(kIdleKeepalive);
  const ByteVector keepalive = dialogue.message();
  CHECK(view_of(keepalive).message_class() == stun::Class::indication);
  CHECK(view_of(keepalive).method() == Method::binding);
  CHECK(dialogue.is_silent());

  Dialogue stream({.transport = Transport::tcp, .credentials = {"user", "pass"}});
  stream.allocate();
  stream.pass(400s);
  CHECK(stream.is_silent());
}

TEST_CASE("released at the end of everything, it says so once and arms nothing", "[turn]") {
  Dialogue dialogue;
  dialogue.allocate();
  dialogue.want({kPeer});
  dialogue.skip();
  dialogue.allocation.release(dialogue.now, ClientAllocation::Release::once);
  const ByteVector release = dialogue.request(Method::refresh);
  CHECK(view_of(release).get<Lifetime>()->seconds == 0);
  CHECK(view_of(release).has_integrity());
  CHECK(dialogue.is_silent());
  CHECK(dialogue.allocation.deadline() == kNever);
}

TEST_CASE("released while others go on, it repeats it until it is answered", "[turn]") {
  Dialogue dialogue;
  dialogue.allocate();
  dialogue.allocation.release(dialogue.now, ClientAllocation::Release::answered);
  dialogue.request(Method::refresh);
  dialogue.pass(500ms);
  dialogue.succeed(dialogue.request(Method::refresh));
  CHECK(dialogue.allocation.state() == ClientAllocation::State::ended);
  CHECK(dialogue.allocation.deadline() == kNever);
  CHECK_FALSE(dialogue.event<AllocationLost>());
}

TEST_CASE("what may have been allocated is released, what was not is not", "[turn]") {
  Dialogue unknown;
  unknown.request(Method::allocate);
  unknown.allocation.release(unknown.now, ClientAllocation::Release::once);
  CHECK(unknown.is_silent());

  Dialogue under_way;
  under_way.challenge(under_way.request(Method::allocate));
  under_way.request(Method::allocate);
  under_way.allocation.release(under_way.now, ClientAllocation::Release::once);
  CHECK(view_of(under_way.request(Method::refresh)).get<Lifetime>()->seconds == 0);
}
