// Data of the application: only over paths whose other end proved to be the peer.
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

bool send(HandDrivenAgent& driven, std::string_view text, ComponentId component = 1) {
  const bool sent{driven.agent().send(driven.now(), component, as_bytes(text))};
  driven.drain();
  return sent;
}

}  // namespace

TEST_CASE("data from a signalled address that proved nothing is dropped", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.receive(as_bytes("hello"));
  CHECK(driven.take_data().empty());
  CHECK(driven.agent().counters().data_from_strangers == 1);
  CHECK(driven.agent().counters().data_received == 0);
}

TEST_CASE("data is taken once its path delivered an authenticated message", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  SECTION("a check") {
    driven.receive(driven.request());
  }
  SECTION("an answer") {
    driven.receive(driven.success_for(driven.take_requests().at(0)));
  }
  driven.receive(as_bytes("hello"));
  CHECK(driven.take_data() == std::vector<std::string>{"hello"});
  CHECK(driven.agent().counters().data_received == 1);
}

TEST_CASE("a forged message opens no path for data", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  PeerRequest forged;
  forged.password = "anotherPasswordOf24chars";
  driven.receive(driven.request(forged));
  driven.receive(driven.request(forged), HandDrivenAgent::kOther);
  driven.receive(as_bytes("hello"));
  driven.receive(as_bytes("hello"), HandDrivenAgent::kOther);
  CHECK(driven.take_data().empty());
  CHECK(driven.agent().counters().data_from_strangers == 2);
}

TEST_CASE("an answer from elsewhere opens no path for data", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.receive(driven.success_for(driven.take_requests().at(0)), HandDrivenAgent::kOther);
  driven.receive(as_bytes("hello"), HandDrivenAgent::kOther);
  driven.receive(as_bytes("hello"));
  CHECK(driven.take_data().empty());
}

// The peer was told that the path works, and is free to select it.
TEST_CASE("data is taken where a check was answered, also beside the selected pair",
          "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  driven.receive(as_bytes("before"), HandDrivenAgent::kOther);
  driven.receive(driven.request(), HandDrivenAgent::kOther);
  driven.receive(as_bytes("after"), HandDrivenAgent::kOther);
  CHECK(driven.take_data() == std::vector<std::string>{"after"});
  CHECK(driven.agent().selected_pair(1)->remote.address == HandDrivenAgent::kPeer);
}

// A driver hands data over at once, without an event.
TEST_CASE("a host that asks for the component of data gets no event of it", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  const Route path{HandDrivenAgent::kLocal, HandDrivenAgent::kPeer};
  const auto before = driven.agent().counters().datagrams_received;
  CHECK(driven.agent().receive_data(driven.now(), path, as_bytes("hello")) == StreamComponent(1));
  driven.drain();
  CHECK(driven.take_data().empty());
  CHECK(driven.agent().counters().data_received == 1);
  CHECK(driven.agent().counters().datagrams_received == before + 1);
}

TEST_CASE("what is no data of the peer is left to handle_datagram()", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  const Route path{HandDrivenAgent::kLocal, HandDrivenAgent::kPeer};
  const auto before = driven.agent().counters().datagrams_received;
  SECTION("a message of STUN") {
    CHECK_FALSE(driven.agent().receive_data(driven.now(), path, driven.request()));
  }
  SECTION("data from a stranger") {
    const Route other{HandDrivenAgent::kLocal, HandDrivenAgent::kOther};
    CHECK_FALSE(driven.agent().receive_data(driven.now(), other, as_bytes("hello")));
  }
  SECTION("data for an agent that is closed") {
    driven.agent().close(driven.now());
    CHECK_FALSE(driven.agent().receive_data(driven.now(), path, as_bytes("hello")));
  }
  CHECK(driven.agent().counters().datagrams_received == before);
  CHECK(driven.agent().counters().data_received == 0);
  CHECK(driven.agent().counters().data_from_strangers == 0);
}

TEST_CASE("data that comes to another socket or from another port is dropped", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  const TransportAddress other_socket = *TransportAddress::parse("192.0.2.9:1000");
  driven.receive(as_bytes("a"), HandDrivenAgent::kOther);
  driven.receive(as_bytes("b"), *TransportAddress::parse("198.51.100.2:2001"));
  driven.receive(as_bytes("c"), HandDrivenAgent::kPeer, other_socket);
  CHECK(driven.take_data().empty());
  CHECK(driven.agent().counters().data_from_strangers == 3);
  driven.receive(as_bytes("d"));
  CHECK(driven.take_data() == std::vector<std::string>{"d"});
}

TEST_CASE("all that is not STUN is data, also when it is empty or looks odd", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  const std::string datagram =
      GENERATE(std::string(), std::string(1, '\0'), std::string(20, '\0'), std::string(65507, 'x'),
               std::string("\x16\xfe\xfd dtls"), std::string("\x80\x60 rtp"),
               std::string("\x40\x00\x00\x04 channel data"));
  driven.receive(as_bytes(datagram));
  CHECK(driven.take_data() == std::vector<std::string>{datagram});
}

TEST_CASE("nothing can be sent before a path works", "[ice][agent]") {
  HandDrivenAgent driven;
  CHECK_FALSE(send(driven, "early"));
  driven.start();
  driven.take_sent();
  CHECK_FALSE(send(driven, "early"));
  driven.receive(driven.request());
  // The peer reached us; that we reach the peer is not known yet.
  driven.take_sent();
  CHECK_FALSE(send(driven, "early"));
  CHECK(driven.take_sent().empty());
  CHECK(driven.agent().counters().data_sent == 0);
}

TEST_CASE("data goes over a path that works before one is selected", "[ice][agent]") {
  AgentConfig config;
  config.role = Role::controlled;
  HandDrivenAgent driven(config);
  driven.start();
  driven.answer_checks();
  REQUIRE_FALSE(driven.agent().selected_pair(1));
  REQUIRE(send(driven, "data"));
  const auto sent = driven.take_sent();
  REQUIRE(sent.size() == 1);
  CHECK(as_text(sent[0].payload) == "data");
  CHECK(sent[0].local == HandDrivenAgent::kLocal);
  CHECK(sent[0].remote == HandDrivenAgent::kPeer);
}

TEST_CASE("data is sent as it is, and as often as it is given", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  const std::string large(65507, 'x');
  CHECK(send(driven, ""));
  CHECK(send(driven, large));
  const auto sent = driven.take_sent();
  REQUIRE(sent.size() == 2);
  CHECK(sent[0].payload.empty());
  CHECK(as_text(sent[1].payload) == large);
  CHECK(driven.agent().counters().data_sent == 2);
}

TEST_CASE("there is no path for a component that is not in use", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  for (const unsigned component : {0u, 2u, 256u, 65535u}) {
    CHECK_FALSE(send(driven, "data", static_cast<ComponentId>(component)));
    CHECK_FALSE(driven.agent().selected_pair(static_cast<ComponentId>(component)));
  }
  CHECK(driven.take_sent().empty());
}
