// `sctp` of a description.
#include <catch2/catch_test_macros.hpp>

#include "floe/signal/message_codec.h"

using namespace floe;
using namespace floe::signal;

namespace {

std::string description(std::string_view sctp) {
  return R"({"type":"description","usernameFragment":"Ab3d","password":"0123456789abcdefghijkl",)"
         R"("sctp":)" +
         std::string(sctp) + "}";
}

std::optional<SctpParameters> parsed(std::string_view sctp) {
  const auto message = parse_message(description(sctp));
  REQUIRE(message);
  return std::get<Description>(message->message).sctp;
}

}  // namespace

TEST_CASE("a description says that its sender carries data channels", "[signal][codec]") {
  CHECK(parsed(R"({"port":5001,"maxMessageSize":262144})") == SctpParameters{5001, 262'144});
  CHECK(parsed(R"({"maxMessageSize":0,"later":true})") == SctpParameters{5000, 0});
  CHECK(parsed("{}") == SctpParameters{5000, 65'536});
  CHECK_FALSE(parsed("null"));
}

TEST_CASE("a size that no message has is any size", "[signal][codec]") {
  CHECK(parsed(R"({"maxMessageSize":9007199254740991})") == SctpParameters{5000, UINT32_MAX});
}

TEST_CASE("a port and a size that are none are refused", "[signal][codec]") {
  for (const std::string_view wrong :
       {"5000", "[]", R"({"port":0})", R"({"port":65536})", R"({"port":"5000"})", R"({"port":1.5})",
        R"({"maxMessageSize":-1})", R"({"maxMessageSize":"big"})"}) {
    CAPTURE(wrong);
    const auto message = parse_message(description(wrong));
    REQUIRE_FALSE(message);
    CHECK(message.error() == MessageError::bad_sctp);
  }
}

TEST_CASE("what was written is read again", "[signal][codec]") {
  Description message;
  message.credentials = {"Ab3d", "0123456789abcdefghijkl"};
  message.sctp = SctpParameters{5000, 262'144};
  const std::string text = write_message(message);
  CHECK(text.ends_with(R"(,"sctp":{"port":5000,"maxMessageSize":262144}})"));
  const auto again = parse_message(text);
  REQUIRE(again);
  CHECK(std::get<Description>(again->message).sctp == message.sctp);
}
