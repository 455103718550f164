// Messages that fill an MTU, from the server and to the peers (RFC 8489, section 6.1).
#include "data_path.h"
#include "floe/stun/attributes/address.h"
#include "floe/stun/message_builder.h"
#include "floe/turn/attributes/address.h"
#include "floe/turn/attributes/allocation.h"
#include "floe/turn/attributes/data.h"
#include "floe/turn/channel_data.h"
#include "stun/filler.h"
#include "stun/string_makers.h"
#include "turn/dialogue.h"

using namespace floe;
using namespace floe::turn;
using namespace floe::testing;
using stun::Method;

namespace {

const std::string kCheck(1200, 'c');

/// The peer and the data of the next message, which is a Send indication or ChannelData.
std::string payload_of(const ByteVector& message) {
  if (const auto data = ChannelData::parse(message)) return std::string(as_text(data->payload));
  return std::string(as_text(view_of(message).get<Data>()->payload));
}

}  // namespace

TEST_CASE("a server may say more than a client knows, up to an MTU", "[turn]") {
  Dialogue dialogue;
  dialogue.challenge(dialogue.request(Method::allocate));
  dialogue.succeed(dialogue.request(Method::allocate), [](stun::MessageBuilder& out) {
    out.add(Filler{1100}).add(XorRelayedAddress{kRelayed}).add(Lifetime{600});
    out.add(stun::XorMappedAddress{kMapped});
  });
  const auto allocated = dialogue.event<Allocated>();
  REQUIRE(allocated);
  CHECK(allocated->mapped == kMapped);
  CHECK(dialogue.allocation.counters().malformed == 0);
}

TEST_CASE("a check that fills an MTU waits for its permission, and goes out whole", "[turn]") {
  Dialogue dialogue;
  dialogue.allocate();
  dialogue.want({kPeer});
  const ByteVector permission = dialogue.request(Method::create_permission);
  const std::string longest(kWaitingSizeMax, 'x');
  CHECK(dialogue.allocation.send(dialogue.now, kPeer, as_bytes(kCheck)));
  CHECK(dialogue.allocation.send(dialogue.now, kPeer, as_bytes(longest)));
  dialogue.succeed(permission);
  const ByteVector sent = dialogue.message();
  CHECK(payload_of(sent) == kCheck);
  CHECK(sent.size() == 1200 + 20 + 12 + 4);
  CHECK(payload_of(dialogue.message()) == longest);

  dialogue.want({kPeer}, {kPeer});
  dialogue.grant(Method::channel_bind);
  CHECK(dialogue.allocation.send(dialogue.now, kPeer, as_bytes(kCheck)));
  CHECK(payload_of(dialogue.message()) == kCheck);
}

TEST_CASE("a check that fills an MTU comes in from a peer, whatever is beside it", "[turn]") {
  Dialogue dialogue;
  dialogue.allocate();
  dialogue.want({kPeer});
  dialogue.grant(Method::create_permission);
  ByteVector buffer(1472);
  stun::MessageBuilder builder(buffer, stun::Class::indication, Method::data, {});
  builder.add(Filler{200}).add(XorPeerAddress{kPeer}).add(Data{as_bytes(kCheck)});
  dialogue.receive(*builder.finish());
  const auto data = dialogue.event<PeerData>();
  REQUIRE(data);
  CHECK(as_text(data->payload) == kCheck);
}
