// Permissions, channels, and the data that goes by them.
#include "data_path.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/message_builder.h"
#include "floe/turn/attributes/address.h"
#include "floe/turn/attributes/data.h"
#include "floe/turn/channel_data.h"
#include "floe/turn/error_codes.h"
#include "permissions.h"
#include "stun/hex.h"
#include "stun/string_makers.h"
#include "turn/dialogue.h"

using namespace floe;
using namespace floe::turn;
using namespace floe::testing;
using stun::Method;

namespace {

struct Relaying : Dialogue {
  explicit Relaying(Transport transport = Transport::udp)
      : Dialogue({.transport = transport, .credentials = {"user", "pass"}}) {
    allocate(100000);
  }
  bool send(const TransportAddress& peer, std::string_view text) {
    return allocation.send(now, peer, as_bytes(text));
  }
};

void is_send_indication(const ByteVector& bytes, const TransportAddress& peer,
                        std::string_view text) {
  const auto message = view_of(bytes);
  CHECK(message.message_class() == stun::Class::indication);
  CHECK(message.method() == Method::send);
  CHECK(message.get<XorPeerAddress>()->address == peer);
  CHECK(as_text(message.get<Data>()->payload) == text);
}

}  // namespace

TEST_CASE("what is sent before the permission is there waits for it, in order", "[turn]") {
  Relaying dialogue;
  dialogue.want({kPeer});
  const ByteVector permission = dialogue.request(Method::create_permission);
  CHECK(view_of(permission).get<XorPeerAddress>()->address.ip == kPeer.ip);
  CHECK(dialogue.send(kPeer, "one"));
  CHECK(dialogue.send(kPeer, "two"));
  CHECK(dialogue.is_silent());
  dialogue.succeed(permission);
  is_send_indication(dialogue.message(), kPeer, "one");
  is_send_indication(dialogue.message(), kPeer, "two");
  CHECK(dialogue.send(kPeer, "three"));
  is_send_indication(dialogue.message(), kPeer, "three");
}

TEST_CASE("few wait, and nobody whom nobody asked for", "[turn]") {
  Relaying dialogue;
  CHECK_FALSE(dialogue.send(kPeer, "to a stranger"));
  dialogue.want({kPeer});
  CHECK_FALSE(dialogue.send(kPeer, std::string(kWaitingSizeMax + 1, 'x')));
  for (std::size_t i = 0; i < kWaitingMax; ++i) CHECK(dialogue.send(kPeer, "x"));
  CHECK_FALSE(dialogue.send(kPeer, "one too many"));
  CHECK(dialogue.allocation.counters().sends_dropped == 3);
}

TEST_CASE("a peer that the server forbids costs the allocation nothing else", "[turn]") {
  Relaying dialogue;
  dialogue.want({kPeer, kOtherPeer});
  const ByteVector first = dialogue.request(Method::create_permission);
  const ByteVector second = dialogue.request(Method::create_permission);
  dialogue.send(kPeer, "waits in vain");
  dialogue.refuse(first, kForbidden);
  dialogue.succeed(second);
  const auto refused = dialogue.event<PeerRefused>();
  REQUIRE(refused);
  CHECK(refused->peer == kPeer.ip);
  CHECK(refused->code == kForbidden);
  CHECK_FALSE(dialogue.send(kPeer, "x"));
  CHECK(dialogue.send(kOtherPeer, "y"));
  is_send_indication(dialogue.message(), kOtherPeer, "y");
  dialogue.pass(200s);
  dialogue.skip();
  CHECK(dialogue.allocation.state() == ClientAllocation::State::allocated);
  CHECK(dialogue.allocation.counters().sends_dropped == 2);
}

TEST_CASE("refused peers make room for others", "[turn]") {
  Relaying dialogue;
  const auto peer = [](std::size_t number) {
    return TransportAddress{IpAddress::v4(198, 18, static_cast<std::uint8_t>(number >> 8),
                                          static_cast<std::uint8_t>(number & 0xff)),
                            7000};
  };
  for (std::size_t i = 0; i < 2 * kPermissionsMax; ++i) {
    dialogue.want({peer(i)});
    dialogue.refuse(dialogue.next_request(Method::create_permission), kForbidden);
    dialogue.skip();
  }
  dialogue.want({kPeer});
  dialogue.grant(Method::create_permission);
  CHECK(dialogue.allocation.is_permitted(dialogue.now, kPeer));
  CHECK(dialogue.allocation.counters().peers_left_out == 0);
}

TEST_CASE("peers that are wanted keep their room, and who finds none is counted", "[turn]") {
  Relaying dialogue;
  std::vector<TransportAddress> peers;
  for (std::size_t i = 0; i < kPermissionsMax; ++i) {
    peers.push_back({IpAddress::v4(198, 18, 0, static_cast<std::uint8_t>(i)), 7000});
  }
  dialogue.want(peers);
  for (std::size_t i = 0; i < kPermissionsMax; ++i) {
    dialogue.refuse(dialogue.request(Method::create_permission), kForbidden);
  }
  peers.push_back(kPeer);
  for (int i = 0; i < 3; ++i) dialogue.want(peers);
  CHECK(dialogue.is_silent());
  CHECK(dialogue.allocation.counters().peers_left_out == 1);
  peers.erase(peers.begin());
  dialogue.want(peers);
  dialogue.grant(Method::create_permission);
  CHECK(dialogue.allocation.is_permitted(dialogue.now, kPeer));
}

TEST_CASE("a permission is refreshed before its 300 s are over, as long as it is wanted",
          "[turn]") {
  Relaying dialogue;
  dialogue.want({kPeer});
  dialogue.grant(Method::create_permission);
  for (int i = 0; i < 5; ++i) {
    dialogue.pass(kPermissionRefresh);
    CHECK(dialogue.allocation.is_permitted(dialogue.now, kPeer));
    dialogue.succeed(dialogue.next_request(Method::create_permission));
    CHECK(dialogue.allocation.is_permitted(dialogue.now, kPeer));
  }
  dialogue.want({});
  dialogue.pass(kPermissionLifetime);
  while (const auto message = dialogue.poll_message()) CHECK_FALSE(view_of(*message).is_request());
  CHECK_FALSE(dialogue.allocation.is_permitted(dialogue.now, kPeer));
}

TEST_CASE("a permission that ran out while the host slept is asked for again first", "[turn]") {
  Relaying dialogue;
  dialogue.want({kPeer});
  dialogue.grant(Method::create_permission);
  dialogue.now += kPermissionLifetime;
  CHECK(dialogue.send(kPeer, "late"));
  CHECK(dialogue.is_silent());
  dialogue.allocation.handle_timeout(dialogue.now);
  dialogue.grant(Method::create_permission);
  is_send_indication(dialogue.message(), kPeer, "late");
}

TEST_CASE("a channel brings its permission, and data goes by it once it is bound", "[turn]") {
  Relaying dialogue;
  dialogue.want({kPeer}, {kPeer});
  const ByteVector bind = dialogue.request(Method::channel_bind);
  CHECK(dialogue.is_silent());
  CHECK(view_of(bind).get<ChannelNumber>()->number == kChannelMin);
  CHECK(view_of(bind).get<XorPeerAddress>()->address == kPeer);
  dialogue.send(kPeer, "early");
  CHECK(dialogue.is_silent());
  dialogue.succeed(bind);
  const ByteVector early = dialogue.message();
  CHECK(to_hex(early) == "40000005" + to_hex(as_bytes("early")));
  CHECK(dialogue.allocation.is_permitted(dialogue.now, kPeer));
}

TEST_CASE("one channel is bound at a time, however often it is wanted", "[turn]") {
  Relaying dialogue;
  dialogue.want({kPeer}, {kPeer});
  dialogue.request(Method::channel_bind);
  dialogue.want({kPeer}, {kPeer});
  dialogue.want({kPeer}, {kPeer});
  CHECK(dialogue.is_silent());
}

TEST_CASE("a channel is refreshed, and one refresh does for the permission, too", "[turn]") {
  Relaying dialogue;
  dialogue.want({kPeer}, {kPeer});
  dialogue.grant(Method::channel_bind);
  for (int i = 0; i < 5; ++i) {
    dialogue.pass(kChannelRefresh);
    dialogue.succeed(dialogue.next_request(Method::channel_bind));
    CHECK(dialogue.is_silent());
    CHECK(dialogue.allocation.is_permitted(dialogue.now, kPeer));
  }
}

TEST_CASE("where no channel can be bound, Send indications do", "[turn]") {
  Relaying dialogue;
  dialogue.want({kPeer}, {kPeer});
  dialogue.refuse(dialogue.request(Method::channel_bind), kInsufficientCapacity);
  dialogue.pass(kRetryAfter);
  dialogue.refuse(dialogue.next_request(Method::channel_bind), kInsufficientCapacity);
  dialogue.pass(2 * kRetryAfter);
  dialogue.succeed(dialogue.next_request(Method::create_permission));
  dialogue.send(kPeer, "x");
  is_send_indication(dialogue.message(), kPeer, "x");
  CHECK(dialogue.allocation.state() == ClientAllocation::State::allocated);
}

TEST_CASE("ChannelData is padded over a stream and not over UDP", "[turn]") {
  for (const Transport transport : {Transport::udp, Transport::tcp}) {
    Relaying dialogue(transport);
    dialogue.want({kPeer}, {kPeer});
    dialogue.grant(Method::channel_bind);
    dialogue.send(kPeer, "x");
    CHECK(to_hex(dialogue.message()) ==
          (transport == Transport::udp ? "4000000178" : "4000000178000000"));
  }
}

TEST_CASE("data comes in by indication and by channel", "[turn]") {
  Relaying dialogue;
  dialogue.want({kPeer}, {kPeer});
  dialogue.grant(Method::channel_bind);
  dialogue.indicate({kPeer.ip, 9}, "by indication");
  const auto indicated = dialogue.event<PeerData>();
  REQUIRE(indicated);
  CHECK(indicated->peer == TransportAddress{kPeer.ip, 9});
  CHECK(as_text(indicated->payload) == "by indication");
  dialogue.receive(from_hex("4000000178"));
  const auto channelled = dialogue.event<PeerData>();
  REQUIRE(channelled);
  CHECK(channelled->peer == kPeer);
  CHECK(as_text(channelled->payload) == "x");
}

TEST_CASE("data from peers without permission or unknown channels is dropped", "[turn]") {
  Relaying dialogue;
  dialogue.indicate(kPeer, "x");
  dialogue.receive(from_hex("4000000178"));
  dialogue.receive(from_hex("40000009"));
  CHECK_FALSE(dialogue.event<PeerData>());
  CHECK(dialogue.allocation.counters().without_permission == 1);
  CHECK(dialogue.allocation.counters().unexpected == 1);
  CHECK(dialogue.allocation.counters().malformed == 1);
}

TEST_CASE("a stream that is not TURN any more loses the allocation", "[turn]") {
  Relaying dialogue(Transport::tls);
  dialogue.allocation.handle_tcp_bytes(dialogue.now, as_bytes("\x16\x03\x01 a TLS alert"));
  CHECK(dialogue.event<AllocationLost>());
}
