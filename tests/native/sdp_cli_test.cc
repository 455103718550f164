// `floe sdp`, run as people run it.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "child_process.h"
#include "sdp/shapes.h"

namespace floe::native {
namespace {

using test::ChildProcess;
using test::ChildResult;

const std::string kDescription =
    R"({"type":"description","usernameFragment":"Ab3d","password":"0123456789abcdefghijkl"})"
    "\n";
const std::string kCandidate = R"({"type":"candidate","usernameFragment":"Ab3d","candidate":")" +
                               std::string(sdp::kHostLine) + "\"}\n";
const std::string kEnd = R"({"type":"end-of-candidates","usernameFragment":"Ab3d"})"
                         "\n";

ChildResult run(std::string_view input, std::vector<std::string> options = {}) {
  Loop loop;
  options.insert(options.begin(), {FLOE_COMMAND, "sdp"});
  ChildProcess child(std::move(options));
  child.say(input);
  return child.finish(loop, std::chrono::seconds(20));
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("floe sdp turns descriptions of others into messages and back", "[native][cli]") {
  const std::string_view text = GENERATE(sdp::kChromiumOffer, sdp::kChromiumGathered,
                                         sdp::kFirefoxOffer, sdp::kSafariOffer, sdp::kLiteAnswer);
  const ChildResult messages = run(text);
  CAPTURE(messages.output, messages.errors);
  CHECK(messages.exit_status == 0);
  CHECK(messages.errors.empty());
  CHECK(messages.output.starts_with(R"({"type":"description",)"));
  CHECK(run(text, {"--to-messages"}).output == messages.output);

  const ChildResult sdp = run(messages.output);
  CAPTURE(sdp.output, sdp.errors);
  CHECK(sdp.exit_status == 0);
  CHECK(sdp.errors.empty());
  CHECK(sdp.output.starts_with("v=0\r\n"));
  // What is written is for data channels, also where the text was not.
  std::string expected = messages.output;
  if (!has(expected, R"("sctp")")) {
    expected.insert(expected.rfind('}'), R"(,"sctp":{"port":5000,"maxMessageSize":262144})");
  }
  CHECK(run(sdp.output).output == expected);
}

TEST_CASE("floe sdp gathers what an agent printed, generation by generation", "[native][cli]") {
  const std::string later =
      R"({"type":"description","usernameFragment":"Next","password":"lkjihgfedcba9876543210"})";
  const ChildResult result =
      run("{\"event\":\"state\",\"state\":\"new\"}\n" + kDescription + kCandidate + later + "\n\n" +
          kEnd + "{\"type\":\"restart\"}\n" + "{\"type\":\"from-a-later-version\"}\n");
  CAPTURE(result.output, result.errors);
  CHECK(result.exit_status == 0);
  const auto second = result.output.find("\r\n\r\nv=0\r\n");
  REQUIRE(second != std::string::npos);
  const std::string first = result.output.substr(0, second);
  CHECK(has(first, "a=ice-ufrag:Ab3d"));
  CHECK(has(first, sdp::kHostLine));
  CHECK(has(first, "a=end-of-candidates"));
  CHECK(has(result.output.substr(second), "a=ice-ufrag:Next"));
  CHECK(has(result.errors, "skipped: line 1: "));
  CHECK(has(result.errors, "skipped: line 7: SDP has no word for the message \"restart\""));
  CHECK(has(result.errors, "skipped: line 8: "));
}

TEST_CASE("floe sdp reads and writes fragments of trickle ICE", "[native][cli]") {
  const ChildResult fragment = run(kDescription + kCandidate + kEnd, {"--fragment"});
  CAPTURE(fragment.output, fragment.errors);
  CHECK(fragment.exit_status == 0);
  CHECK(fragment.output.starts_with("a=ice-pwd:0123456789abcdefghijkl\r\na=ice-ufrag:Ab3d\r\nm="));
  const ChildResult messages = run(fragment.output);
  CHECK(messages.exit_status == 0);
  CHECK(messages.output.starts_with(R"({"type":"candidate","usernameFragment":"Ab3d",)"));
  CHECK(has(messages.output, R"({"type":"end-of-candidates","usernameFragment":"Ab3d")"));

  const ChildResult unnamed = run(kCandidate, {"--to-sdp", "--fragment"});
  CHECK(unnamed.exit_status == 1);
  CHECK(has(unnamed.errors, "line 1, username fragment Ab3d: a fragment has a password"));
  CHECK(run(kCandidate + kEnd, {"--fragment", "--password", "0123456789abcdefghijkl"}).output ==
        fragment.output);
}

TEST_CASE("floe sdp knows what an answer says of DTLS", "[native][cli]") {
  const ChildResult offer = run(sdp::kSafariOffer);
  CAPTURE(offer.output);
  CHECK(has(offer.output, R"("dtls":{"setup":"actpass","fingerprints":[{"algorithm":"sha-256",)"));
  CHECK(has(run(offer.output).output, "a=fingerprint:sha-256 DE:AD:BE:EF\r\na=setup:actpass\r\n"));
  for (const std::string& text : {std::string(sdp::kSafariOffer), offer.output}) {
    const ChildResult answer = run(text, {"--answer"});
    CHECK(answer.exit_status == 1);
    CHECK(has(answer.errors, "DTLS has setup:active or setup:passive"));
  }
  CHECK(run(sdp::kLiteAnswer, {"--answer"}).exit_status == 0);
}

TEST_CASE("floe sdp tells what it skips", "[native][cli]") {
  std::string text(sdp::kSafariOffer);
  text.insert(text.find("a=setup"), "a=candidate:1 1 udp 1 nowhere\r\na=ice-pacing:50\r\n");
  const ChildResult result = run(text);
  CAPTURE(result.errors);
  CHECK(result.exit_status == 0);
  CHECK(has(result.errors, "floe: skipped: line 16: the candidate cannot be read: "));
  CHECK(has(result.errors, "floe: skipped: line 17: a session attribute in a media section"));

  const ChildResult back = run(kDescription + R"({"type":"candidate","usernameFragment":"Ab3d",)" +
                               R"("candidate":"candidate:x"})" + "\n");
  CHECK(back.exit_status == 0);
  CHECK(has(back.errors, "skipped: the candidate cannot be read"));

  std::string odd = kDescription;
  odd.insert(odd.find("}"), R"(,"candidates":[5,{"candidate":7}])");
  const ChildResult entries = run(odd);
  CHECK(entries.exit_status == 0);
  CHECK(has(entries.errors, "skipped: line 1: 2 entries of `candidates` are none"));
}

TEST_CASE("floe sdp says which line cannot be read", "[native][cli]") {
  struct Case {
    std::string input;
    std::vector<std::string> options;
    std::string_view error;
  };
  const Case one = GENERATE(
      Case{"", {}, "the input is empty"}, Case{" \n", {}, "the input is empty"},
      Case{"v=0\r\nm=audio\r\n", {}, "line 2: the m-line"},
      Case{"hello", {}, "line 1: the line does not begin with an SDP type letter"},
      Case{"o=- 1 1 IN IP4 0.0.0.0\n", {}, "line 1: the text does not begin with \"v=0\""},
      Case{"v=0\r\nm=audio 9 RTP/AVP 0\r\n", {}, "neither the media section nor the session has"},
      Case{kDescription + "{\"type\":\"candidate\"}\n", {}, "line 2: "},
      Case{"{\n", {}, "line 1: "}, Case{"v=0\r\n", {"--to-sdp"}, "line 1: "},
      Case{kDescription, {"--to-messages"}, "line 1: "},
      Case{kCandidate, {}, "no message is a description"},
      Case{std::string(300000, 'a'), {"--to-messages"}, "the text is longer than 256 KiB"});
  const ChildResult result = run(one.input, one.options);
  CAPTURE(one.input.substr(0, 80), result.output, result.errors);
  CHECK(result.exit_status == 1);
  CHECK(result.output.empty());
  CHECK(has(result.errors, one.error));
}

TEST_CASE("floe sdp refuses options that make no sense", "[native][cli]") {
  CHECK(run("", {"--to-sdp", "--to-messages"}).exit_status == 2);
  CHECK(run("", {"--to-json"}).exit_status == 2);
  CHECK(run("", {"offer.sdp"}).exit_status == 2);
  CHECK(run("", {"--help"}).exit_status == 0);
}

}  // namespace floe::native
