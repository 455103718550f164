// Why an agent is not connected, in words: each way to fail has its own.
#include "floe/ice/explanation.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "floe/stun/attributes/error_code.h"
#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"
#include "ice/stun_server.h"
#include "stun/hex.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;
using Catch::Matchers::ContainsSubstring;

namespace {

const TransportAddress& kPeer = HandDrivenAgent::kPeer;
const TransportAddress kServer = {IpAddress::v4(203, 0, 113, 1), 3478};

/// Nothing more can come, and the patience is over.
std::string explain_end(HandDrivenAgent& driven) {
  driven.agent().end_of_local_sockets(driven.now());
  driven.agent().end_of_remote_candidates(driven.now());
  driven.run_for(60s);
  CHECK(driven.state_is(State::failed));
  return explain(driven.agent());
}

}  // namespace

TEST_CASE("an agent that has not failed says how things stand", "[ice]") {
  HandDrivenAgent driven;
  driven.add_socket();
  CHECK_THAT(explain(driven.agent()), ContainsSubstring("description has not come"));
  driven.describe_peer();
  CHECK_THAT(explain(driven.agent()), ContainsSubstring("no pair"));
  driven.add_peer_candidate();
  CHECK_THAT(explain(driven.agent()), ContainsSubstring("being checked"));
  driven.answer_checks();
  driven.answer_checks();
  CHECK(explain(driven.agent()) == "Connected.");
  driven.run_for(15s);
  CHECK_THAT(explain(driven.agent()), ContainsSubstring("does not answer at the moment"));
  driven.agent().close(driven.now());
  CHECK_THAT(explain(driven.agent()), ContainsSubstring("closed"));
}

TEST_CASE("what comes by the credentials of an old description is told", "[ice]") {
  HandDrivenAgent driven;
  driven.add_socket();
  driven.describe_peer();
  driven.add_peer_candidate();
  CHECK(explain_strange_messages(driven.agent()).empty());
  SECTION("and are why there is no path") {
    driven.receive(driven.request({.username = "old0:" + driven.peer().ufrag}));
    CHECK_THAT(std::string(explain_strange_messages(driven.agent())), ContainsSubstring("is old"));
    CHECK_THAT(explain_end(driven), ContainsSubstring("See who carries the signalling"));
  }
  SECTION("unless good ones come, too") {
    driven.receive(driven.request({.username = "old0:" + driven.peer().ufrag}));
    driven.receive(driven.request());
    CHECK(explain_strange_messages(driven.agent()).empty());
  }
}

TEST_CASE("a side without addresses is named", "[ice]") {
  SECTION("this one, before anything has failed") {
    HandDrivenAgent driven;
    driven.describe_peer();
    driven.agent().start_gathering(driven.now());
    driven.agent().end_of_local_sockets(driven.now());
    driven.drain();
    CHECK_THAT(explain(driven.agent()), ContainsSubstring("it has link-local addresses alone"));
  }
  SECTION("this one") {
    HandDrivenAgent driven;
    driven.describe_peer();
    driven.add_peer_candidate();
    CHECK_THAT(explain_end(driven), ContainsSubstring("This host offered no address"));
  }
  SECTION("the peer") {
    HandDrivenAgent driven;
    driven.add_socket();
    driven.describe_peer();
    CHECK_THAT(explain_end(driven), ContainsSubstring("The peer sent no usable candidate"));
  }
}

TEST_CASE("sides of different families are told apart", "[ice]") {
  HandDrivenAgent driven;
  driven.add_socket();
  driven.describe_peer();
  driven.add_peer_candidate(*TransportAddress::parse("[2001:db8::2]:2000"));
  CHECK_THAT(explain_end(driven),
             ContainsSubstring("this host has IPv4 only, the peer has IPv6 only"));
  CHECK(explain_pairs(driven.agent()).empty());
}

TEST_CASE("a connection that worked is told from one that never did", "[ice]") {
  HandDrivenAgent driven;
  driven.connect();
  SECTION("the peer fell silent") {
    driven.run_for(31s);
    CHECK_THAT(explain(driven.agent()), ContainsSubstring("did not answer for 30 s"));
  }
  SECTION("the network went") {
    driven.agent().remove_local_socket(driven.now(), HandDrivenAgent::kLocal);
    driven.drain();
    CHECK_THAT(explain(driven.agent()), ContainsSubstring("This host lost the network"));
  }
}

TEST_CASE("a refusal says its code", "[ice]") {
  HandDrivenAgent driven;
  driven.start();
  driven.receive(driven.error_for(driven.take_requests().at(0), 431));
  CHECK_THAT(explain_end(driven), ContainsSubstring("error 431"));
  REQUIRE(explain_pairs(driven.agent()).size() == 1);
  CHECK_THAT(explain_pairs(driven.agent())[0], ContainsSubstring("(refused by the peer 431)"));
}

TEST_CASE("answers from elsewhere are a reason of their own", "[ice]") {
  HandDrivenAgent driven;
  driven.start();
  driven.receive(driven.success_for(driven.take_requests().at(0)), HandDrivenAgent::kOther);
  CHECK_THAT(explain_end(driven), ContainsSubstring("from or to other addresses"));
}

TEST_CASE("a host whose checks are lost while the peer's arrive is told so", "[ice]") {
  HandDrivenAgent driven;
  driven.start();
  driven.receive(driven.request());
  CHECK_THAT(explain_end(driven), ContainsSubstring("checks do arrive here"));
}

TEST_CASE("the advice fits what was tried", "[ice]") {
  HandDrivenAgent driven;
  driven.add_socket();
  driven.describe_peer();
  SECTION("no server, no reflexive address") {
    driven.add_peer_candidate();
    CHECK_THAT(explain_end(driven), ContainsSubstring("configure a STUN server on both sides"));
  }
  SECTION("a server that was silent, too") {
    driven.agent().add_stun_server(driven.now(), kServer);
    driven.add_peer_candidate();
    CHECK_THAT(explain_end(driven), ContainsSubstring("probably blocks UDP"));
  }
  SECTION("a server that refused") {
    driven.agent().add_stun_server(driven.now(), kServer);
    driven.drain();
    const std::string id = to_hex(driven.take_requests().at(0).message().transaction_id());
    driven.receive(RawMessage(0x0111, id).attribute(0x0009, "00000400").bytes(), kServer);
    driven.add_peer_candidate();
    CHECK_THAT(explain_end(driven), ContainsSubstring("no answer that can be used"));
  }
  SECTION("a server that answered") {
    driven.agent().add_stun_server(driven.now(), kServer);
    driven.drain();
    driven.receive(server_answer(driven.take_requests().at(0), HandDrivenAgent::kOther), kServer);
    driven.add_peer_candidate();
    CHECK_THAT(explain_end(driven), ContainsSubstring("allow no direct path"));
  }
  SECTION("a relay") {
    driven.add_peer_candidate(kPeer, CandidateType::relayed, 1000);
    CHECK_THAT(explain_end(driven), ContainsSubstring("Even the relayed pairs"));
  }
}

TEST_CASE("the pairs are listed from the highest, with their state and the reason", "[ice]") {
  HandDrivenAgent driven;
  driven.start();
  driven.add_peer_candidate(HandDrivenAgent::kOther, CandidateType::server_reflexive, 1000);
  driven.answer_checks();
  driven.answer_checks();
  const auto lines = explain_pairs(driven.agent());
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] == "host 192.0.2.1:1000 to host 198.51.100.2:2000: succeeded, nominated");
  CHECK(lines[1] ==
        "host 192.0.2.1:1000 to srflx 203.0.113.3:3000: removed (another pair was nominated)");
}

TEST_CASE("a pair without an answer says how often it asked", "[ice]") {
  HandDrivenAgent driven;
  driven.start();
  explain_end(driven);
  const auto requests = driven.agent().pairs()[0].statistics.requests_sent;
  CHECK_THAT(explain_pairs(driven.agent()).at(0),
             ContainsSubstring("(no answer to " + std::to_string(requests) + " requests)"));
}
