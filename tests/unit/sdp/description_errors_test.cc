#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <set>

#include "floe/sdp/description_codec.h"
#include "sdp/shapes.h"
#include "sdp/string_makers.h"

namespace floe::sdp {
namespace {

using Code = ProblemCode;
using namespace std::string_literals;

TEST_CASE("what decides who is who must be right, or the text is refused", "[sdp]") {
  struct Row {
    std::string text;
    Problem problem;
  };
  const std::string pwd(kPassword);
  const auto row = GENERATE_COPY(values<Row>({
      {"", {Code::not_sdp, 0, {}}},
      {"\r\n\r\n", {Code::not_sdp, 0, {}}},
      {"v=1\r\n", {Code::not_sdp, 1, {}}},
      {"o=- 1 1 IN IP4 0.0.0.0\r\nv=0\r\n", {Code::not_sdp, 1, {}}},
      {"{\"type\":\"bye\"}", {Code::bad_line, 1, {}}},
      {"v=0\r\nx=1\r\n", {Code::bad_line, 2, {}}},
      {"v=0\r\ns=-\r\na\r\n", {Code::bad_line, 3, {}}},
      {"v=0\r\n a=mid:0\r\n", {Code::bad_line, 2, {}}},
      {"v=0\r\ns=a\rb\r\n", {Code::bad_character, 2, {}}},
      {"v=0\r\ns=-\r", {Code::bad_character, 2, {}}},
      {"v=0\r\ns=\0\r\n"s, {Code::bad_character, 2, {}}},
      {"v=0\r\n\r\nm=audio\r\n", {Code::bad_media_line, 3, {}}},
      {"v=0\r\nm=audio 9 RTP/AVP\r\n", {Code::bad_media_line, 2, {}}},
      {"v=0\r\nm= audio 9 RTP/AVP 0\r\n", {Code::bad_media_line, 2, {}}},
      {"v=0\r\nm=audio 65536 RTP/AVP 0\r\n", {Code::bad_media_line, 2, {}}},
      {"v=0\r\nm=audio x RTP/AVP 0\r\n", {Code::bad_media_line, 2, {}}},
      {"v=0\r\nm=audio 9 /RTP 0\r\n", {Code::bad_media_line, 2, {}}},
      {"v=0\r\nm=au/dio 9 RTP 0\r\n", {Code::bad_media_line, 2, {}}},
      {description_with("a=mid:\r\n"), {Code::bad_mid, 6, {}}},
      {description_with("a=mid:a b\r\n"), {Code::bad_mid, 6, {}}},
      {description_with("a=mid:0\r\na=mid:1\r\n"), {Code::conflicting_values, 7, {}}},
      {description_with("a=mid:0\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\n"),
       {Code::duplicate_mid, 8, {}}},
      {description_with("a=ice-ufrag:abc\r\n"), {Code::bad_ufrag, 6, {}}},
      {description_with("a=ice-ufrag:ab:d\r\n"), {Code::bad_ufrag, 6, {}}},
      {description_with("a=ice-ufrag\r\n"), {Code::bad_ufrag, 6, {}}},
      {description_with("a=ice-ufrag:abcd \r\n"), {Code::bad_ufrag, 6, {}}},
      {description_with("a=ice-pwd:123456789012345678901\r\n"), {Code::bad_password, 6, {}}},
      {description_with("a=ice-pwd:" + std::string(257, 'p')), {Code::bad_password, 6, {}}},
      {description_with("a=ice-ufrag:abcd\r\na=ice-ufrag:dcba\r\n"),
       {Code::conflicting_values, 7, {}}},
      {description_with("a=ice-pwd:" + pwd + "\r\na=ice-pwd:x" + pwd),
       {Code::conflicting_values, 7, {}}},
  }));
  INFO(row.text);
  const auto read = parse_description(row.text);
  REQUIRE_FALSE(read);
  CHECK(read.error() == row.problem);
  CHECK(is_fatal(read.error().code));
}

TEST_CASE("a section without a mid must not be mistaken for one whose mid is its place", "[sdp]") {
  const std::string text = "v=0\nm=audio 9 RTP/AVP 0\na=mid:1\nm=audio 9 RTP/AVP 0\n";
  CHECK(parse_description(text).error() == Problem{Code::duplicate_mid, 0, {}});
  CHECK(parse_description("v=0\nm=audio 9 RTP/AVP 0\na=mid:0\nm=audio 9 RTP/AVP 0\n"));
}

TEST_CASE("the same value twice is no conflict", "[sdp]") {
  CHECK(
      parse_description(description_with("a=ice-ufrag:abcd\r\na=ice-ufrag:abcd\r\n"
                                         "a=mid:0\r\na=mid:0\r\n")));
}

TEST_CASE("a candidate that cannot be read spoils only itself", "[sdp]") {
  using E = ice::CandidateError;
  struct Row {
    std::string line;
    E error;
  };
  const auto row = GENERATE(values<Row>({
      {"candidate:1 1 udp 1 310.110.1.1 5 typ host", E::bad_address},
      {"candidate:1 1 udp 0 192.0.2.1 5 typ host", E::bad_priority},
      {"candidate:1 0 udp 1 192.0.2.1 5 typ host", E::bad_component},
      {"candidate:1 257 udp 1 192.0.2.1 5 typ host", E::bad_component},
      {"candidate:123456789012345678901234567890123 1 udp 1 192.0.2.1 5 typ host",
       E::bad_foundation},
      {"candidate: 1 udp 1 192.0.2.1 5 typ host", E::bad_foundation},
      {"candidate:1 1 udp 1 192.0.2.1 65536 typ host", E::bad_port},
      {"candidate:1 1 udp 1 192.0.2.1 5 typ", E::missing_field},
      {"candidate:1 1 udp 1 192.0.2.1 5 typ alien", E::unknown_type},
      {"candidate:1 1 udp 1 192.0.2.1 5 typ srflx raddr x", E::bad_related},
      {"candidate:1 1 udp 1 192.0.2.1 5 typ host x \x01", E::control_character},
      {"candidate", E::bad_foundation},
      {"candidate:" + std::string(100'000, '1'), E::line_too_long},
  }));
  INFO(row.line.substr(0, 80));
  const auto read = parse_description(description_with(
      "a=ice-ufrag:abcd\r\na=" + row.line + "\r\na=" + std::string(kHostLine) + "\r\na=mid:7\r\n"));
  REQUIRE(read);
  CHECK(read->skipped.kept() == std::vector<Problem>{{Code::bad_candidate, 7, row.error}});
  CHECK(read->description.media[0].candidates == std::vector<std::string>{std::string(kHostLine)});
  CHECK(read->description.media[0].mid == "7");
}

TEST_CASE("odd candidates that can be read are kept", "[sdp]") {
  const std::string line = GENERATE(
      "candidate:1 1 udp 1 192.0.2.1 0 typ host", "candidate:1 1 sctp 1 192.0.2.1 5 typ host",
      "candidate:1 1 tcp 1 192.0.2.1 9 typ host tcptype passive",
      "candidate:1 1 udp 1 a.local 5 typ host", "candidate:1 1 udp 1 gone.invalid 9 typ host",
      "candidate:1 1 udp 1 192.0.2.1 5 typ srflx",
      "candidate:1 1 UDP 1 2001:db8::1 5 typ host z z");
  const auto read = parse_description(description_with("a=" + line + "\r\n"));
  REQUIRE(read);
  CHECK(read->skipped.count() == 0);
  CHECK(read->description.media[0].candidates == std::vector<std::string>{line});
}

TEST_CASE("a line that is not needed and wrong is skipped and reported", "[sdp]") {
  struct Row {
    const char* line;
    Code code;
  };
  const auto row = GENERATE(values<Row>({
      {"a=ice-lite", Code::misplaced_attribute},
      {"a=ice-pacing:20", Code::misplaced_attribute},
      {"a=group:BUNDLE 0", Code::misplaced_attribute},
      {"a=setup:maybe", Code::bad_setup},
      {"a=setup:Active", Code::bad_setup},
      {"a=fingerprint:sha-256", Code::bad_fingerprint},
      {"a=fingerprint:sha-256 A", Code::bad_fingerprint},
      {"a=fingerprint:sha-256 AB:", Code::bad_fingerprint},
      {"a=fingerprint:sha-256 ABCD", Code::bad_fingerprint},
      {"a=fingerprint:sha-256 AG:00", Code::bad_fingerprint},
      {"a=fingerprint:sha-256 AA:00 x", Code::bad_fingerprint},
      {"a=fingerprint:sha/256 AA:00", Code::bad_fingerprint},
      {"a=fingerprint:sha-256-of-others AA", Code::bad_fingerprint},
      {"a=tls-id", Code::bad_tls_id},
      {"a=tls-id:0123456789012345678", Code::bad_tls_id},
      {"a=tls-id:0123456789 0123456789", Code::bad_tls_id},
      {"a=ice-options:caf\xc3\xa9", Code::bad_ice_option},
      {"a=rtcp:70000", Code::bad_connection},
      {"a=rtcp:9 IN IP4", Code::bad_connection},
      {"a=sctp-port:65536", Code::bad_number},
      {"a=max-message-size:-1", Code::bad_number},
      {"c=IN IP4 310.110.1.1", Code::bad_connection},
      {"c=IN IP6 192.0.2.1", Code::bad_connection},
      {"c=IN IP4 ::", Code::bad_connection},
      {"c=IN IP4", Code::bad_connection},
      {"c=IN IP4 a_b", Code::bad_connection},
      {"c=ATM IP4 192.0.2.1", Code::bad_connection},
  }));
  INFO(row.line);
  const auto read = parse_description(description_with(row.line + "\r\na=mid:7\r\n"s));
  REQUIRE(read);
  CHECK(read->skipped.kept() == std::vector<Problem>{{row.code, 6, {}}});
  CHECK(read->description.media[0].mid == "7");
}

TEST_CASE("attributes of media sections are not the session's", "[sdp]") {
  const auto line = GENERATE("a=candidate:1 1 udp 1 192.0.2.1 5 typ host", "a=mid:0",
                             "a=bundle-only", "a=rtcp-mux", "a=rtcp:9", "a=sctp-port:5000");
  const auto read = parse_description("v=0\n"s + line + "\nm=audio 9 RTP/AVP 0\n");
  REQUIRE(read);
  CHECK(read->skipped.kept() == std::vector<Problem>{{Code::misplaced_attribute, 2, {}}});
}

TEST_CASE("of attributes that may be there once, the first counts", "[sdp]") {
  const auto read = parse_description(description_with(
      "c=IN IP4 192.0.2.1\r\nc=IN IP4 192.0.2.2\r\na=setup:active\r\na=setup:passive\r\n"
      "a=tls-id:01234567890123456789\r\na=tls-id:98765432109876543210\r\n"
      "a=rtcp:7\r\na=rtcp:8\r\na=sctp-port:1\r\na=sctp-port:2\r\n"));
  REQUIRE(read);
  CHECK(read->skipped.count() == 5);
  for (const Problem& problem : read->skipped.kept()) {
    CHECK(problem.code == Code::repeated_attribute);
  }
  const MediaSection& section = read->description.media[0];
  CHECK(section.own.host == "192.0.2.1");
  CHECK(section.own.setup == Setup::active);
  CHECK(section.own.tls_id == "01234567890123456789");
  CHECK(section.rtcp == RtcpDestination{7, ""});
  CHECK(section.sctp_port == 1);
}

TEST_CASE("a bundle names mids, and no mid is in two", "[sdp]") {
  const auto line = GENERATE("a=group:BUNDLE a a", "a=group:BUNDLE x (y)", "a=group:BUNDLE y m");
  const auto read = parse_description("v=0\na=group:BUNDLE m\n"s + line + "\na=group:BUNDLE\n");
  REQUIRE(read);
  CHECK(read->skipped.kept() == std::vector<Problem>{{Code::bad_bundle, 3, {}}});
  CHECK(read->description.bundles == std::vector<std::vector<std::string>>{{"m"}, {}});
}

TEST_CASE("a problem says its line and its reason", "[sdp]") {
  CHECK(to_text(Problem{Code::bad_candidate, 12, ice::CandidateError::bad_port}) ==
        "line 12: the candidate cannot be read: port is not 0 to 65535");
  CHECK(to_text(Problem{Code::missing_ufrag, 0, {}}) == to_text(Code::missing_ufrag));
  std::set<std::string_view> texts;
  for (int i = 0; i <= static_cast<int>(Code::unknown_mid); ++i) {
    texts.insert(to_text(static_cast<Code>(i)));
  }
  CHECK(texts.size() == static_cast<std::size_t>(Code::unknown_mid) + 1);
  CHECK_FALSE(texts.contains("?"));
}

}  // namespace
}  // namespace floe::sdp
