#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/sdp/description_codec.h"
#include "sdp/shapes.h"
#include "sdp/string_makers.h"

namespace floe::sdp {
namespace {

ReadDescription parsed(std::string_view text) {
  auto read = parse_description(text);
  if (!read) FAIL(to_text(read.error()));
  return *read;
}

TEST_CASE("the offer of a browser that trickles is understood", "[sdp]") {
  const ReadDescription read = parsed(kChromiumOffer);
  const SessionDescription& offer = read.description;
  CHECK(read.skipped.count() == 0);
  CHECK(offer.session_id == 4611731400430051336u);
  CHECK(offer.session_version == 2);
  CHECK_FALSE(offer.ice_lite);
  CHECK(offer.bundles == std::vector<std::vector<std::string>>{{"0"}});
  REQUIRE(offer.media.size() == 1);
  const MediaSection& section = offer.media[0];
  CHECK(section.media == "application");
  CHECK(section.protocol == "UDP/DTLS/SCTP");
  CHECK(section.formats == "webrtc-datachannel");
  CHECK(section.mid == "0");
  CHECK(section.port == 9);
  CHECK(section.own.host == "0.0.0.0");
  CHECK(section.component_count() == 1);
  CHECK(offer.credentials(section) == ice::Credentials{"4ZcD", "2/1muCWoOi3uLifh0NuRHlcd"});
  CHECK(offer.ice_options(section) == std::vector<std::string>{"trickle"});
  CHECK_FALSE(offer.has_ended(section));
  CHECK(section.candidates.empty());
  CHECK(section.own.setup == Setup::actpass);
  CHECK(section.own.fingerprints == std::vector<Fingerprint>{{"sha-256", "0A:1B:2C:3D"}});
  CHECK(section.sctp_port == 5000);
  CHECK(section.max_message_size == 262144);
}

TEST_CASE("candidates with names, of TCP and with extensions are kept as they came", "[sdp]") {
  const ReadDescription read = parsed(kChromiumGathered);
  CHECK(read.skipped.count() == 0);
  REQUIRE(read.description.media.size() == 2);
  const MediaSection& audio = read.description.media[0];
  REQUIRE(audio.candidates.size() == 4);
  CHECK(audio.candidates[1] ==
        "candidate:559267639 1 udp 2122202367 8d1c7f2e-5b0a-4f6e-9d57-1f2f3a4b5c6d.local 51400 "
        "typ host generation 0 network-id 2");
  CHECK(audio.candidates[3].ends_with("tcptype active generation 0 network-id 1 network-cost 10"));
  CHECK(audio.port == 61000);
  CHECK(audio.own.host == "198.51.100.7");
  CHECK(audio.rtcp == RtcpDestination{9, "0.0.0.0"});
  CHECK(audio.component_count() == 1);
  CHECK(read.description.media[1].candidates.empty());
  CHECK(read.description.bundled_with(read.description.media[1]) == &read.description.media[0]);
  CHECK(read.description.bundled_with(audio) == nullptr);
}

TEST_CASE("attributes of the session hold where the section has none", "[sdp]") {
  const ReadDescription read = parsed(kFirefoxOffer);
  CHECK(read.skipped.count() == 0);
  const SessionDescription& offer = read.description;
  REQUIRE(offer.media.size() == 2);
  CHECK(offer.session.fingerprints.size() == 1);
  CHECK(offer.ice_options(offer.media[0]) == std::vector<std::string>{"trickle"});
  CHECK(offer.has_ended(offer.media[0]));
  CHECK_FALSE(offer.has_ended(offer.media[1]));
  CHECK(offer.media[0].candidates.size() == 3);
  CHECK(offer.media[0].rtcp == RtcpDestination{52001, "2001:db8::7"});
}

TEST_CASE("port zero rejects a section unless it is only part of a bundle", "[sdp]") {
  const SessionDescription offer = parsed(kFirefoxOffer).description;
  CHECK(offer.media[1].port == 0);
  CHECK_FALSE(offer.media[1].is_rejected());
  const SessionDescription answer = parsed(kLiteAnswer).description;
  CHECK_FALSE(answer.media[1].is_rejected());
  CHECK(answer.media[2].is_rejected());
}

TEST_CASE("the answer of a lite SFU is understood", "[sdp]") {
  const ReadDescription read = parsed(kLiteAnswer);
  CHECK(read.skipped.count() == 0);
  const SessionDescription& answer = read.description;
  CHECK(answer.ice_lite);
  REQUIRE(answer.media.size() == 3);
  CHECK(answer.session.host == "203.0.113.20");
  CHECK(answer.session.setup == Setup::passive);
  for (const MediaSection& section : answer.media) {
    CHECK(answer.credentials(section).ufrag == "m51r3p6c");
    CHECK(answer.credentials(section).password == "99r4u5n71b5x6u2q15w2e0k8t4z7v3p1");
  }
  CHECK(answer.media[0].candidates ==
        std::vector<std::string>{
            "candidate:0 1 udp 2130706431 203.0.113.20 8000 typ host generation 0"});
}

TEST_CASE("the section's credentials take precedence over the session's", "[sdp]") {
  const SessionDescription description =
      parsed("v=0\r\na=ice-ufrag:sess\r\na=ice-pwd:" + std::string(kPassword) +
             "\r\nm=audio 9 RTP/AVP 0\r\na=ice-ufrag:medi\r\na=ice-pwd:" +
             std::string(kOtherPassword) + "\r\nm=audio 9 RTP/AVP 0\r\n")
          .description;
  CHECK(description.credentials(description.media[0]) ==
        ice::Credentials{"medi", std::string(kOtherPassword)});
  CHECK(description.credentials(description.media[1]) ==
        ice::Credentials{"sess", std::string(kPassword)});
}

TEST_CASE("a bundled section without credentials has those of the bundle's first", "[sdp]") {
  const SessionDescription description =
      parsed(
          "v=0\r\na=group:BUNDLE gone a b\r\n"
          "m=audio 0 RTP/AVP 0\r\na=mid:gone\r\na=ice-ufrag:gone\r\n"
          "m=audio 9 RTP/AVP 0\r\na=mid:a\r\na=ice-ufrag:aaaa\r\na=ice-pwd:" +
          std::string(kPassword) +
          "\r\nm=audio 9 RTP/AVP 0\r\na=mid:b\r\n"
          "m=audio 9 RTP/AVP 0\r\na=mid:c\r\n")
          .description;
  CHECK(description.credentials(description.media[2]).ufrag == "aaaa");
  CHECK(description.credentials(description.media[2]).password == kPassword);
  CHECK(description.credentials(description.media[3]).ufrag.empty());
}

TEST_CASE("RTP without multiplexed RTCP has two components", "[sdp]") {
  const SessionDescription description =
      parsed(
          "v=0\r\nm=audio 9 RTP/SAVP 0\r\na=rtcp:53020\r\nm=audio 9 RTP/AVP 0\r\na=rtcp-mux\r\n"
          "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtcp-mux-only\r\nm=application 9 UDP/X 0\r\n")
          .description;
  CHECK(description.media[0].component_count() == 2);
  CHECK(description.media[0].rtcp == RtcpDestination{53020, ""});
  CHECK(description.media[1].component_count() == 1);
  CHECK(description.media[2].component_count() == 1);
  CHECK(description.media[3].component_count() == 1);
}

TEST_CASE("pacing, unknown attributes and lines that are not of ICE pass", "[sdp]") {
  const ReadDescription read = parsed(
      "v=0\n\ns= \ni=x\nu=x\ne=x\np=x\nb=AS:1\nr=1\nz=1\nk=clear:x\na=ice-pacing:20\n"
      "a=x-new:1\na=group:LS 0\nm=audio 9/2 RTP/AVP 0 8\na=ice-ufragile:1\n\n");
  CHECK(read.skipped.count() == 0);
  CHECK(read.description.ice_pacing_ms == 20);
  REQUIRE(read.description.media.size() == 1);
  CHECK(read.description.media[0].port == 9);
  CHECK(read.description.media[0].formats == "0 8");
}

TEST_CASE("ice-options of several lines add up, each once", "[sdp]") {
  const SessionDescription description =
      parsed(description_with("a=ice-options:trickle ice2\r\na=ice-options:ice2 google-ice\r\n"))
          .description;
  CHECK(description.media[0].own.ice_options ==
        std::vector<std::string>{"trickle", "ice2", "google-ice"});
}

}  // namespace
}  // namespace floe::sdp
