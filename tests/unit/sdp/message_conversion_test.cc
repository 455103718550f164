#include "floe/sdp/message_conversion.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "sdp/shapes.h"
#include "sdp/string_makers.h"

namespace floe::sdp {
namespace {

const std::string kHost(kHostLine);
const std::string kReflexive(kReflexiveLine);

signal::Description minimal_message() {
  signal::Description message;
  message.credentials = {"Ab3d", std::string(kPassword)};
  message.sctp = signal::SctpParameters{.message_size_max = 262'144};
  return message;
}

signal::Description full_message() {
  signal::Description message = minimal_message();
  message.ice_lite = true;
  message.ice_options = {"trickle", "ice2", "renomination"};
  message.candidates = {{kHost, "0"},
                        {kReflexive + " generation 0 ufrag Ab3d", "0"},
                        {"candidate:1 1 udp 1 x.local 9 typ host", "video"},
                        {"candidate:1 1 tcp 1 192.0.2.1 9 typ host tcptype active", "video"}};
  message.end_of_candidates = true;
  message.dtls = signal::DtlsParameters{
      "passive", {{"sha-256", "AB:CD"}, {"sha-512", "ef:01"}}, "abc3de65cddef001be82", ""};
  return message;
}

std::vector<signal::Message> messages_of(std::string_view text) {
  const auto read = parse_description(text);
  if (!read) FAIL(to_text(read.error()));
  auto messages = to_messages(read->description);
  if (!messages) FAIL(to_text(messages.error()));
  return *messages;
}

TEST_CASE("a message survives SDP", "[sdp]") {
  auto message = GENERATE(minimal_message(), full_message());
  message.end_of_candidates = GENERATE(false, true);
  const bool bundle = GENERATE(false, true);
  const auto made = to_description(message, {.bundle = bundle});
  REQUIRE(made);
  CHECK(made->description.bundles.size() == (bundle ? 1 : 0));
  CHECK(made->skipped.count() == 0);
  CHECK(messages_of(write_description(made->description)) == std::vector<signal::Message>{message});
}

TEST_CASE("role and the peer's generation have no place in SDP", "[sdp]") {
  signal::Description message = minimal_message();
  message.role = ice::Role::controlling;
  message.remote_ufrag = "peer";
  const auto made = to_description(message);
  REQUIRE(made);
  CHECK(messages_of(write_description(made->description)) ==
        std::vector<signal::Message>{minimal_message()});
}

TEST_CASE("candidates of several sections come back section by section", "[sdp]") {
  signal::Description message = minimal_message();
  message.candidates = {{kHost, "a"}, {kHost, "b"}, {"a=" + kReflexive, "a"}};
  const auto made = to_description(message);
  REQUIRE(made);
  message.candidates = {{kHost, "a"}, {kReflexive, "a"}, {kHost, "b"}};
  CHECK(messages_of(write_description(made->description)) == std::vector<signal::Message>{message});
}

TEST_CASE("a data session is what a browser can be offered", "[sdp]") {
  signal::Description message = minimal_message();
  message.ice_options = {"trickle", "ice2"};
  message.dtls = signal::DtlsParameters{"actpass", {{"sha-256", "AB:CD"}}, "", ""};
  const auto made = to_description(message, {.id = 42, .version = 1, .mids = {"data"}});
  REQUIRE(made);
  CHECK(write_description(made->description) ==
        "v=0\r\no=- 42 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE data\r\n"
        "a=ice-options:trickle ice2\r\n"
        "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=mid:data\r\n"
        "a=ice-pwd:0123456789abcdefghijkl\r\na=ice-ufrag:Ab3d\r\n"
        "a=fingerprint:sha-256 AB:CD\r\na=setup:actpass\r\na=sctp-port:5000\r\n"
        "a=max-message-size:262144\r\n");
}

TEST_CASE("a section whose port of SCTP is 0 carries no data channels", "[sdp]") {
  const auto made = to_description(minimal_message(), {.mids = {"data"}});
  REQUIRE(made);
  std::string text = write_description(made->description);
  CHECK(std::get<signal::Description>(messages_of(text).at(0)).sctp);
  text.replace(text.find("sctp-port:5000"), 14, "sctp-port:0");
  CHECK_FALSE(std::get<signal::Description>(messages_of(text).at(0)).sctp);
}

TEST_CASE("a browser's offer is one message for its bundle", "[sdp]") {
  const auto messages = messages_of(kChromiumGathered);
  REQUIRE(messages.size() == 1);
  const auto& message = std::get<signal::Description>(messages[0]);
  CHECK(message.credentials.ufrag == "+/aB");
  CHECK(message.ice_options == std::vector<std::string>{"trickle"});
  CHECK(message.candidates.size() == 4);
  CHECK(message.candidates[0].sdp_mid == "audio");
  CHECK_FALSE(message.end_of_candidates);
  CHECK_FALSE(message.role);
}

TEST_CASE("sections that use another's transport have no candidates to wait for", "[sdp]") {
  CHECK(std::get<signal::Description>(messages_of(kFirefoxOffer).at(0)).end_of_candidates);
  const auto lite = std::get<signal::Description>(messages_of(kLiteAnswer).at(0));
  CHECK(lite.end_of_candidates);
  CHECK(lite.ice_lite);
  CHECK(lite.candidates.size() == 1);

  std::string apart(kFirefoxOffer);
  apart.replace(apart.find("a=group:BUNDLE 0 1"), 18, "a=group:BUNDLE 0  ");
  CHECK_FALSE(std::get<signal::Description>(messages_of(apart).at(0)).end_of_candidates);
}

TEST_CASE("sections of different credentials are different messages", "[sdp]") {
  const std::string a = "a=ice-ufrag:aaaa\na=ice-pwd:" + std::string(kPassword) + "\n";
  const std::string b = "a=ice-ufrag:bbbb\na=ice-pwd:" + std::string(kOtherPassword) + "\n";
  const std::string m = "m=audio 9 RTP/AVP 0\n";
  const auto messages =
      messages_of("v=0\n" + m + a + "a=end-of-candidates\n" + m + b + "a=" + kHost + "\n" + m + a);
  REQUIRE(messages.size() == 2);
  const auto& first = std::get<signal::Description>(messages[0]);
  CHECK(first.credentials.ufrag == "aaaa");
  CHECK(first.candidates.empty());
  CHECK_FALSE(first.end_of_candidates);  // the third section has not ended
  const auto& second = std::get<signal::Description>(messages[1]);
  CHECK(second.candidates == std::vector<signal::CandidateInit>{{kHost, "1"}});
}

TEST_CASE("candidates of another generation are not taken for this one's", "[sdp]") {
  const auto messages = messages_of(
      description_with("a=ice-ufrag:aaaa\r\na=ice-pwd:" + std::string(kPassword) +
                       "\r\na=" + kHost + " ufrag old1\r\na=" + kHost + " ufrag aaaa\r\n"));
  REQUIRE(messages.size() == 2);
  CHECK(std::get<signal::Description>(messages[0]).candidates ==
        std::vector<signal::CandidateInit>{{kHost + " ufrag aaaa", "0"}});
  CHECK(messages[1] ==
        signal::Message(signal::CandidateMessage{"old1", {kHost + " ufrag old1", "0"}}));
}

TEST_CASE("candidates beyond one description's follow it", "[sdp]") {
  std::string text = "v=0\na=ice-ufrag:aaaa\na=ice-pwd:" + std::string(kPassword) + "\n";
  for (int section = 0; section < 2; ++section) {
    text += "m=audio 9 RTP/AVP 0\n";
    for (int i = 0; i < 40; ++i) text += "a=" + kHost + "\n";
  }
  const auto messages = messages_of(text);
  REQUIRE(messages.size() == 1 + 16);
  CHECK(std::get<signal::Description>(messages[0]).candidates.size() ==
        signal::kCandidatesDescribedMax);
  CHECK(messages[16] == signal::Message(signal::CandidateMessage{"aaaa", {kHost, "1"}}));
}

TEST_CASE("a description without credentials is for no ICE agent", "[sdp]") {
  const auto none = parse_description(description_with(""));
  REQUIRE(none);
  CHECK(to_messages(none->description).error().code == ProblemCode::missing_ufrag);
  const auto half = parse_description(description_with("a=ice-ufrag:aaaa\r\n"));
  REQUIRE(half);
  CHECK(to_messages(half->description).error().code == ProblemCode::missing_password);
  const auto rejected = parse_description("v=0\nm=audio 0 RTP/AVP 0\n");
  REQUIRE(rejected);
  CHECK(to_messages(rejected->description)->empty());
}

TEST_CASE("options of all sections together are still limited", "[sdp]") {
  std::string text = "v=0\na=ice-ufrag:aaaa\na=ice-pwd:" + std::string(kPassword) + "\n";
  for (std::size_t i = 0; i <= kIceOptionsMax; ++i) {
    text += "m=audio 9 RTP/AVP 0\na=ice-options:o" + std::to_string(i) + "\n";
  }
  const auto read = parse_description(text);
  REQUIRE(read);
  CHECK(to_messages(read->description).error().code == ProblemCode::too_many_ice_options);
}

TEST_CASE("what SDP cannot say of a message is skipped and counted, or refused", "[sdp]") {
  signal::Description message = minimal_message();
  message.candidates = {{"x", "0"}, {kHost + "\r\na=ice-lite x", "0"}, {kHost, "0"}};
  message.ice_options = {"two words", "line\nfeed", "ice2", "ice2"};
  const auto made = to_description(message);
  REQUIRE(made);
  CHECK(made->skipped.count() == 4);
  CHECK(made->description.media[0].candidates == std::vector<std::string>{kHost});
  CHECK(made->description.session.ice_options == std::vector<std::string>{"ice2"});

  message.candidates = {{kHost, "a\r\na=ice-lite"}};
  CHECK(to_description(message).error().code == ProblemCode::bad_mid);
  message.candidates = {};
  CHECK(to_description(message, {.mids = {""}}).error().code == ProblemCode::bad_mid);
  message.credentials.ufrag = "a\nb=c";
  CHECK(to_description(message).error().code == ProblemCode::bad_ufrag);
  message.credentials = {"Ab3d", "short"};
  CHECK(to_description(message).error().code == ProblemCode::bad_password);
}

}  // namespace
}  // namespace floe::sdp
