#include "floe/signal/message_codec.h"
#include "floe/json/document.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "string_makers.h"

namespace floe::signal {
namespace {

const std::string kPassword = "0123456789abcdefghijkl";
const std::string kLine = "candidate:1 1 udp 2130706431 192.0.2.1 50000 typ host";

Description minimal_description() {
  Description description;
  description.credentials = {"Ab3d", kPassword};
  return description;
}

Description full_description() {
  Description description = minimal_description();
  description.ice_lite = true;
  description.ice_options = {"trickle", "ice2"};
  description.role = ice::Role::controlled;
  description.remote_ufrag = "Zy9+";
  description.candidates = {{kLine, "0"}, {kLine + " generation 0", "audio"}};
  description.end_of_candidates = true;
  description.dtls = DtlsParameters{
      "actpass", {{"sha-256", "AB:CD"}}, "abc3de65cddef001be82", std::string(64, '0')};
  return description;
}

Offers offers(const std::vector<std::string>& names) {
  return Offers(names);
}

TEST_CASE("every message between peers survives being written and read", "[signal][codec]") {
  const Message message = GENERATE(values<Message>({
      full_description(),
      minimal_description(),
      CandidateMessage{"Ab3d", {kLine, "data"}},
      EndOfCandidates{"Ab3d", "0"},
      CandidateRemoved{"Ab3d", {kLine, "0"}},
      RestartRequest{},
      Bye{"user left \xe2\x82\xac \"quoted\" \\ \n"},
      Bye{},
      Reveal{std::string(64, 'f')},
  }));
  const auto parsed = parse_message(write_message(message));
  REQUIRE(parsed);
  CHECK(parsed->message == message);
  CHECK(parsed->ignored_members == 0);
}

TEST_CASE("every message of the server survives being written and read", "[signal][codec]") {
  const RoomMessage message = GENERATE(values<RoomMessage>({
      Join{"page", "secret", "resume-me"},
      Join{"page", "", ""},
      Join{"device", "", "", offers({"echo", "~a.b_c-1"})},
      Joined{"p7", {{"p3", "device"}, {"p4", "device"}}, "0123"},
      Joined{"p7", {{"p3", "device", offers({"echo", "log"})}, {"p4", "page"}}, ""},
      Joined{"p1", {}, ""},
      PeerJoined{{"p7", "page"}},
      PeerJoined{{"p7", "device", offers({"echo"})}},
      PeerLeft{"p7", LeaveReason::closed},
      PeerLeft{"p7", LeaveReason::timeout},
      RoomError{RoomErrorCode::bad_message, "what"},
      RoomError{RoomErrorCode::room_full, "why"},
      RoomError{RoomErrorCode::unauthorized, "what to do"},
      RoomError{RoomErrorCode::rate, ""},
      RoomError{RoomErrorCode::no_such_peer, ""},
  }));
  const auto parsed = parse_room_message(write_room_message(message));
  REQUIRE(parsed);
  CHECK(parsed->message == message);
  CHECK(parsed->ignored_members == 0);
}

TEST_CASE("messages look as the protocol shows them", "[signal][codec]") {
  CHECK(write_message(CandidateMessage{"Ab3d", {kLine, "0"}}) ==
        R"({"type":"candidate","usernameFragment":"Ab3d","candidate":")" + kLine +
            R"(","sdpMid":"0"})");
  CHECK(write_message(Reveal{std::string(64, '7')}) ==
        R"({"type":"reveal","nonce":")" + std::string(64, '7') + R"("})");
  CHECK(write_message(RestartRequest{}, {"p3", "p7", 12}) ==
        R"({"type":"restart","to":"p3","from":"p7","seq":12})");
  CHECK(write_room_message(PeerLeft{"p7", LeaveReason::timeout}) ==
        R"({"type":"peer-left","peer":"p7","reason":"timeout"})");
  const Join join{"page", "secret", "resume-me"};
  CHECK(write_join(join) ==
        R"({"type":"join","name":"page","token":"secret","resume":"resume-me"})");
  CHECK(write_room_message(join) == write_join(join));
  CHECK(write_join({"device", {}, {}, offers({"echo", "log"})}) ==
        R"({"type":"join","name":"device","offers":["echo","log"]})");
  CHECK(write_room_message(PeerJoined{{"p7", "device", offers({"echo"})}}) ==
        R"({"type":"peer-joined","peer":{"id":"p7","name":"device","offers":["echo"]}})");
}

TEST_CASE("who offers nothing is as one who does not say", "[signal][codec]") {
  for (const std::string given : {R"(,"offers":[])", R"(,"offers":null)", ""}) {
    const auto join = parse_room_message(R"({"type":"join","name":"page")" + given + "}");
    REQUIRE(join);
    CHECK(join->message == RoomMessage(Join{"page", {}, {}}));
    const std::string peer = R"({"id":"p7","name":"page")" + given + "}";
    const auto joined = parse_room_message(R"({"type":"peer-joined","peer":)" + peer + "}");
    REQUIRE(joined);
    CHECK(joined->message == RoomMessage(PeerJoined{{"p7", "page"}}));
  }
}

TEST_CASE("the protocol's example of a description is understood", "[signal][codec]") {
  const auto parsed = parse_message(
      R"({"type":"description","usernameFragment":"Ab3d","password":"0123456789abcdefghijkl",)"
      R"("iceLite":false,"iceOptions":["trickle","ice2","renomination"],"role":"controlling",)"
      R"("remoteUsernameFragment":null,"candidates":[{"candidate":"candidate:1 1 udp 1 192.0.2.1 )"
      R"(5 typ host","sdpMid":"0"}],"endOfCandidates":false,"dtls":{"setup":"actpass",)"
      R"("fingerprints":[{"algorithm":"sha-256","value":"AB:CD"}]},)"
      R"("sctp":{"port":5000,"maxMessageSize":262144}})");
  REQUIRE(parsed);
  CHECK(parsed->ignored_members == 0);
  const auto& description = std::get<Description>(parsed->message);
  CHECK(description.ice_options.size() == 3);
  CHECK(description.role == ice::Role::controlling);
  CHECK_FALSE(description.remote_ufrag);
  CHECK(description.candidates.size() == 1);
  CHECK(description.dtls == DtlsParameters{"actpass", {{"sha-256", "AB:CD"}}, "", ""});
  CHECK(description.sctp == SctpParameters{5000, 262'144});
}

TEST_CASE("null is the same as absent", "[signal][codec]") {
  const auto parsed = parse_message(
      R"({"type":"description","usernameFragment":"Ab3d","password":"0123456789abcdefghijkl",)"
      R"("iceLite":null,"iceOptions":null,"role":null,"remoteUsernameFragment":null,)"
      R"("candidates":null,"endOfCandidates":null,"dtls":null})");
  REQUIRE(parsed);
  CHECK(parsed->message == Message(minimal_description()));
  const auto candidate = parse_message(
      R"({"type":"candidate","usernameFragment":"Ab3d","candidate":"x","sdpMid":null})");
  REQUIRE(candidate);
  CHECK(std::get<CandidateMessage>(candidate->message).init.sdp_mid == "0");
}

TEST_CASE("an empty candidate means the end of candidates", "[signal][codec]") {
  const auto single = parse_message(
      R"({"type":"candidate","usernameFragment":"Ab3d","candidate":"","sdpMid":"1"})");
  REQUIRE(single);
  CHECK(single->message == Message(EndOfCandidates{"Ab3d", "1"}));
  const auto listed = parse_message(
      R"({"type":"description","usernameFragment":"Ab3d","password":"0123456789abcdefghijkl",)"
      R"("candidates":[{"candidate":"x"},{"candidate":""}]})");
  REQUIRE(listed);
  CHECK(std::get<Description>(listed->message).end_of_candidates);
  CHECK(std::get<Description>(listed->message).candidates.size() == 1);
}

TEST_CASE("unknown members are ignored and counted", "[signal][codec]") {
  const auto parsed = parse_message(
      R"({"type":"bye","to":"p1","from":"p2","seq":3,"reason":"r","new":{"a":[1]},"also":1e5})");
  REQUIRE(parsed);
  CHECK(parsed->message == Message(Bye{"r"}));
  CHECK(parsed->ignored_members == 2);
}

TEST_CASE("an unknown type is told apart from an error", "[signal][codec]") {
  CHECK(parse_message(R"({"type":"offer"})").error() == MessageError::unknown_type);
  CHECK(parse_message(R"({"type":"joined","self":"p1"})").error() == MessageError::unknown_type);
  CHECK(parse_room_message(R"({"type":"bye"})").error() == MessageError::unknown_type);
}

TEST_CASE("later versions may add reasons and codes", "[signal][codec]") {
  const auto left = parse_room_message(R"({"type":"peer-left","peer":"p1","reason":"kicked"})");
  REQUIRE(left);
  CHECK(left->message == RoomMessage(PeerLeft{"p1", LeaveReason::closed}));
  const auto error = parse_room_message(R"({"type":"error","code":"teapot","message":"m"})");
  REQUIRE(error);
  CHECK(error->message == RoomMessage(RoomError{RoomErrorCode::other, "m"}));
}

TEST_CASE("texts that are too long are cut between characters", "[signal][codec]") {
  const std::string euro = "\xe2\x82\xac";
  std::string reason;
  while (reason.size() < 300) reason += euro;
  const auto parsed = parse_message(write_message(Bye{reason}));
  REQUIRE(parsed);
  CHECK(std::get<Bye>(parsed->message).reason == reason.substr(0, 198));
}

TEST_CASE("the envelope is read apart from the message", "[signal][codec]") {
  const auto document = json::Document::parse(R"({"type":"bye","to":"p1","from":"p2","seq":7})");
  REQUIRE(document);
  const auto envelope = parse_envelope(document->root());
  REQUIRE(envelope);
  CHECK(*envelope == Envelope{"p1", "p2", 7});
}

}  // namespace
}  // namespace floe::signal
