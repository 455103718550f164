#include "floe/json/document.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>

#include "floe/json/writer.h"
#include "string_makers.h"

namespace floe::json {
namespace {

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

std::string elements(std::size_t count) {
  std::string text = "[0";
  for (std::size_t i = 1; i < count; ++i) text += ",0";
  return text + "]";
}

std::string rewrite(std::string_view text) {
  const auto document = Document::parse(text);
  REQUIRE(document);
  return Writer().value(document->root()).take();
}

struct Malformed {
  std::string text;
  ErrorCode error;
};

TEST_CASE("each way in which a text is no JSON has its own error", "[json]") {
  const auto& [text, error] = GENERATE(values<Malformed>({
      {"", ErrorCode::syntax},
      {" ", ErrorCode::syntax},
      {"{", ErrorCode::syntax},
      {"[1,]", ErrorCode::syntax},
      {"{\"a\":1,}", ErrorCode::syntax},
      {"{a:1}", ErrorCode::syntax},
      {"{\"a\" 1}", ErrorCode::syntax},
      {"'a'", ErrorCode::syntax},
      {"NaN", ErrorCode::syntax},
      {"[Infinity]", ErrorCode::syntax},
      {"01", ErrorCode::syntax},
      {"+1", ErrorCode::syntax},
      {"1.", ErrorCode::syntax},
      {".5", ErrorCode::syntax},
      {"tru", ErrorCode::syntax},
      {"{} {}", ErrorCode::syntax},
      {"{}x", ErrorCode::syntax},
      {std::string("{}\0", 3), ErrorCode::syntax},
      {std::string("\"a\0b\"", 5), ErrorCode::syntax},
      {"\xef\xbb\xbf{}", ErrorCode::syntax},
      {"[1] // comment", ErrorCode::syntax},
      {"/**/1", ErrorCode::syntax},
      {"\"\\u12\"", ErrorCode::syntax},
      {"\"\\ud800\"", ErrorCode::syntax},
      {"\"\\udc00\\ud800\"", ErrorCode::syntax},
      {"\"\\x41\"", ErrorCode::syntax},
      {"\"a\nb\"", ErrorCode::syntax},
      {"\"a", ErrorCode::syntax},
      {"]", ErrorCode::syntax},
      {"[}", ErrorCode::syntax},
      {"1e999", ErrorCode::number_too_large},
      {"[-1e400]", ErrorCode::number_too_large},
      {"1e309", ErrorCode::number_too_large},
      {"1.7976931348623159e308", ErrorCode::number_too_large},
      {std::string(400, '1'), ErrorCode::number_too_large},
      {"[-" + std::string(400, '1') + "]", ErrorCode::number_too_large},
      {"\"\xff\"", ErrorCode::bad_utf8},
      {"\"\xc0\xaf\"", ErrorCode::bad_utf8},
      {"\"\xed\xa0\x80\"", ErrorCode::bad_utf8},
      {"\"\xf4\x90\x80\x80\"", ErrorCode::bad_utf8},
      {"\"\xe2\x82\"", ErrorCode::bad_utf8},
      {nested(9), ErrorCode::too_deep},
      {"{\"a\":" + nested(8) + "}", ErrorCode::too_deep},
      {std::string(16000, '['), ErrorCode::too_deep},
      {elements(1024), ErrorCode::too_many_values},
      {"{\"a\":1,\"b\":2,\"a\":3}", ErrorCode::duplicate_name},
      {"{\"a\":1,\"\\u0061\":2}", ErrorCode::duplicate_name},
      {"[{\"x\":{\"\":1,\"\":1}}]", ErrorCode::duplicate_name},
      {std::string(Limits{}.text_size_max + 1, ' '), ErrorCode::text_too_long},
  }));
  CAPTURE(text.substr(0, 80));
  const auto document = Document::parse(text);
  REQUIRE_FALSE(document);
  CHECK(document.error().code == error);
  CHECK(document.error().position <= text.size());
}

TEST_CASE("values, names, commas and brackets stand only where they belong", "[json]") {
  const std::string text = GENERATE(values<std::string>({
      R"({"a",1})",
      R"({"a"::1})",
      R"({"a":})",
      R"({"a"})",
      "{,}",
      R"({"a":1 "b":2})",
      R"({"a":1,,"b":2})",
      "{1:2}",
      "{[]:2}",
      "[1 2 3]",
      "[1:2]",
      R"(["a":2])",
      "[,1]",
      "[1,,2]",
      "[1}",
      R"({"a":1])",
      "[{]}",
      "[}",
      "{]",
      "]",
      ":",
      "1,2",
      "[1]]",
      "[[1]",
  }));
  INFO(text);
  const auto parsed = Document::parse(text);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().code == ErrorCode::syntax);
}

TEST_CASE("an escape in a string stands for its character", "[json]") {
  struct Escaped {
    std::string_view text;
    std::string_view meaning;
  };
  const auto [text, meaning] = GENERATE(values<Escaped>({
      {R"("\"\\\/\b\f\n\r\t")", "\"\\/\b\f\n\r\t"},
      {R"("\u007f\u0080\u07ff\u0800\uFFFF")", "\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf"},
      {R"("\ud7ff\ue000")", "\xed\x9f\xbf\xee\x80\x80"},
      {R"("\ud800\udc00\uDBFF\uDFFF")", "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"},
      {R"("\ud83d\udc27")", "\xf0\x9f\x90\xa7"},
  }));
  const auto parsed = Document::parse(text);
  REQUIRE(parsed);
  CHECK(parsed->root().string() == meaning);
}

TEST_CASE("an escape that stands for no character is an error", "[json]") {
  const std::string escape =
      GENERATE(values<std::string>({R"(\ud800)", R"(\udbffx)", R"(\ud800\n)", R"(\ud800\udbff)",
                                    R"(\ud800\ue000)", R"(\ud800\u)", R"(\udc00)", R"(\udfff)",
                                    R"(\u00g0)", R"(\u)", R"(\')", R"(\U0041)", "\\\n", "\x1f"}));
  INFO(escape);
  CHECK_FALSE(Document::parse('"' + escape + '"'));
}

TEST_CASE("an error says how far the text was read", "[json]") {
  CHECK(Document::parse("{\"a\":1,,}").error().position == 8);
  CHECK(Document::parse("\"ab\xff\"").error().position == 4);
  CHECK(Document::parse("{\"a\":1,\"a\":2} ").error().position == 13);
  CHECK(Document::parse("[[[[[[[[[").error().position == 9);
}

TEST_CASE("what is exactly at a limit is read", "[json]") {
  CHECK(Document::parse(nested(8)));
  CHECK(Document::parse(elements(1023)));
  CHECK(Document::parse("0" + std::string(Limits{}.text_size_max - 1, ' ')));
  const std::string long_text = "\"" + std::string(90'000, 'A') + "\"";
  CHECK_FALSE(Document::parse(long_text));
  CHECK(Document::parse(long_text, {.text_size_max = 100'000}));
  CHECK_FALSE(Document::parse("[0,0]", {.values_max = 2}));
  CHECK_FALSE(Document::parse("[[]]", {.depth_max = 1}));
}

TEST_CASE("values answer for their own kind only", "[json]") {
  auto parsed = Document::parse(
      R"({"null":null,"yes":true,"text":"a\u0000\"\u20ac","number":-12,"big":9223372036854775808,)"
      R"("float":1.0,"array":[1,2],"object":{"inner":"x"}})");
  REQUIRE(parsed);
  const Document moved = std::move(*parsed);
  const Value root = moved.root();
  CHECK(root.size() == 8);
  CHECK(root.member("null")->is_null());
  CHECK_FALSE(root.member("null")->string());
  CHECK(root.member("yes")->boolean() == true);
  CHECK_FALSE(root.member("yes")->integer());
  CHECK(root.member("text")->string() == std::string_view("a\0\"\xe2\x82\xac", 6));
  CHECK_FALSE(root.member("text")->number_text());
  CHECK(root.member("number")->integer() == -12);
  CHECK_FALSE(root.member("number")->string());
  CHECK_FALSE(root.member("big")->integer());
  CHECK(root.member("big")->number_text() == "9223372036854775808");
  CHECK_FALSE(root.member("float")->integer());
  CHECK(root.member("array")->size() == 2);
  CHECK_FALSE(root.member("array")->member("0"));
  CHECK(root.member("object")->member("inner")->string() == "x");
  CHECK((*root.member("object")->begin()).name() == "inner");
  CHECK_FALSE(root.member("absent"));
}

TEST_CASE("what passes through is written again unchanged", "[json]") {
  const std::string text = GENERATE(values<std::string>({
      R"({"a":1.0,"b":-0,"c":1e5,"d":1E+05,"e":0.1,"f":-0.0,"g":18446744073709551615})",
      R"({"g":184467440737095516159,"h":123456789012345678901234567890.12345})",
      R"([1e308,-1e308,1.7976931348623157e308,0e999,-0.0e999,1e-400,5e-324,2e-324])",
      R"([[],{},"",null,true,false,[{"x":[0]}]])",
      R"("\"\\\b\f\n\r\t\u0000\u001f")",
      "\"\x7f\xc2\x80\xe2\x80\xa8\xf0\x9f\x90\xa7\"",
      R"({"z":1,"a":2,"M":3})",
  }));
  CHECK(rewrite(text) == text);
}

TEST_CASE("what is written again is never longer", "[json]") {
  CHECK(rewrite(" { \"a\" : [ 1 , 2 ] } ") == R"({"a":[1,2]})");
  CHECK(rewrite(R"("\u0041\/\u0008\u20AC\ud83d\ude00")") ==
        "\"A/\\b\xe2\x82\xac\xf0\x9f\x98\x80\"");
}

}  // namespace
}  // namespace floe::json
