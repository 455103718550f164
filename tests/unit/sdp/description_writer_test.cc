#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/sdp/description_codec.h"
#include "sdp/shapes.h"
#include "sdp/string_makers.h"

namespace floe::sdp {
namespace {

TEST_CASE("what is read of others' descriptions is written and read back equal", "[sdp]") {
  const std::string_view text =
      GENERATE(kChromiumOffer, kChromiumGathered, kFirefoxOffer, kSafariOffer, kLiteAnswer);
  const auto read = parse_description(text);
  REQUIRE(read);
  const auto again = parse_description(write_description(read->description));
  REQUIRE(again);
  CHECK(again->description == read->description);
  CHECK(again->skipped.count() == 0);
}

TEST_CASE("a description is written in the order that RFC 8866 has", "[sdp]") {
  SessionDescription description;
  description.session_id = 4611686018427387904;
  description.session_version = 2;
  description.ice_lite = true;
  description.ice_pacing_ms = 50;
  description.bundles = {{"a", "b"}, {}};
  description.session = {
      "sess",    std::string(kPassword), {"trickle", "ice2"}, true,
      "a.local", Setup::actpass,         {{"sha-1", "AB"}},   "session0session0sess"};
  MediaSection& section = description.media.emplace_back();
  section.port = 50000;
  section.mid = "a";
  section.own = {"medi",
                 std::string(kOtherPassword),
                 {"x"},
                 true,
                 "2001:db8::1",
                 Setup::active,
                 {{"sha-256", "CD:EF"}},
                 "media+/-_media+/-_me"};
  section.candidates = {std::string(kHostLine), std::string(kRelayedLine)};
  section.bundle_only = true;
  section.rtcp_mux = true;
  section.rtcp = RtcpDestination{9, "::"};
  section.sctp_port = 5000;
  section.max_message_size = 0;
  const std::string text = write_description(description);
  CHECK(text ==
        "v=0\r\no=- 4611686018427387904 2 IN IP4 0.0.0.0\r\ns=-\r\nc=IN IP4 a.local\r\nt=0 0\r\n"
        "a=group:BUNDLE a b\r\na=group:BUNDLE\r\na=ice-lite\r\na=ice-pwd:0123456789abcdefghijkl\r\n"
        "a=ice-ufrag:sess\r\na=ice-options:trickle ice2\r\na=ice-pacing:50\r\n"
        "a=end-of-candidates\r\na=fingerprint:sha-1 AB\r\na=setup:actpass\r\n"
        "a=tls-id:session0session0sess\r\n"
        "m=application 50000 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP6 2001:db8::1\r\n"
        "a=mid:a\r\na=bundle-only\r\na=rtcp-mux\r\na=rtcp:9 IN IP6 ::\r\n"
        "a=ice-pwd:lkjihgfedcba9876543210\r\na=ice-ufrag:medi\r\na=ice-options:x\r\na=" +
            std::string(kHostLine) + "\r\na=" + std::string(kRelayedLine) +
            "\r\na=end-of-candidates\r\na=fingerprint:sha-256 CD:EF\r\na=setup:active\r\n"
            "a=tls-id:media+/-_media+/-_me\r\n"
            "a=sctp-port:5000\r\na=max-message-size:0\r\n");
  const auto read = parse_description(text);
  REQUIRE(read);
  CHECK(read->description == description);
}

}  // namespace
}  // namespace floe::sdp
