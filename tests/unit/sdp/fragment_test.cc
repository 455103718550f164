#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/sdp/message_conversion.h"
#include "sdp/shapes.h"
#include "sdp/string_makers.h"

namespace floe::sdp {
namespace {

using namespace std::string_literals;

const ice::Credentials kCredentials{"8hhY", std::string(kPassword)};
const std::string kHost(kHostLine);
const std::string kReflexive(kReflexiveLine);

std::vector<signal::Message> trickled(std::string_view text) {
  const auto fragment = parse_fragment(text);
  if (!fragment) FAIL(to_text(fragment.error()));
  auto messages = trickled_messages(fragment->description);
  if (!messages) FAIL(to_text(messages.error()));
  return *messages;
}

TEST_CASE("a fragment's candidates are of its generation, each of its section", "[sdp]") {
  const auto messages = trickled(
      "a=group:BUNDLE 1 2\r\na=ice-pwd:0123456789abcdefghijkl\r\na=ice-ufrag:8hhY\r\n"
      "m=audio 9 RTP/AVP 0\r\na=mid:1\r\na=" +
      kHost + "\r\na=" + kReflexive +
      "\r\na=end-of-candidates\r\n"
      "m=audio 9 RTP/AVP 0\r\na=mid:2\r\na=" +
      kHost + "\r\n");
  CHECK(messages == std::vector<signal::Message>{
                        signal::CandidateMessage{"8hhY", {kHost, "1"}},
                        signal::CandidateMessage{"8hhY", {kReflexive, "1"}},
                        signal::EndOfCandidates{"8hhY", "1"},
                        signal::CandidateMessage{"8hhY", {kHost, "2"}},
                    });
}

TEST_CASE("the end of candidates of the session is that of each section", "[sdp]") {
  const std::string session =
      "a=ice-pwd:0123456789abcdefghijkl\na=ice-ufrag:8hhY\na=end-of-candidates\n";
  CHECK(trickled(session + "m=audio 9 RTP/AVP 0\na=mid:1\nm=audio 9 RTP/AVP 0\na=mid:2\n") ==
        std::vector<signal::Message>{signal::EndOfCandidates{"8hhY", "1"},
                                     signal::EndOfCandidates{"8hhY", "2"}});
  CHECK(trickled(session) == std::vector<signal::Message>{signal::EndOfCandidates{"8hhY", "0"}});
}

TEST_CASE("a section without a mid goes by its place", "[sdp]") {
  CHECK(trickled("a=ice-ufrag:8hhY\nm=audio 9 RTP/AVP 0\nm=audio 9 RTP/AVP 0\na=" + kHost) ==
        std::vector<signal::Message>{signal::CandidateMessage{"8hhY", {kHost, "1"}}});
}

TEST_CASE("libnice's sections are read as a fragment that begins a generation", "[sdp]") {
  const auto read = parse_fragment(kLibnice);
  REQUIRE(read);
  CHECK(read->skipped.count() == 0);
  const auto messages = to_messages(read->description);
  REQUIRE(messages);
  REQUIRE(messages->size() == 1);
  const auto& message = std::get<signal::Description>(messages->front());
  CHECK(message.credentials == ice::Credentials{"mkYB", "cUJGIIKZ6kQ2Ds3ZjO0gyh"});
  CHECK(message.candidates.size() == 2);
  const std::string text = write_fragment(read->description);
  CHECK(text.starts_with("m=application 50000 ICE/SDP\r\n"));
  CHECK(parse_fragment(text)->description.media[0].formats.empty());
}

TEST_CASE("a description gives its candidates to a fragment", "[sdp]") {
  signal::Description message;
  message.credentials = kCredentials;
  message.candidates = {{kHost, "1"}};
  message.end_of_candidates = GENERATE(false, true);
  const auto made = to_fragment(kCredentials, {message});
  REQUIRE(made);
  std::vector<signal::Message> expected = {signal::CandidateMessage{"8hhY", {kHost, "1"}}};
  if (message.end_of_candidates) expected.emplace_back(signal::EndOfCandidates{"8hhY", "1"});
  CHECK(trickled(write_fragment(made->description)) == expected);
}

TEST_CASE("a candidate that names its generation is of that one", "[sdp]") {
  CHECK(trickled("a=ice-ufrag:8hhY\nm=audio 9 RTP/AVP 0\na=mid:0\na=" + kHost +
                 " ufrag old1\na=" + kHost + " ufrag no\n") ==
        std::vector<signal::Message>{signal::CandidateMessage{"old1", {kHost + " ufrag old1", "0"}},
                                     signal::CandidateMessage{"8hhY", {kHost + " ufrag no", "0"}}});
  CHECK(
      trickled("m=audio 9 RTP/AVP 0\na=mid:0\na=" + kHost + " ufrag old1\n") ==
      std::vector<signal::Message>{signal::CandidateMessage{"old1", {kHost + " ufrag old1", "0"}}});
}

TEST_CASE("a fragment of no generation is refused when it is used", "[sdp]") {
  const std::string text =
      GENERATE("m=audio 9 RTP/AVP 0\na=" + kHost, "m=audio 9 RTP/AVP 0\na=end-of-candidates\n"s,
               "a=end-of-candidates\n"s);
  const auto fragment = parse_fragment(text);
  REQUIRE(fragment);
  CHECK(trickled_messages(fragment->description).error().code == ProblemCode::missing_ufrag);
}

TEST_CASE("what a fragment does not have is not read of it", "[sdp]") {
  const auto fragment = parse_fragment(
      "v=0\no=- 5 6 IN IP4 0.0.0.0\nc=IN IP4 192.0.2.1\na=setup:bad\na=fingerprint:bad\n"
      "a=tls-id:bad\n"
      "m=audio 9 RTP/AVP 0\na=sctp-port:bad\n");
  REQUIRE(fragment);
  CHECK(fragment->skipped.count() == 0);
  CHECK(fragment->description.session == Attributes{});
  CHECK(fragment->description.session_id == 0);
}

TEST_CASE("a fragment has nothing of DTLS", "[sdp]") {
  signal::Description message;
  message.credentials = kCredentials;
  message.candidates = {{kHost, "a"}};
  const auto without = to_fragment(kCredentials, {message});
  message.dtls = signal::DtlsParameters{"active", {{"sha-256", "AB:CD"}}, "", ""};
  const auto with = to_fragment(kCredentials, {message});
  REQUIRE(with);
  CHECK(write_fragment(with->description) == write_fragment(without->description));
  const auto read = parse_fragment("a=ice-ufrag:8hhY\na=setup:active\na=fingerprint:sha-1 AB\n");
  REQUIRE(read);
  CHECK(read->description.session.fingerprints.empty());
  CHECK_FALSE(read->description.session.setup);
}

TEST_CASE("errors in a fragment say their line", "[sdp]") {
  CHECK(parse_fragment("a=ice-ufrag:x\n").error() == Problem{ProblemCode::bad_ufrag, 1, {}});
  CHECK(parse_fragment("a=mid:0\ncandidate:1\n").error() == Problem{ProblemCode::bad_line, 2, {}});
  const auto fragment = parse_fragment("m=audio 9 RTP/AVP 0\na=candidate:\n");
  REQUIRE(fragment);
  CHECK(fragment->skipped.kept() ==
        std::vector<Problem>{{ProblemCode::bad_candidate, 2, ice::CandidateError::bad_foundation}});
  CHECK(parse_fragment(""));
}

TEST_CASE("a fragment is written in the order that RFC 8840 has", "[sdp]") {
  const auto made = to_fragment(kCredentials, {signal::CandidateMessage{"8hhY", {kHost, "a"}},
                                               signal::EndOfCandidates{"8hhY", "a"}});
  REQUIRE(made);
  CHECK(write_fragment(made->description) ==
        "a=ice-pwd:0123456789abcdefghijkl\r\na=ice-ufrag:8hhY\r\n"
        "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:a\r\na=" +
            kHost + "\r\na=end-of-candidates\r\n");
}

TEST_CASE("trickled messages survive a fragment", "[sdp]") {
  const auto messages = GENERATE(values<std::vector<signal::Message>>({
      {},
      {signal::CandidateMessage{"8hhY", {kHost, "0"}}},
      {signal::EndOfCandidates{"8hhY", "0"}},
      {signal::CandidateMessage{"8hhY", {kHost, "audio"}},
       signal::CandidateMessage{"8hhY", {kReflexive + " generation 0 x y", "audio"}},
       signal::EndOfCandidates{"8hhY", "audio"}, signal::CandidateMessage{"8hhY", {kHost, "0"}},
       signal::EndOfCandidates{"8hhY", "data"}},
  }));
  const auto made = to_fragment(kCredentials, messages);
  REQUIRE(made);
  CHECK(made->skipped.count() == 0);
  CHECK(trickled(write_fragment(made->description)) == messages);
}

TEST_CASE("a fragment is of one generation, and only of candidates", "[sdp]") {
  struct Row {
    signal::Message message;
    ProblemCode code;
  };
  const auto row = GENERATE(values<Row>({
      {signal::CandidateMessage{"else", {kHost, "0"}}, ProblemCode::foreign_message},
      {signal::EndOfCandidates{"else", "0"}, ProblemCode::foreign_message},
      {signal::CandidateRemoved{"8hhY", {kHost, "0"}}, ProblemCode::not_convertible},
      {signal::RestartRequest{}, ProblemCode::not_convertible},
      {signal::Bye{}, ProblemCode::not_convertible},
      {signal::Reveal{}, ProblemCode::not_convertible},
      {signal::Description{}, ProblemCode::foreign_message},
      {signal::CandidateMessage{"8hhY", {kHost, "a\r\nb"}}, ProblemCode::bad_mid},
      {signal::EndOfCandidates{"8hhY", ""}, ProblemCode::bad_mid},
  }));
  CHECK(to_fragment(kCredentials, {row.message}).error().code == row.code);
  CHECK(to_fragment({"x", kCredentials.password}, {}).error().code == ProblemCode::bad_ufrag);
  CHECK(to_fragment({"8hhY", "x"}, {}).error().code == ProblemCode::bad_password);
}

}  // namespace
}  // namespace floe::sdp
