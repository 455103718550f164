// The simulated TURN server, as a client behind a NAT uses it.
#include <catch2/catch_test_macros.hpp>

#include "floe/sim/public_turn.h"
#include "floe/sim/site.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/message_builder.h"
#include "floe/turn/attributes/address.h"
#include "floe/turn/attributes/allocation.h"
#include "floe/turn/attributes/data.h"
#include "floe/turn/error_codes.h"
#include "floe/turn/understands.h"
#include "long_term_key.h"

using namespace floe;
using namespace floe::sim;

namespace {

/// A socket that keeps the last datagram.
struct Mailbox final : private DatagramListener {
  explicit Mailbox(SimHost& host)
      : socket(host.api().datagram_sockets.open({host.api().network.addresses()->front().ip},
                                                *this)) {}
  std::unique_ptr<DatagramSocket> socket;
  ByteVector last;
  TransportAddress from;

 private:
  void on_bound(DatagramSocket&, const TransportAddress&) override {}
  void on_socket_failed(DatagramSocket&, BindError) override {}
  void on_datagram(DatagramSocket&, const Datagram& datagram) override {
    last.assign(datagram.payload.begin(), datagram.payload.end());
    from = datagram.remote;
  }
};

struct Net {
  explicit Net(const TurnServerOptions& options = {})
      : site(world, network_kind("port-restricted"), IpVersions::v4, 7),
        turn(world, options),
        client(site.add_host("client")),
        peer(world.add_host("peer", {IpAddress::v4(192, 0, 2, 77)})) {
    world.run_for(0ms);
  }

  /// The answer to a signed request; its error code, 0 for success, or -1 for none.
  template <class Fill>
  int ask(stun::Method method, Fill fill) {
    std::array<std::uint8_t, stun::kMessageSizeMax> buffer;
    stun::MessageBuilder builder(buffer, stun::Class::request, method, {1, 2, ++requests});
    if (!nonce.empty()) {
      builder.add(stun::Username{"user"}).add(stun::Realm{"example.org"}).add(stun::Nonce{nonce});
    }
    fill(builder);
    if (!nonce.empty()) {
      const ByteVector key =
          stun::long_term_key(crypto, stun::PasswordHash::md5, "user", "example.org", "pass");
      builder.add_message_integrity(*crypto.hmac_sha1(key));
    }
    client.last.clear();
    client.socket->send({PublicTurn::ipv4(), 3478}, *builder.finish());
    if (!world.run_until([&] { return !client.last.empty(); }, 1s)) return -1;
    const auto message = stun::MessageView::parse(client.last, turn::understands);
    const auto error = message->get<stun::ErrorCode>();
    if (error && error->code == stun::kUnauthenticated && nonce.empty()) {
      nonce = message->get<stun::Nonce>()->text;
      return ask(method, fill);
    }
    if (const auto address = message->get<turn::XorRelayedAddress>()) relayed = address->address;
    return error ? error->code : 0;
  }
  int allocate() {
    return ask(stun::Method::allocate, [](auto& b) { b.add(turn::RequestedTransport{}); });
  }
  int permit() {
    return ask(stun::Method::create_permission, [](auto& b) {
      b.add(turn::XorPeerAddress{{IpAddress::v4(192, 0, 2, 77), 1}});
    });
  }

  World world{1};
  MbedtlsCrypto crypto;
  Site site;
  PublicTurn turn;
  Mailbox client;
  Mailbox peer;
  std::string nonce;
  TransportAddress relayed;
  std::uint8_t requests = 0;
};

}  // namespace

TEST_CASE("a simulated TURN server relays", "[sim][turn]") {
  Net net;
  REQUIRE(net.allocate() == 0);
  REQUIRE(net.permit() == 0);
  net.peer.socket->send(net.relayed, as_bytes("hello"));
  net.client.last.clear();
  REQUIRE(net.world.run_until([&] { return !net.client.last.empty(); }, 1s));
  const auto message = stun::MessageView::parse(net.client.last, turn::understands);
  REQUIRE(message);
  CHECK(as_text(message->get<turn::Data>()->payload) == "hello");
  CHECK(net.turn.server().datagrams_relayed() == 1);
}

TEST_CASE("a simulated TURN server dies, comes back and has forgotten", "[sim][turn]") {
  Net net;
  REQUIRE(net.allocate() == 0);
  net.turn.server().options().is_silent = true;
  CHECK(net.permit() == -1);
  net.turn.server().options().is_silent = false;
  CHECK(net.permit() == 0);
  net.turn.server().restart();
  CHECK(net.turn.server().allocation_count() == 0);
  CHECK(net.permit() == turn::kAllocationMismatch);
  CHECK(net.allocate() == 0);
  net.world.run_for(601s);
  CHECK(net.turn.server().allocation_count() == 0);
}

TEST_CASE("a simulated TURN server refuses and sends away", "[sim][turn]") {
  Net full({.allocations_per_user_max = 0});
  CHECK(full.allocate() == turn::kAllocationQuotaReached);
  Net forbidding({.forbids_peers = true});
  REQUIRE(forbidding.allocate() == 0);
  CHECK(forbidding.permit() == turn::kForbidden);
  Net elsewhere({.alternate = TransportAddress{IpAddress::v4(192, 0, 2, 202), 3478}});
  CHECK(elsewhere.allocate() == stun::kTryAlternate);
}
