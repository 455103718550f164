// Addresses and texts of the C API.
#include <catch2/catch_test_macros.hpp>
#include <cstring>
#include <set>
#include <string>

#include "c/c_agent.h"

using namespace floe::testing;

TEST_CASE("an address of the C API is written as it was read", "[c]") {
  for (const char* text : {"192.0.2.1:3478", "0.0.0.0:0", "[2001:db8::1]:65535", "[::]:1"}) {
    const floe_address address = CAgent::address(text);
    char written[FLOE_ADDRESS_TEXT_SIZE];
    REQUIRE(floe_address_format(&address, written, sizeof written) == FLOE_OK);
    CHECK(std::string(written) == text);
  }
}

TEST_CASE("an address of the C API has network order, a host order port and zeros", "[c]") {
  const floe_address four = CAgent::address("192.0.2.1:3478");
  CHECK(four.family == 4);
  CHECK(four.port == 3478);
  const std::uint8_t four_bytes[16] = {192, 0, 2, 1};
  CHECK(std::memcmp(four.bytes, four_bytes, 16) == 0);
  const floe_address six = CAgent::address("[2001:db8::1]:1");
  CHECK(six.family == 6);
  const std::uint8_t six_bytes[16] = {0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  CHECK(std::memcmp(six.bytes, six_bytes, 16) == 0);
}

TEST_CASE("text that is no address leaves the address alone", "[c]") {
  floe_address address = CAgent::address("192.0.2.1:3478");
  for (const char* text : {"", "192.0.2.1", "example.org:1", "192.0.2.1:65536", "[::1", "::1:1"}) {
    CHECK(floe_address_parse(text, &address) == FLOE_ERROR_ADDRESS);
  }
  CHECK(address.port == 3478);
  CHECK(floe_address_parse(nullptr, &address) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_address_parse("192.0.2.1:1", nullptr) == FLOE_ERROR_ARGUMENT);
}

TEST_CASE("an address is not written where it does not fit", "[c]") {
  floe_address address = CAgent::address("192.0.2.1:80");
  char text[13] = "untouched";
  CHECK(floe_address_format(&address, text, 12) == FLOE_ERROR_TOO_BIG);
  CHECK(std::string(text) == "untouched");
  CHECK(floe_address_format(&address, text, 13) == FLOE_OK);
  CHECK(floe_address_format(&address, nullptr, 13) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_address_format(nullptr, text, 13) == FLOE_ERROR_ARGUMENT);
  address.family = 5;
  CHECK(floe_address_format(&address, text, 13) == FLOE_ERROR_ADDRESS);
}

TEST_CASE("the longest address fits into the size that the header names", "[c]") {
  const floe_address address = CAgent::address("[1111:2222:3333:4444:5555:6666:7777:8888]:65535");
  char text[FLOE_ADDRESS_TEXT_SIZE];
  CHECK(floe_address_format(&address, text, sizeof text) == FLOE_OK);
}

TEST_CASE("each error of the C API has a text of its own, and any number has one", "[c]") {
  std::set<std::string> texts;
  for (std::uint32_t error = 0; error <= FLOE_ERROR_NOT_BUILT; ++error) {
    texts.insert(floe_error_text(error));
  }
  for (std::uint32_t error = FLOE_ERROR_BAD_MESSAGE; error <= FLOE_ERROR_OWN_DESCRIPTION; ++error) {
    texts.insert(floe_error_text(error));
  }
  CHECK(texts.size() == 20);
  CHECK(texts.count(floe_error_text(31)) == 0);
  CHECK(std::string(floe_error_text(UINT32_MAX)) == floe_error_text(31));
}

TEST_CASE("states have W3C's words", "[c]") {
  CHECK(std::string(floe_state_text(FLOE_STATE_NEW)) == "new");
  CHECK(std::string(floe_state_text(FLOE_STATE_DISCONNECTED)) == "disconnected");
  CHECK(std::string(floe_state_text(FLOE_STATE_CLOSED)) == "closed");
  CHECK(std::string(floe_state_text(7)) == "?");
}
