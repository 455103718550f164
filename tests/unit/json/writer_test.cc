#include "floe/json/writer.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cstdint>
#include <string>

#include "floe/json/document.h"

namespace floe::json {
namespace {

struct Fixed {
  std::int64_t value;
  unsigned decimals;
  std::string text;
};

TEST_CASE("objects and arrays get their commas by themselves", "[json]") {
  Writer json;
  json.begin_object();
  json.name("a").integer(-1);
  json.name("b").begin_array().string("x").null().begin_object().end_object().end_array();
  json.name("c").begin_object().name("d").boolean(false).end_object();
  json.name("e").unsigned_integer(UINT64_MAX);
  json.end_object();
  CHECK(json.take() == R"({"a":-1,"b":["x",null,{}],"c":{"d":false},"e":18446744073709551615})");
}

TEST_CASE("fixed-point numbers are exact", "[json]") {
  const auto& [value, decimals, text] = GENERATE(values<Fixed>({
      {1500, 3, "1.500"},
      {0, 6, "0.000000"},
      {7, 6, "0.000007"},
      {-7, 2, "-0.07"},
      {-1234567, 6, "-1.234567"},
      {INT64_MIN, 1, "-922337203685477580.8"},
      {INT64_MAX, 18, "9.223372036854775807"},
  }));
  CHECK(Writer().fixed_point(value, decimals).take() == text);
  CHECK(Document::parse(text));
}

TEST_CASE("a string of any bytes becomes well-formed JSON", "[json]") {
  for (unsigned first = 0; first < 256; ++first) {
    for (unsigned second = 0; second < 256; ++second) {
      const std::string bytes = {static_cast<char>(first), static_cast<char>(second)};
      const std::string text = Writer().string(bytes).take();
      const auto document = Document::parse(text);
      REQUIRE(document);
      if (first < 128 && second < 128) REQUIRE(document->root().string() == bytes);
    }
  }
}

TEST_CASE("what is not UTF-8 becomes the replacement character", "[json]") {
  CHECK(Writer()
            .string("a\xff"
                    "b")
            .text() ==
        "\"a\xef\xbf\xbd"
        "b\"");
  // One for each byte that starts nothing, one for a sequence that breaks off.
  CHECK(Writer().string("\xc0\xaf").text() == "\"\xef\xbf\xbd\xef\xbf\xbd\"");
  CHECK(Writer().string("\xe2\x82").text() == "\"\xef\xbf\xbd\"");
  CHECK(Writer().string("\xf0\x9f\x98!").text() == "\"\xef\xbf\xbd!\"");
  CHECK(Writer().begin_object().name("\xfe").null().end_object().text() ==
        "{\"\xef\xbf\xbd\":null}");
}

}  // namespace
}  // namespace floe::json
