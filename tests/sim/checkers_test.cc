// The checkers notice what they are there for: an agent that is driven wrongly on purpose.
#include <catch2/catch_test_macros.hpp>

#include "floe/sim/public_stun.h"
#include "floe/stun/message_builder.h"
#include "peer.h"

using namespace floe;
using namespace floe::sim;

namespace {

constexpr IpAddress kLocal = IpAddress::v4(192, 0, 2, 1);
const TransportAddress kRemote{IpAddress::v4(192, 0, 2, 2), 1000};

/// Sends through a socket that is said to be the agent's what the agent never would.
struct Impostor final : private DatagramListener {
  explicit Impostor(SharedPacing* shared = nullptr)
      : host(world.add_host("impostor", {kLocal})),
        agent({}, host.api().random, crypto),
        checker(world, host, agent, {}, shared),
        socket(host.api().datagram_sockets.open({kLocal}, *this)) {
    world.run_for(0ms);
  }

  void send(Bytes payload, const TransportAddress& to = kRemote) { socket->send(to, payload); }
  void send_check(std::uint8_t id, const TransportAddress& to = kRemote) {
    std::array<std::uint8_t, stun::kMessageSizeMax> buffer;
    stun::MessageBuilder builder(buffer, stun::Class::request, stun::Method::binding, {id});
    send(*builder.finish(), to);
  }
  std::vector<std::string> violations() { return checker.take_violations(); }

  World world{1};
  SimHost& host;
  MbedtlsCrypto crypto;
  ice::Agent agent;
  AgentChecker checker;

 private:
  void on_bound(DatagramSocket&, const TransportAddress& local) override {
    ice::Candidate candidate;
    candidate.base = candidate.address = local;
    checker.note_event(ice::LocalCandidateFound{candidate});
  }
  void on_socket_failed(DatagramSocket&, BindError) override {}
  void on_datagram(DatagramSocket&, const Datagram&) override {}

  std::unique_ptr<DatagramSocket> socket;
};

using Found = std::vector<std::string>;

}  // namespace

TEST_CASE("checkers notice data without consent", "[sim]") {
  Impostor impostor;
  impostor.send(as_bytes("data"));
  CHECK(impostor.violations() == Found{"impostor sent data without consent"});
}

TEST_CASE("checkers notice two new checks within Ta, but no retransmission", "[sim]") {
  Impostor impostor;
  impostor.send_check(1);
  impostor.send_check(1);
  impostor.world.run_for(50ms);
  impostor.send_check(2);
  CHECK(impostor.violations().empty());
  impostor.world.run_for(49ms);
  impostor.send_check(3);
  CHECK(impostor.violations() == Found{"impostor began two checks that cost a slot within Ta"});
}

TEST_CASE("checkers know a binding that is kept alive from a check", "[sim]") {
  Impostor impostor;
  const TransportAddress server{PublicStun::ipv4(), 3478};
  const PublicStun stun(impostor.world);
  impostor.send_check(1, server);
  impostor.world.run_for(50ms);
  impostor.send_check(2);
  impostor.send_check(3, server);
  CHECK(impostor.violations().empty());
  impostor.send_check(4);
  CHECK(impostor.violations() == Found{"impostor began two checks that cost a slot within Ta"});
}

TEST_CASE("checkers notice agents that share a pacer and do not heed it", "[sim]") {
  SharedPacing shared;
  Impostor first(&shared);
  Impostor second(&shared);
  first.send_check(1);
  second.send_check(2);
  CHECK(first.violations().empty());
  CHECK(second.violations() ==
        Found{"impostor began a check that costs a slot within 5 ms of another agent's"});
}

TEST_CASE("checkers notice what a closed agent still does", "[sim]") {
  Impostor impostor;
  impostor.checker.note_event(ice::StateChanged{ice::State::closed});
  impostor.send_check(1);
  CHECK(impostor.violations() == Found{"impostor sent a datagram after it was closed"});
  impostor.checker.note_event(ice::StateChanged{ice::State::failed});
  CHECK(impostor.violations() == Found{"impostor changed its state after it was closed"});
}

TEST_CASE("checkers say nothing of what is done on the same host by others", "[sim]") {
  Impostor impostor;
  struct Deaf final : DatagramListener {
    void on_bound(DatagramSocket&, const TransportAddress&) override {}
    void on_socket_failed(DatagramSocket&, BindError) override {}
    void on_datagram(DatagramSocket&, const Datagram&) override {}
  } deaf;
  const auto other = impostor.host.api().datagram_sockets.open({kLocal}, deaf);
  impostor.world.run_for(0ms);
  CHECK(other->send(kRemote, as_bytes("data")) == SendStatus::sent);
  CHECK(impostor.violations().empty());
}

TEST_CASE("checkers notice more checks on a known path than may go at once", "[sim]") {
  FiveTupleFacts path;
  std::size_t burst = 0;
  for (int i = 0; i < 12; ++i) burst = path.burst(kBeginning, ice::kUnpacedWindow);
  CHECK(burst == 12);
  CHECK(path.burst(kBeginning + ice::kUnpacedWindow, ice::kUnpacedWindow) == 1);
}
