#include "opaque_string.h"

#include <catch2/catch_test_macros.hpp>

using floe::stun::enforce_opaque_string;

TEST_CASE("texts that need nothing stay as they are", "[stun][credentials]") {
  for (const char* text : {"a", "user", "TheMatrIX", "1762950000:alice", "two words", "\xc3\xa9",
                           "\u30de\u30c8\u30ea\u30c3\u30af\u30b9", "\U0001f9ca", "\xed\x9f\xbf",
                           "\xee\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    CHECK(enforce_opaque_string(text) == text);
  }
}

TEST_CASE("every space becomes the ASCII one", "[stun][credentials]") {
  CHECK(enforce_opaque_string("a\u00a0b\u1680c\u2000d\u200ae\u202ff\u205fg\u3000h") ==
        "a b c d e f g h");
  CHECK(enforce_opaque_string("a\u200bb") == "a\u200bb");
}

TEST_CASE("empty texts, control characters and broken UTF-8 are refused", "[stun][credentials]") {
  using namespace std::string_view_literals;
  CHECK_FALSE(enforce_opaque_string(""));
  for (const std::string_view text :
       {"a\0b"sv, "a\nb"sv, "\x1f"sv, "\x7f"sv, "\xc2\x80"sv, "\xc2\x9f"sv}) {
    CHECK_FALSE(enforce_opaque_string(text));
  }
  for (const std::string_view text :
       {"\x80"sv, "\xbf"sv, "\xc0\xaf"sv, "\xc1\xbf"sv, "\xc3"sv, "\xc3("sv, "\xe0\x80\xaf"sv,
        "\xe2\x82"sv, "\xed\xa0\x80"sv, "\xf0\x80\x80\xaf"sv, "\xf4\x90\x80\x80"sv, "\xf5"sv,
        "\xff"sv}) {
    CHECK_FALSE(enforce_opaque_string(text));
  }
}

TEST_CASE("a text may be very long", "[stun][credentials]") {
  const std::string text(100000, 'x');
  CHECK(enforce_opaque_string(text) == text);
}
