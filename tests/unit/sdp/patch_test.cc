#include "floe/sdp/patch.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/sdp/message_conversion.h"
#include "sdp/shapes.h"
#include "sdp/string_makers.h"

namespace floe::sdp {
namespace {

const std::string kHost(kHostLine);

signal::Description message() {
  signal::Description description;
  description.credentials = {"Ab3d", std::string(kPassword)};
  description.ice_options = {"trickle", "ice2"};
  return description;
}

template <class Ice>
std::string patched(std::string_view text, const Ice& ice,
                    DefaultDestination destination = DefaultDestination::keep) {
  const auto result = patch_description(text, ice, destination);
  if (!result) FAIL(to_text(result.error()));
  CHECK(result->skipped.count() == 0);
  return result->text;
}

/// What stays of a text when its ICE is taken out.
std::string without_ice(std::string_view text) {
  std::string rest;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n') + 1);
    text.remove_prefix(line.size());
    const bool ice = line.starts_with("a=ice-") || line.starts_with("a=candidate:") ||
                     line.starts_with("a=end-of-candidates");
    if (!ice) rest += line;
  }
  return rest;
}

std::vector<signal::Message> messages_of(std::string_view text) {
  const auto read = parse_description(text);
  if (!read) FAIL(to_text(read.error()));
  auto messages = to_messages(read->description);
  if (!messages) FAIL(to_text(messages.error()));
  return *messages;
}

TEST_CASE("a browser's offer becomes ours where it says ICE, and only there", "[sdp]") {
  signal::Description ours = message();
  ours.candidates = {{kHost, "0"}};
  ours.end_of_candidates = true;
  CHECK(patched(kChromiumOffer, ours) ==
        "v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
        "a=group:BUNDLE 0\r\na=extmap-allow-mixed\r\na=msid-semantic: WMS\r\n"
        "a=ice-options:trickle ice2\r\n"
        "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n"
        "a=ice-pwd:0123456789abcdefghijkl\r\na=ice-ufrag:Ab3d\r\na=" +
            kHost +
            "\r\na=end-of-candidates\r\n"
            "a=fingerprint:sha-256 0A:1B:2C:3D\r\na=setup:actpass\r\na=mid:0\r\n"
            "a=sctp-port:5000\r\na=max-message-size:262144\r\n");
}

TEST_CASE("everything else stays byte for byte, and the message comes out", "[sdp]") {
  const std::string_view text =
      GENERATE(kChromiumOffer, kChromiumGathered, kFirefoxOffer, kLiteAnswer);
  signal::Description ours = message();
  ours.ice_lite = true;
  ours.end_of_candidates = true;
  ours.candidates = {{kHost, text == kChromiumGathered ? "audio" : "0"}};
  const std::string result = patched(text, ours);
  CHECK(without_ice(result) == without_ice(text));
  const auto messages = messages_of(result);
  CHECK(patched(result, ours) == result);
  // Whoever made the text goes on to encrypt, and to carry what is in it.
  const auto whole = std::get<signal::Description>(messages_of(text).front());
  CHECK(whole.dtls);
  ours.dtls = whole.dtls;
  ours.sctp = whole.sctp;
  CHECK(messages == std::vector<signal::Message>{ours});
}

TEST_CASE("a text keeps its line ending, its blank lines and its missing last one", "[sdp]") {
  CHECK(patched("v=0\n\nm=audio 9 RTP/AVP 0\na=mid:0", message()) ==
        "v=0\n\na=ice-options:trickle ice2\nm=audio 9 RTP/AVP 0\na=mid:0\n"
        "a=ice-pwd:0123456789abcdefghijkl\na=ice-ufrag:Ab3d\n");
  CHECK(patched("v=0\nm=audio 9 RTP/AVP 0\na=ice-ufrag:abcd\n\n", message()) ==
        "v=0\na=ice-options:trickle ice2\nm=audio 9 RTP/AVP 0\n"
        "a=ice-pwd:0123456789abcdefghijkl\na=ice-ufrag:Ab3d\n\n");
}

TEST_CASE("what is left of an earlier ICE session goes with it", "[sdp]") {
  CHECK(patched("v=0\na=ice-lite\na=ice-pacing:9\nm=audio 9 RTP/AVP 0\na=ice-mismatch\n"
                "a=remote-candidates:1 192.0.2.9 9\na=x\na=candidate:broken\n",
                message()) ==
        "v=0\na=ice-options:trickle ice2\nm=audio 9 RTP/AVP 0\n"
        "a=ice-pwd:0123456789abcdefghijkl\na=ice-ufrag:Ab3d\na=x\n");
}

TEST_CASE("our DTLS replaces a browser's, if we have some", "[sdp]") {
  signal::Description ours = message();
  CHECK(patched(kChromiumOffer, ours).find("a=fingerprint:sha-256 0A:1B") != std::string::npos);
  ours.dtls = signal::DtlsParameters{"active", {{"sha-256", "AB:CD"}}, "abc3de65cddef001be82", ""};
  std::string offer(kChromiumOffer);
  offer.insert(offer.find("a=group"),
               "a=fingerprint:sha-1 EE\r\na=tls-id:00000000000000000000\r\n");
  const std::string result = patched(offer, ours);
  CHECK(result.find("a=ice-options:trickle ice2\r\na=group") != std::string::npos);
  CHECK(result.find("a=ice-ufrag:Ab3d\r\na=fingerprint:sha-256 AB:CD\r\na=setup:active\r\n"
                    "a=tls-id:abc3de65cddef001be82\r\na=mid:0\r\n") != std::string::npos);
  CHECK(std::get<signal::Description>(messages_of(result).front()).dtls == ours.dtls);
  CHECK(patched(result, ours) == result);
  CHECK(patched("v=0\nm=audio 0 RTP/AVP 0\na=fingerprint:sha-1 AB\na=mid:0\n", ours) ==
        "v=0\na=ice-options:trickle ice2\nm=audio 0 RTP/AVP 0\na=mid:0\n");
}

TEST_CASE("a rejected section gets no ICE", "[sdp]") {
  CHECK(patched("v=0\nm=audio 0 RTP/AVP 0\na=ice-ufrag:abcd\na=mid:0\n", message()) ==
        "v=0\na=ice-options:trickle ice2\nm=audio 0 RTP/AVP 0\na=mid:0\n");
}

TEST_CASE("sections may have credentials of their own or the session's", "[sdp]") {
  SessionDescription ice;
  ice.session.ufrag = "sess";
  ice.session.password = kPassword;
  ice.media.emplace_back();
  ice.media[0].mid = "b";
  ice.media[0].own.ufrag = "only";
  CHECK(patched("v=0\r\nm=audio 9 RTP/AVP 0\r\na=ice-ufrag:abcd\r\na=mid:a\r\n"
                "m=audio 9 RTP/AVP 0\r\na=mid:b\r\n",
                ice) ==
        "v=0\r\na=ice-pwd:0123456789abcdefghijkl\r\na=ice-ufrag:sess\r\n"
        "m=audio 9 RTP/AVP 0\r\na=mid:a\r\nm=audio 9 RTP/AVP 0\r\na=mid:b\r\n"
        "a=ice-ufrag:only\r\n");
}

TEST_CASE("the default destination is replaced when that is asked for", "[sdp]") {
  signal::Description ours = message();
  ours.candidates = {{kHost, "audio"}};
  const std::string result = patched(kChromiumGathered, ours, DefaultDestination::replace);
  CHECK(result.find("m=audio 50000 UDP/TLS/RTP/SAVPF 111 63\r\nc=IN IP4 192.0.2.1\r\na=ice-pwd") !=
        std::string::npos);
  CHECK(result.find("m=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\n") != std::string::npos);
  CHECK(result.find("a=rtcp:") == std::string::npos);
  CHECK(patched(kChromiumGathered, ours).find("m=audio 61000 ") != std::string::npos);
}

TEST_CASE("a section without a c-line gets one in its place", "[sdp]") {
  signal::Description ours = message();
  ours.candidates = {{kHost, "0"}, {"candidate:1 2 udp 9 192.0.2.1 50001 typ host", "0"}};
  const auto with = [&](const std::string& lines) {
    return patched("v=0\nm=audio  7/2 RTP/AVP 0\n" + lines, ours, DefaultDestination::replace);
  };
  const std::string begin = "v=0\na=ice-options:trickle ice2\nm=audio  50000/2 RTP/AVP 0\n";
  const std::string ice =
      "a=rtcp:50001 IN IP4 192.0.2.1\na=ice-pwd:0123456789abcdefghijkl\na=ice-ufrag:Ab3d\na=" +
      ours.candidates[0].candidate + "\na=" + ours.candidates[1].candidate + "\n";
  CHECK(with("") == begin + "c=IN IP4 192.0.2.1\n" + ice);
  CHECK(with("i=title\nb=AS:1\n") == begin + "i=title\nc=IN IP4 192.0.2.1\nb=AS:1\n" + ice);
  CHECK(with("c=IN IP6 ::\nc=IN IP6 ::1\na=x\n") == begin + "c=IN IP4 192.0.2.1\na=x\n" + ice);
}

TEST_CASE("a section that is only part of a bundle keeps port zero", "[sdp]") {
  signal::Description ours = message();
  ours.candidates = {{kHost, "0"}};
  const std::string result = patched(kFirefoxOffer, ours, DefaultDestination::replace);
  CHECK(result.find("m=audio 50000 ") != std::string::npos);
  CHECK(result.find("m=application 0 ") != std::string::npos);
}

TEST_CASE("candidates that have no place in the text are reported", "[sdp]") {
  signal::Description ours = message();
  ours.candidates = {{kHost, "elsewhere"}, {"broken", "0"}};
  const auto result = patch_description(kChromiumOffer, ours);
  REQUIRE(result);
  CHECK(result->skipped.kept() ==
        std::vector<Problem>{{ProblemCode::unknown_mid, 0, {}},
                             {ProblemCode::bad_candidate, 0, ice::CandidateError::missing_prefix}});
  CHECK(patch_description("nonsense", ours).error() == Problem{ProblemCode::bad_line, 1, {}});
  ours.credentials.password = "x";
  CHECK(patch_description(kChromiumOffer, ours).error().code == ProblemCode::bad_password);
}

}  // namespace
}  // namespace floe::sdp
