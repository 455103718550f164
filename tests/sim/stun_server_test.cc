// The simulated STUN server, as a client behind a NAT sees it.
#include <catch2/catch_test_macros.hpp>

#include "floe/sim/site.h"
#include "floe/sim/stun_server.h"
#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/message_builder.h"

using namespace floe;
using namespace floe::sim;

namespace {

constexpr IpAddress kServer = IpAddress::v4(192, 0, 2, 1);

struct Client final : private DatagramListener {
  Client(World& the_world, SimHost& host)
      : world(the_world),
        socket(
            host.api().datagram_sockets.open({host.api().network.addresses()->front().ip}, *this)) {
    world.run_for(0ms);
  }

  /// Whether an answer came, and when it did.
  bool asks(Duration limit = 1s) {
    std::array<std::uint8_t, stun::kMessageSizeMax> buffer;
    stun::MessageBuilder builder(buffer, stun::Class::request, stun::Method::binding, {1, 2, 3});
    answer.clear();
    socket->send({kServer, 3478}, *builder.add_fingerprint().finish());
    return world.run_until([&] { return !answer.empty(); }, limit);
  }

  World& world;
  ByteVector answer;

 private:
  void on_bound(DatagramSocket&, const TransportAddress&) override {}
  void on_socket_failed(DatagramSocket&, BindError) override {}
  void on_datagram(DatagramSocket&, const Datagram& datagram) override {
    answer.assign(datagram.payload.begin(), datagram.payload.end());
  }

  std::unique_ptr<DatagramSocket> socket;
};

struct Net {
  explicit Net(const StunServerOptions& options = {})
      : site(world, network_kind("port-restricted"), IpVersions::v4, 7),
        server(world.add_host("stun", {kServer}), kServer, options),
        client(world, site.add_host("client")) {}

  World world{1};
  Site site;
  StunServer server;
  Client client;
};

}  // namespace

TEST_CASE("a STUN server tells a client the address of its NAT", "[sim][stun]") {
  Net net;
  REQUIRE(net.client.asks());
  const auto message = stun::MessageView::parse(net.client.answer);
  REQUIRE(message);
  CHECK(message->message_class() == stun::Class::success);
  CHECK(message->transaction_id() == stun::TransactionId{1, 2, 3});
  CHECK(message->has_fingerprint());
  const auto mapped = message->get<stun::XorMappedAddress>();
  REQUIRE(mapped);
  CHECK(mapped->address.ip == net.site.home_nat()->external());
  CHECK(net.server.requests() == 1);
}

TEST_CASE("a STUN server may be silent, slow, or refuse", "[sim][stun]") {
  Net net({.is_silent = true});
  CHECK_FALSE(net.client.asks(10s));
  CHECK(net.server.requests() == 1);

  net.server.options() = {.thinking_time = 3s};
  const Timestamp asked = net.world.now();
  REQUIRE(net.client.asks(10s));
  CHECK(net.world.now() - asked >= 3s);

  net.server.options() = {.error = std::uint16_t{500}};
  REQUIRE(net.client.asks());
  const auto message = stun::MessageView::parse(net.client.answer);
  REQUIRE(message);
  CHECK(message->get<stun::ErrorCode>()->code == 500);
}
