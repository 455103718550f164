// What secures a section, from SDP to messages and back.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/sdp/message_conversion.h"
#include "sdp/shapes.h"
#include "sdp/string_makers.h"

namespace floe::sdp {
namespace {

using Dtls = std::optional<signal::DtlsParameters>;

const std::string kId = "abc3de65cddef001be82";
const std::string kIce = "a=ice-ufrag:aaaa\na=ice-pwd:" + std::string(kPassword) + "\n";
const std::string kSection = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\n";

Result<std::vector<signal::Message>, Problem> convert(std::string_view text,
                                                      SdpType type = SdpType::offer) {
  const auto read = parse_description(text);
  if (!read) FAIL(to_text(read.error()));
  return to_messages(read->description, type);
}

Dtls dtls_of(std::string_view text, std::size_t index = 0) {
  const auto messages = convert(text);
  if (!messages) FAIL(to_text(messages.error()));
  REQUIRE(messages->size() > index);
  return std::get<signal::Description>((*messages)[index]).dtls;
}

ProblemCode refusal_of(std::string_view text, SdpType type = SdpType::offer) {
  const auto messages = convert(text, type);
  REQUIRE_FALSE(messages);
  CHECK(is_fatal(messages.error().code));
  return messages.error().code;
}

/// A description with lines of the session and of one section.
std::string text_with(const std::string& of_session, const std::string& of_section) {
  return "v=0\n" + kIce + of_session + kSection + of_section;
}

signal::Description message_with(signal::DtlsParameters dtls) {
  signal::Description message;
  message.credentials = {"Ab3d", std::string(kPassword)};
  message.dtls = std::move(dtls);
  return message;
}

TEST_CASE("a browser's fingerprint and setup are in its message", "[sdp]") {
  CHECK(dtls_of(kChromiumOffer) ==
        signal::DtlsParameters{"actpass", {{"sha-256", "0A:1B:2C:3D"}}, "", ""});
  CHECK(dtls_of(kLiteAnswer)->setup == "passive");
  CHECK(dtls_of(kFirefoxOffer)->fingerprints.size() == 1);
}

TEST_CASE("a section's own DTLS attributes override the session's", "[sdp]") {
  const std::string session = "a=fingerprint:sha-1 AA\na=setup:passive\na=tls-id:" + kId + "\n";
  const signal::DtlsParameters of_session{"passive", {{"sha-1", "AA"}}, kId, ""};
  CHECK(dtls_of(text_with(session, "")) == of_session);

  signal::DtlsParameters expected = of_session;
  expected.fingerprints = {{"sha-256", "BB"}, {"sha-512", "CC"}};
  const std::string fingerprints = "a=fingerprint:sha-256 BB\na=fingerprint:sha-512 CC\n";
  CHECK(dtls_of(text_with(session, fingerprints)) == expected);

  expected = of_session;
  expected.setup = "active";
  CHECK(dtls_of(text_with(session, "a=setup:active\n")) == expected);

  expected = of_session;
  expected.id = std::string(20, '0');
  CHECK(dtls_of(text_with(session, "a=tls-id:" + expected.id + "\n")) == expected);
}

TEST_CASE("a section without fingerprints uses those of its bundle's first", "[sdp]") {
  const std::string other = "a=ice-ufrag:bbbb\na=ice-pwd:" + std::string(kPassword) + "\n";
  const std::string first = kSection + "a=mid:0\na=fingerprint:sha-256 AA\na=setup:active\n" + kIce;
  const std::string second = kSection + "a=mid:1\na=setup:actpass\n" + other;
  CHECK(dtls_of("v=0\na=group:BUNDLE 0 1\n" + first + second, 1) ==
        signal::DtlsParameters{"active", {{"sha-256", "AA"}}, "", ""});
  CHECK(dtls_of("v=0\n" + first + second, 1) == std::nullopt);
}

TEST_CASE("of sections with one generation the first with fingerprints counts", "[sdp]") {
  const std::string secured = kSection + "a=fingerprint:sha-256 AA\na=setup:active\n";
  const std::string other = kSection + "a=fingerprint:sha-256 BB\na=setup:holdconn\n";
  const std::string rejected =
      "m=audio 0 UDP/TLS/RTP/SAVPF 0\na=fingerprint:sha-256 CC\na=setup:passive\n";
  CHECK(dtls_of("v=0\n" + kIce + rejected + kSection + secured + other) ==
        signal::DtlsParameters{"active", {{"sha-256", "AA"}}, "", ""});
}

TEST_CASE("without fingerprints there is no DTLS", "[sdp]") {
  CHECK_FALSE(dtls_of(text_with("", "")));
  CHECK_FALSE(dtls_of(text_with("a=setup:active\n", "a=tls-id:" + kId + "\n")));
  CHECK_FALSE(dtls_of(text_with("", "a=setup:holdconn\n")));
}

TEST_CASE("fingerprints of hash functions that nobody knows are kept", "[sdp]") {
  const Dtls dtls = dtls_of(
      text_with("", "a=setup:active\na=fingerprint:SHA3-256 ab\na=fingerprint:md2 CD:EF\n"));
  REQUIRE(dtls);
  CHECK(dtls->fingerprints ==
        std::vector<signal::FingerprintInit>{{"SHA3-256", "ab"}, {"md2", "CD:EF"}});
}

TEST_CASE("who begins DTLS must be said, and with a word of DTLS", "[sdp]") {
  const std::string fingerprint = "a=fingerprint:sha-256 AA\n";
  CHECK(refusal_of(text_with("", fingerprint)) == ProblemCode::missing_setup);
  CHECK(refusal_of(text_with("", fingerprint + "a=setup:maybe\n")) == ProblemCode::missing_setup);
  CHECK(refusal_of(text_with("", fingerprint + "a=setup:holdconn\n")) == ProblemCode::wrong_setup);
}

TEST_CASE("an answer says who begins DTLS", "[sdp]") {
  const std::string fingerprint = "a=fingerprint:sha-256 AA\n";
  const std::string open = text_with("", fingerprint + "a=setup:actpass\n");
  CHECK(convert(open, SdpType::offer));
  CHECK(refusal_of(open, SdpType::answer) == ProblemCode::wrong_setup);
  signal::DtlsParameters dtls{"actpass", {{"sha-256", "AA"}}, "", ""};
  CHECK(to_description(message_with(dtls), {.type = SdpType::offer}));
  CHECK(to_description(message_with(dtls), {.type = SdpType::answer}).error().code ==
        ProblemCode::wrong_setup);
  for (const char* setup : {"active", "passive"}) {
    CHECK(convert(text_with("", fingerprint + "a=setup:" + setup + "\n"), SdpType::answer));
    dtls.setup = setup;
    CHECK(to_description(message_with(dtls), {.type = SdpType::answer}));
  }
}

TEST_CASE("each section that is made says how it is secured", "[sdp]") {
  signal::Description message = message_with(
      {"active", {{"sha-256", "AB"}, {"sha-1", "CD"}}, kId, std::string(signal::kNonceSize, '0')});
  const auto made = to_description(message, {.mids = {"0", "1"}});
  REQUIRE(made);
  for (const MediaSection& section : made->description.media) {
    CHECK(made->description.security(section) ==
          Security{Setup::active, {{"sha-256", "AB"}, {"sha-1", "CD"}}, kId});
  }
  const std::string text = write_description(made->description);
  CHECK(text.find("a=fingerprint:sha-256 AB\r\na=fingerprint:sha-1 CD\r\na=setup:active\r\n"
                  "a=tls-id:" +
                  kId + "\r\n") != std::string::npos);
  message.dtls->commitment.clear();  // SDP has no word for it
  CHECK(dtls_of(text) == message.dtls);
}

TEST_CASE("fingerprints that SDP cannot express are skipped, but not all", "[sdp]") {
  signal::DtlsParameters dtls{"active",
                              {{"sha-256", "AB"},
                               {"new-1", "x"},
                               {"sha 256", "AB"},
                               {"sha-256", "AB\r\na=setup:passive"},
                               {"sha-256", ""},
                               {"sha-256\r\na=x", "AB"}},
                              "",
                              ""};
  const auto made = to_description(message_with(dtls));
  REQUIRE(made);
  CHECK(made->skipped.count() == 5);
  CHECK(made->skipped.kept()[0].code == ProblemCode::bad_fingerprint);
  CHECK(made->description.media[0].own.fingerprints == std::vector<Fingerprint>{{"sha-256", "AB"}});

  dtls.fingerprints = {{"new-1", "x"}};
  CHECK(to_description(message_with(dtls)).error().code == ProblemCode::not_convertible);
  dtls.fingerprints = {};
  CHECK(to_description(message_with(dtls)).error().code == ProblemCode::not_convertible);
  dtls.fingerprints.assign(kFingerprintsMax + 1, {"sha-256", "AB"});
  CHECK(to_description(message_with(dtls))->skipped.kept() ==
        std::vector<Problem>{{ProblemCode::too_many_fingerprints, 0, {}}});
}

TEST_CASE("DTLS that could break a text is refused", "[sdp]") {
  const signal::DtlsParameters good{"active", {{"sha-256", "AB"}}, "", ""};
  for (const char* setup : {"", "holdconn", "Active", "active\r\na=ice-lite"}) {
    signal::DtlsParameters dtls = good;
    dtls.setup = setup;
    CHECK(to_description(message_with(dtls)).error().code == ProblemCode::wrong_setup);
  }
  for (const std::string& id : {std::string("short"), kId + "\r\na=ice-lite"}) {
    signal::DtlsParameters dtls = good;
    dtls.id = id;
    CHECK(to_description(message_with(dtls)).error().code == ProblemCode::not_convertible);
  }
}

}  // namespace
}  // namespace floe::sdp
