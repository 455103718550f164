// A full peer that keeps its path alive by Binding indications and never asks for consent, as
// libnice does without its option "consent-freshness", in front of a lite agent.
#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>

#include "floe/stun/message_builder.h"
#include "peer.h"

using namespace floe;
using namespace floe::sim;

namespace {

/// A lite agent and a full peer that connect; then the full one's program is replaced by another
/// that has its address and says nothing but what the test tells it.
class LiteScene {
 public:
  LiteScene() : full_(world_, world_.add_host("full", {ip(1)}), {}), lite_(world_, host(), lite()) {
    start(full_, lite_);
  }

  bool connect() {
    const bool found =
        world_.run_until([&] { return full_.connected() && lite_.connected(); }, 10s);
    world_.run_for(1s);
    const auto pair = full_.agent().selected_pair(1);
    if (!found || !pair) return false;
    from_ = pair->local.base;
    to_ = pair->remote.address;
    replace_full();
    return true;
  }

  void indicate(Duration interval, Duration span) {
    for (const Timestamp end = world_.now() + span; world_.now() < end; world_.run_for(interval)) {
      std::array<std::uint8_t, stun::kMessageSizeMax> buffer;
      stun::MessageBuilder builder(buffer, stun::Class::indication, stun::Method::binding, {1});
      CHECK(socket_->send(to_, *builder.finish()) == SendStatus::sent);
    }
  }
  void be_silent(Duration span) { world_.run_for(span); }

  Peer& lite_agent() { return lite_; }

 private:
  struct Deaf final : DatagramListener {
    void on_bound(DatagramSocket&, const TransportAddress&) override {}
    void on_socket_failed(DatagramSocket&, BindError) override {}
    void on_datagram(DatagramSocket&, const Datagram&) override {}
  };

  static IpAddress ip(std::uint8_t number) { return IpAddress::v4(192, 0, 2, number); }
  SimHost& host() { return world_.add_host("lite", {ip(2)}); }
  static PeerOptions lite() {
    PeerOptions options;
    options.agent.implementation = ice::Implementation::lite;
    options.agent.role = ice::Role::controlled;
    return options;
  }

  /// The address goes to another host, whose socket has the same port.
  void replace_full() {
    full_.signalling_path().set_up(false);
    full_.host().remove_interface("eth0");
    world_.run_for(1ms);
    SimHost& stranger = world_.add_host("indicating", {ip(1)});
    socket_ = stranger.api().datagram_sockets.open({ip(1), from_.port, from_.port}, deaf_);
    world_.run_for(1ms);
  }

  World world_{Catch::getSeed()};
  Peer full_;
  Peer lite_;
  TransportAddress from_;
  TransportAddress to_;
  Deaf deaf_;
  std::unique_ptr<DatagramSocket> socket_;
};

}  // namespace

// RFC 8445, section 11: "STUN keepalives MUST be used when an ICE agent is a full ICE
// implementation and is communicating with a peer that supports ICE (lite or full)."
TEST_CASE("Binding indications alone keep a lite agent connected", "[ice][sim]") {
  for (const Duration interval : {15s, 25s}) {  // of the RFC, and of libnice
    CAPTURE(interval.count());
    LiteScene scene;
    REQUIRE(scene.connect());
    const std::size_t states = scene.lite_agent().states().size();
    scene.indicate(interval, 300s);
    CHECK(scene.lite_agent().connected());
    CHECK(scene.lite_agent().states().size() == states);  // not for a moment otherwise
    CHECK(scene.lite_agent().send("still there"));
  }
}

TEST_CASE("a lite agent notices that the indications have ended", "[ice][sim]") {
  LiteScene scene;
  REQUIRE(scene.connect());
  scene.indicate(15s, 60s);
  scene.be_silent(90s);
  CHECK_FALSE(scene.lite_agent().connected());
  CHECK_FALSE(scene.lite_agent().send("nobody agrees"));
}
