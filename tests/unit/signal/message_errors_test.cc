#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <set>
#include <string>

#include "floe/json/document.h"
#include "floe/signal/limits.h"
#include "floe/signal/message_codec.h"
#include "string_makers.h"

namespace floe::signal {
namespace {

std::string repeat(std::string_view text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

/// A description that is right but for what `members` adds.
std::string description(std::string_view members) {
  return R"({"type":"description","usernameFragment":"Ab3d","password":"0123456789abcdefghijkl",)" +
         std::string(members) + "}";
}

std::string with_fragment(std::string_view type, std::string_view members) {
  return R"({"type":")" + std::string(type) + R"(","usernameFragment":"Ab3d",)" +
         std::string(members) + "}";
}

std::string list(std::string_view entry, std::size_t count) {
  std::string text = "[" + repeat(std::string(entry) + ",", count);
  text.back() = ']';
  return text;
}

struct Malformed {
  std::string text;
  MessageError error;
};

TEST_CASE("each way in which a peer's message is wrong has its own error", "[signal][codec]") {
  using enum MessageError;
  const auto& [text, error] = GENERATE(values<Malformed>({
      {std::string(kMessageSizeMax + 1, 'x'), text_too_long},
      {"{\"type\":\"\xff\"}", bad_utf8},
      {"{\"type\":\"bye\"", bad_json},
      {R"({"type":"bye"}{"type":"bye"})", bad_json},
      {R"({"type":"bye","x":1e999})", number_too_large},
      {R"({"type":"bye","x":[[[[[[[[]]]]]]]]})", too_deep},
      {R"({"type":"bye","x":)" + list("0", 1024) + "}", too_many_values},
      {R"({"type":"bye","type":"restart"})", duplicate_member},
      {R"(["type","bye"])", not_an_object},
      {R"("bye")", not_an_object},
      {"null", not_an_object},
      {R"({"Type":"bye"})", missing_type},
      {R"({"type":7})", bad_type},
      {R"({"type":null})", bad_type},
      {R"({"type":")" + repeat("t", 65) + R"("})", bad_type},
      {R"({"type":"Bye"})", unknown_type},
      {R"({"type":"description","password":"0123456789abcdefghijkl"})", missing_username_fragment},
      {R"({"type":"candidate","candidate":"x"})", missing_username_fragment},
      {R"({"type":"end-of-candidates"})", missing_username_fragment},
      {R"({"type":"end-of-candidates","usernameFragment":"Ab3"})", bad_username_fragment},
      {R"({"type":"end-of-candidates","usernameFragment":"Ab3 "})", bad_username_fragment},
      {R"({"type":"end-of-candidates","usernameFragment":4444})", bad_username_fragment},
      {R"({"type":"end-of-candidates","usernameFragment":")" + repeat("u", 257) + R"("})",
       bad_username_fragment},
      {R"({"type":"description","usernameFragment":"Ab3d"})", missing_password},
      {R"({"type":"description","usernameFragment":"Ab3d","password":"short"})", bad_password},
      {R"({"type":"description","usernameFragment":"Ab3d","password":"0123456789abcdefghij -"})",
       bad_password},
      {R"({"type":"description","usernameFragment":"Ab3d","password":")" + repeat("p", 257) +
           R"("})",
       bad_password},
      {description(R"("iceLite":"yes")"), bad_ice_lite},
      {description(R"("iceLite":1)"), bad_ice_lite},
      {description(R"("icePacing":"50")"), bad_ice_pacing},
      {description(R"("icePacing":-1)"), bad_ice_pacing},
      {description(R"("icePacing":4294967296)"), bad_ice_pacing},
      {description(R"("icePacing":0.5)"), bad_ice_pacing},
      {description(R"("iceOptions":"trickle")"), bad_ice_options},
      {description(R"("iceOptions":[""])"), bad_ice_options},
      {description(R"("iceOptions":[1])"), bad_ice_options},
      {description(R"("iceOptions":[")" + repeat("o", 65) + R"("])"), bad_ice_options},
      {description(R"("iceOptions":)" + list(R"("o")", 17)), too_many_ice_options},
      {description(R"("role":"boss")"), bad_role},
      {description(R"("role":true)"), bad_role},
      {description(R"("remoteUsernameFragment":"a b c d")"), bad_remote_username_fragment},
      {description(R"("remoteUsernameFragment":"abc")"), bad_remote_username_fragment},
      {description(R"("candidates":{})"), bad_candidates},
      {with_fragment("candidate", R"("sdpMid":"0")"), missing_candidate},
      {with_fragment("candidate", R"("candidate":null)"), missing_candidate},
      {with_fragment("candidate", R"("candidate":[])"), bad_candidate},
      {with_fragment("candidate", R"("candidate":")" + repeat("c", 513) + R"(")"), bad_candidate},
      {with_fragment("candidate", R"("candidate":"x","sdpMid":")" + repeat("m", 65) + R"(")"),
       bad_sdp_mid},
      {with_fragment("candidate-removed", R"("candidate":"")"), missing_candidate},
      {description(R"("endOfCandidates":0)"), bad_end_of_candidates},
      {R"({"type":"bye","reason":7})", bad_reason},
      {R"({"type":"bye","reason":")" + repeat("r", 201) + R"("})", bad_reason},
  }));
  CAPTURE(text.substr(0, 200));
  const auto parsed = parse_message(text);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error() == error);
}

TEST_CASE("an odd entry among the candidates costs no more than itself", "[signal][codec]") {
  const auto read = [](const std::string& entries) {
    const auto message = parse_message(description(R"("candidates":)" + entries));
    REQUIRE(message);
    return std::get<Description>(message->message);
  };
  for (const char* odd : {R"("candidate:1")", R"({"sdpMid":"0"})", "7", "[]", "null",
                          R"({"candidate":"x","sdpMid":0})", R"({"candidate":7})"}) {
    CAPTURE(odd);
    const Description taken = read("[" + std::string(odd) + R"(,{"candidate":"good"}])");
    REQUIRE(taken.candidates.size() == 1);
    CHECK(taken.candidates[0].candidate == "good");
    CHECK(taken.candidates_skipped == 1);
  }
  const std::size_t more = kCandidatesMax + 3;
  const Description many = read(list(R"({"candidate":"x"})", more));
  CHECK(many.candidates.size() == kCandidatesMax);
  CHECK(many.candidates_skipped == 3);
}

TEST_CASE("each way in which a room's message is wrong has its own error", "[signal][codec]") {
  using enum MessageError;
  const auto& [text, error] = GENERATE(values<Malformed>({
      {R"({"type":"join"})", missing_name},
      {R"({"type":"join","name":""})", bad_name},
      {R"({"type":"join","name":"a b"})", bad_name},
      {R"({"type":"join","name":"../x"})", bad_name},
      {R"({"type":"join","name":7})", bad_name},
      {R"({"type":"join","name":")" + repeat("n", 65) + R"("})", bad_name},
      {R"({"type":"join","name":"page","token":7})", bad_token},
      {R"({"type":"join","name":"page","token":")" + repeat("t", 4097) + R"("})", bad_token},
      {R"({"type":"join","name":"page","resume":{}})", bad_resume},
      {R"({"type":"join","name":"page","offers":"echo"})", bad_offers},
      {R"({"type":"join","name":"page","offers":{}})", bad_offers},
      {R"({"type":"join","name":"page","offers":[7]})", bad_offers},
      {R"({"type":"join","name":"page","offers":[null]})", bad_offers},
      {R"({"type":"join","name":"page","offers":["echo",""]})", bad_offers},
      {R"({"type":"join","name":"page","offers":["two words"]})", bad_offers},
      {R"({"type":"join","name":"page","offers":[")" + repeat("o", 65) + R"("]})", bad_offers},
      {R"({"type":"join","name":"page","offers":)" + list(R"("echo")", 9) + "}", bad_offers},
      {R"({"type":"joined"})", missing_self},
      {R"({"type":"joined","self":"p 1"})", bad_self},
      {R"({"type":"joined","self":"p1","peers":{}})", bad_peers},
      {R"({"type":"joined","self":"p1","peers":[{"id":"p2"}]})", bad_peers},
      {R"({"type":"joined","self":"p1","peers":[7]})", bad_peers},
      {R"({"type":"joined","self":"p1","peers":)" + list(R"({"id":"p2","name":"n"})", 65) + "}",
       too_many_peers},
      {R"({"type":"joined","self":"p1","peers":[{"id":"p2","name":"n","offers":7}]})", bad_offers},
      {R"({"type":"peer-joined"})", missing_peer},
      {R"({"type":"peer-joined","peer":"p1"})", bad_peer},
      {R"({"type":"peer-joined","peer":{"id":"p1","name":"n","offers":[[]]}})", bad_offers},
      {R"({"type":"peer-left"})", missing_peer},
      {R"({"type":"peer-left","peer":{"id":"p1"}})", bad_peer},
      {R"({"type":"peer-left","peer":"p1","reason":1})", bad_reason},
      {R"({"type":"error"})", missing_code},
      {R"({"type":"error","code":429})", bad_code},
      {R"({"type":"error","code":"rate","message":[]})", bad_error_text},
  }));
  CAPTURE(text.substr(0, 200));
  const auto parsed = parse_room_message(text);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error() == error);
}

TEST_CASE("each way in which an envelope is wrong has its own error", "[signal][codec]") {
  using enum MessageError;
  const auto& [text, error] = GENERATE(values<Malformed>({
      {"[]", not_an_object},
      {R"({"to":"p 1"})", bad_to},
      {R"({"to":1})", bad_to},
      {R"({"from":""})", bad_from},
      {R"({"seq":-1})", bad_seq},
      {R"({"seq":1.5})", bad_seq},
      {R"({"seq":"1"})", bad_seq},
  }));
  CAPTURE(text);
  const auto document = json::Document::parse(text);
  REQUIRE(document);
  const auto envelope = parse_envelope(document->root());
  REQUIRE_FALSE(envelope);
  CHECK(envelope.error() == error);
}

TEST_CASE("every error has words of its own", "[signal][codec]") {
  std::set<std::string_view> texts;
  const auto count = static_cast<unsigned>(MessageError::bad_seq) + 1;
  for (unsigned i = 0; i < count; ++i) texts.insert(to_text(static_cast<MessageError>(i)));
  CHECK(texts.size() == count);
  CHECK(texts.count("?") == 0);
}

}  // namespace
}  // namespace floe::signal
