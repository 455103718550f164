// `dtls` of a description, and the message reveal.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>

#include "floe/signal/limits.h"
#include "floe/signal/message_codec.h"
#include "string_makers.h"

namespace floe::signal {
namespace {

using namespace std::string_literals;

const std::string kFingerprints = R"("fingerprints":[{"algorithm":"sha-256","value":"AB:CD"}])";
const std::string kSetup = R"("setup":"actpass")";
const std::string kHex(kNonceSize, 'a');

std::string description(std::string_view dtls) {
  return R"({"type":"description","usernameFragment":"Ab3d","password":"0123456789abcdefghijkl",)"
         R"("dtls":)" +
         std::string(dtls) + "}";
}

std::string with(std::string_view members) {
  return description("{" + kSetup + "," + kFingerprints + "," + std::string(members) + "}");
}

std::string with_fingerprints(std::string_view value) {
  return description("{" + kSetup + R"(,"fingerprints":)" + std::string(value) + "}");
}

std::string fingerprint(std::size_t algorithm_size, std::size_t value_size) {
  return R"({"algorithm":")" + std::string(algorithm_size, 'a') + R"(","value":")" +
         std::string(value_size, 'A') + R"("})";
}

Description parsed(const std::string& text) {
  const auto message = parse_message(text);
  if (!message) FAIL(to_text(message.error()));
  CHECK(message->ignored_members == 0);
  return std::get<Description>(message->message);
}

MessageError error_of(const std::string& text) {
  const auto message = parse_message(text);
  REQUIRE_FALSE(message);
  return message.error();
}

TEST_CASE("a description says how its sender encrypts", "[signal][codec]") {
  const DtlsParameters dtls = *parsed(description(R"({"setup":"passive","fingerprints":[)"
                                                  R"({"algorithm":"sha-256","value":"AB:CD"},)"
                                                  R"({"algorithm":"new-1","value":"x"}],)"
                                                  R"("id":"abc3de65+/-_00001be82",)"
                                                  R"("commitment":")" +
                                                  kHex + R"("})"))
                                   .dtls;
  CHECK(dtls ==
        DtlsParameters{
            "passive", {{"sha-256", "AB:CD"}, {"new-1", "x"}}, "abc3de65+/-_00001be82", kHex});
}

TEST_CASE("DTLS parameters look as the protocol shows them", "[signal][codec]") {
  Description message;
  message.credentials = {"Ab3d", "0123456789abcdefghijkl"};
  message.dtls = DtlsParameters{"active", {{"sha-256", "AB:CD"}}, "", ""};
  const std::string begin = R"(,"dtls":{"setup":"active",)" + kFingerprints;
  CHECK(write_message(message).ends_with(begin + "}}"));
  message.dtls->id = "abc3de65cddef001be82";
  message.dtls->commitment = kHex;
  const std::string text = write_message(message);
  CHECK(text.ends_with(begin + R"(,"id":"abc3de65cddef001be82","commitment":")" + kHex + "\"}}"));
  CHECK(parsed(text) == message);
  message.dtls.reset();
  CHECK(write_message(message).find("dtls") == std::string::npos);
}

TEST_CASE("a sender without DTLS says nothing of it, or null", "[signal][codec]") {
  CHECK_FALSE(parsed(description("null")).dtls);
  const auto dtls = parsed(with(R"("id":null,"commitment":null)")).dtls;
  CHECK(dtls == DtlsParameters{"actpass", {{"sha-256", "AB:CD"}}, "", ""});
}

TEST_CASE("members of DTLS that are not known are ignored", "[signal][codec]") {
  CHECK(parsed(with(R"("later":[{"a":1}])")).dtls == parsed(with(R"("id":null)")).dtls);
  CHECK(parsed(with_fingerprints(R"([{"algorithm":"a","value":"b","later":1}])")).dtls);
}

TEST_CASE("a setup that is none of three words is refused", "[signal][codec]") {
  const std::string setup =
      GENERATE("\"holdconn\""s, "\"Active\""s, "\"\""s, "null"s, "1"s, "[\"active\"]"s);
  CAPTURE(setup);
  CHECK(error_of(description(R"({"setup":)" + setup + "," + kFingerprints + "}")) ==
        MessageError::bad_setup);
  CHECK(error_of(description("{" + kFingerprints + "}")) == MessageError::bad_setup);
}

TEST_CASE("fingerprints are few, and each is two short words", "[signal][codec]") {
  const std::string value = GENERATE(
      "[]"s, "null"s, "{}"s, "\"sha-256 AB:CD\""s, "[null]"s, "[\"AB:CD\"]"s, "[[]]"s,
      R"([{"algorithm":"sha-256"}])"s, R"([{"value":"AB:CD"}])"s,
      R"([{"algorithm":256,"value":"AB:CD"}])"s, R"([{"algorithm":"sha-256","value":null}])"s,
      R"([{"algorithm":"","value":"AB:CD"}])"s, R"([{"algorithm":"sha-256","value":""}])"s,
      R"([{"algorithm":"sha 256","value":"AB:CD"}])"s,
      R"([{"algorithm":"sha-256","value":"AB\r\na=x"}])"s,
      "[{\"algorithm\":\"sha-256\",\"value\":\"\xc3\xa4\"}]"s,
      "[" + fingerprint(kFingerprintAlgorithmSizeMax + 1, 1) + "]",
      "[" + fingerprint(1, kFingerprintValueSizeMax + 1) + "]");
  CAPTURE(value);
  CHECK(error_of(with_fingerprints(value)) == MessageError::bad_fingerprints);
  CHECK(error_of(description("{" + kSetup + "}")) == MessageError::bad_fingerprints);
}

TEST_CASE("as many fingerprints as are allowed are read, and not one more", "[signal][codec]") {
  std::string entries;
  for (std::size_t i = 0; i < kFingerprintsMax; ++i) {
    entries += fingerprint(kFingerprintAlgorithmSizeMax, kFingerprintValueSizeMax) + ",";
  }
  entries.pop_back();
  const auto dtls = parsed(with_fingerprints("[" + entries + "]")).dtls;
  REQUIRE(dtls);
  CHECK(dtls->fingerprints.size() == kFingerprintsMax);
  CHECK(error_of(with_fingerprints("[" + entries + "," + fingerprint(1, 1) + "]")) ==
        MessageError::bad_fingerprints);
}

TEST_CASE("an association's name has RFC 8842's grammar", "[signal][codec]") {
  const auto with_id = [](const std::string& id) { return with(R"("id":)" + id); };
  const auto text = [](std::size_t size) { return "\"" + std::string(size, 'i') + "\""; };
  CHECK(parsed(with_id(text(kDtlsIdSizeMin))).dtls);
  CHECK(parsed(with_id(text(kDtlsIdSizeMax))).dtls);
  for (const std::string& wrong :
       {text(kDtlsIdSizeMin - 1), text(kDtlsIdSizeMax + 1), "\"\""s, "7"s,
        R"("abc3de65cddef001be8 ")"s, R"("abc3de65cddef001be8.")"s, R"("abc3de65cddef001be8=")"s}) {
    CAPTURE(wrong);
    CHECK(error_of(with_id(wrong)) == MessageError::bad_dtls_id);
  }
}

/// Texts that are not 64 hexadecimal digits.
const std::vector<std::string> kNoDigits = {"\"\"",
                                            "\"" + kHex + "a\"",
                                            "\"" + kHex.substr(1) + "\"",
                                            "\"" + kHex.substr(1) + "g\"",
                                            "\"" + kHex.substr(1) + " \"",
                                            "64",
                                            "[]"};

TEST_CASE("a commitment is 64 hexadecimal digits", "[signal][codec]") {
  for (const std::string& wrong : kNoDigits) {
    CAPTURE(wrong);
    CHECK(error_of(with(R"("commitment":)" + wrong)) == MessageError::bad_commitment);
  }
  const std::string mixed = "0123456789abcdefABCDEF" + kHex.substr(22);
  CHECK(parsed(with(R"("commitment":")" + mixed + "\"")).dtls->commitment ==
        "0123456789abcdefabcdef" + kHex.substr(22));
}

TEST_CASE("a nonce is 64 hexadecimal digits", "[signal][codec]") {
  const auto reveal = [](const std::string& nonce) {
    return R"({"type":"reveal","nonce":)" + nonce + "}";
  };
  for (const std::string& wrong : kNoDigits) {
    CAPTURE(wrong);
    CHECK(error_of(reveal(wrong)) == MessageError::bad_nonce);
  }
  CHECK(error_of(R"({"type":"reveal"})") == MessageError::bad_nonce);
  CHECK(error_of(reveal("null")) == MessageError::bad_nonce);
  const auto read = parse_message(reveal("\"" + std::string(kNonceSize, 'F') + "\""));
  REQUIRE(read);
  CHECK(read->message == Message(Reveal{std::string(kNonceSize, 'f')}));
}

TEST_CASE("ids name the association of the sender, and of the receiver", "[signal][codec]") {
  const std::string own = "abc3de65cddef001be82";
  const std::string other = "ffffde65cddef001be82";
  Description message;
  message.credentials = {"Ab3d", "0123456789abcdefghijkl"};
  message.dtls = DtlsParameters{"active", {{"sha-256", "AB:CD"}}, own, kHex, other};
  CHECK(parsed(write_message(message)) == message);
  CHECK(error_of(with(R"("peerId":"short")")) == MessageError::bad_dtls_id);

  const Message told = Reveal{kHex, own};
  const auto read = parse_message(write_message(told));
  REQUIRE(read);
  CHECK(read->message == told);
  CHECK(error_of(R"({"type":"reveal","id":"short","nonce":")" + std::string(kHex) + "\"}") ==
        MessageError::bad_dtls_id);
}

TEST_CASE("DTLS that is no object is refused", "[signal][codec]") {
  for (const char* wrong : {"true", "[]", "\"actpass\"", "1"}) {
    CHECK(error_of(description(wrong)) == MessageError::bad_dtls);
  }
}

}  // namespace
}  // namespace floe::signal
