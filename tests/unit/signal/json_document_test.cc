#include "floe/signal/json_document.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>

#include "floe/signal/json_writer.h"
#include "string_makers.h"

namespace floe::signal {
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
  const auto document = JsonDocument::parse(text);
  REQUIRE(document);
  return JsonWriter().value(document->root()).take();
}

struct Malformed {
  std::string text;
  JsonErrorCode error;
};

TEST_CASE("each way in which a text is no JSON has its own error", "[signal][json]") {
  const auto& [text, error] = GENERATE(values<Malformed>({
      {"", JsonErrorCode::syntax},
      {" ", JsonErrorCode::syntax},
      {"{", JsonErrorCode::syntax},
      {"[1,]", JsonErrorCode::syntax},
      {"{\"a\":1,}", JsonErrorCode::syntax},
      {"{a:1}", JsonErrorCode::syntax},
      {"{\"a\" 1}", JsonErrorCode::syntax},
      {"'a'", JsonErrorCode::syntax},
      {"NaN", JsonErrorCode::syntax},
      {"[Infinity]", JsonErrorCode::syntax},
      {"01", JsonErrorCode::syntax},
      {"+1", JsonErrorCode::syntax},
      {"1.", JsonErrorCode::syntax},
      {".5", JsonErrorCode::syntax},
      {"tru", JsonErrorCode::syntax},
      {"{} {}", JsonErrorCode::syntax},
      {"{}x", JsonErrorCode::syntax},
      {std::string("{}\0", 3), JsonErrorCode::syntax},
      {std::string("\"a\0b\"", 5), JsonErrorCode::syntax},
      {"\xef\xbb\xbf{}", JsonErrorCode::syntax},
      {"[1] // comment", JsonErrorCode::syntax},
      {"/**/1", JsonErrorCode::syntax},
      {"\"\\u12\"", JsonErrorCode::syntax},
      {"\"\\ud800\"", JsonErrorCode::syntax},
      {"\"\\udc00\\ud800\"", JsonErrorCode::syntax},
      {"\"\\x41\"", JsonErrorCode::syntax},
      {"\"a\nb\"", JsonErrorCode::syntax},
      {"\"a", JsonErrorCode::syntax},
      {"]", JsonErrorCode::syntax},
      {"[}", JsonErrorCode::syntax},
      {"1e999", JsonErrorCode::number_too_large},
      {"[-1e400]", JsonErrorCode::number_too_large},
      {"\"\xff\"", JsonErrorCode::bad_utf8},
      {"\"\xc0\xaf\"", JsonErrorCode::bad_utf8},
      {"\"\xed\xa0\x80\"", JsonErrorCode::bad_utf8},
      {"\"\xf4\x90\x80\x80\"", JsonErrorCode::bad_utf8},
      {"\"\xe2\x82\"", JsonErrorCode::bad_utf8},
      {nested(9), JsonErrorCode::too_deep},
      {"{\"a\":" + nested(8) + "}", JsonErrorCode::too_deep},
      {std::string(16000, '['), JsonErrorCode::too_deep},
      {elements(1024), JsonErrorCode::too_many_values},
      {"{\"a\":1,\"b\":2,\"a\":3}", JsonErrorCode::duplicate_name},
      {"{\"a\":1,\"\\u0061\":2}", JsonErrorCode::duplicate_name},
      {"[{\"x\":{\"\":1,\"\":1}}]", JsonErrorCode::duplicate_name},
      {std::string(kMessageSizeMax + 1, ' '), JsonErrorCode::text_too_long},
  }));
  CAPTURE(text.substr(0, 80));
  const auto document = JsonDocument::parse(text);
  REQUIRE_FALSE(document);
  CHECK(document.error().code == error);
  CHECK(document.error().position <= text.size());
}

TEST_CASE("an error says how far the text was read", "[signal][json]") {
  CHECK(JsonDocument::parse("{\"a\":1,,}").error().position == 8);
  CHECK(JsonDocument::parse("\"ab\xff\"").error().position == 4);
  CHECK(JsonDocument::parse("{\"a\":1,\"a\":2} ").error().position == 13);
  CHECK(JsonDocument::parse("[[[[[[[[[").error().position == 9);
}

TEST_CASE("what is exactly at a limit is read", "[signal][json]") {
  CHECK(JsonDocument::parse(nested(8)));
  CHECK(JsonDocument::parse(elements(1023)));
  CHECK(JsonDocument::parse("0" + std::string(kMessageSizeMax - 1, ' ')));
  const std::string long_text = "\"" + std::string(90'000, 'A') + "\"";
  CHECK_FALSE(JsonDocument::parse(long_text));
  CHECK(JsonDocument::parse(long_text, {.text_size_max = 100'000}));
  CHECK_FALSE(JsonDocument::parse("[0,0]", {.nodes_max = 2}));
  CHECK_FALSE(JsonDocument::parse("[[]]", {.depth_max = 1}));
}

TEST_CASE("values answer for their own kind only", "[signal][json]") {
  auto parsed = JsonDocument::parse(
      R"({"null":null,"yes":true,"text":"a\u0000\"\u20ac","number":-12,"big":9223372036854775808,)"
      R"("float":1.0,"array":[1,2],"object":{"inner":"x"}})");
  REQUIRE(parsed);
  const JsonDocument moved = std::move(*parsed);
  const JsonValue root = moved.root();
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

TEST_CASE("what passes through is written again unchanged", "[signal][json]") {
  const std::string text = GENERATE(values<std::string>({
      R"({"a":1.0,"b":-0,"c":1e5,"d":1E+05,"e":0.1,"f":-0.0,"g":18446744073709551615})",
      R"({"g":184467440737095516159,"h":123456789012345678901234567890.12345})",
      R"([[],{},"",null,true,false,[{"x":[0]}]])",
      R"("\"\\\b\f\n\r\t\u0000\u001f")",
      "\"\x7f\xc2\x80\xe2\x80\xa8\xf0\x9f\x90\xa7\"",
      R"({"z":1,"a":2,"M":3})",
  }));
  CHECK(rewrite(text) == text);
}

TEST_CASE("what is written again is never longer", "[signal][json]") {
  CHECK(rewrite(" { \"a\" : [ 1 , 2 ] } ") == R"({"a":[1,2]})");
  CHECK(rewrite(R"("\u0041\/\u0008\u20AC\ud83d\ude00")") ==
        "\"A/\\b\xe2\x82\xac\xf0\x9f\x98\x80\"");
}

}  // namespace
}  // namespace floe::signal
