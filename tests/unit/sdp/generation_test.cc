// The messages of one generation as one description.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/sdp/message_conversion.h"
#include "sdp/shapes.h"
#include "sdp/string_makers.h"

namespace floe::sdp {
namespace {

using Messages = std::vector<signal::Message>;

const std::string kHost(kHostLine);
const std::string kReflexive(kReflexiveLine);

signal::Description description(std::vector<signal::CandidateInit> candidates = {}) {
  signal::Description message;
  message.credentials = {"Ab3d", std::string(kPassword)};
  message.candidates = std::move(candidates);
  return message;
}

signal::CandidateMessage candidate(const std::string& line, const std::string& mid = "0") {
  return {"Ab3d", {line, mid}};
}

SessionDescription made_of(const Messages& messages, const DataSession& session = {}) {
  const auto made = to_description(messages, session);
  if (!made) FAIL(to_text(made.error()));
  CHECK(made->skipped.count() == 0);
  return made->description;
}

ProblemCode refusal_of(const Messages& messages) {
  const auto made = to_description(messages);
  REQUIRE_FALSE(made);
  CHECK(is_fatal(made.error().code));
  return made.error().code;
}

TEST_CASE("candidates that followed a description are in its text", "[sdp]") {
  const auto made = made_of(
      {description({{kHost, "0"}}), candidate(kReflexive), signal::EndOfCandidates{"Ab3d", "0"}});
  REQUIRE(made.media.size() == 1);
  CHECK(made.media[0].candidates == std::vector<std::string>{kHost, kReflexive});
  CHECK(made.media[0].own.end_of_candidates);
  CHECK(made.media[0].own.host == "198.51.100.7");
}

TEST_CASE("candidates may come before their description, and descriptions twice", "[sdp]") {
  auto ended = description({{kHost, "0"}});
  ended.end_of_candidates = true;
  const auto made =
      made_of({candidate(kReflexive), ended, candidate(kHost), description({{kHost, "0"}})});
  CHECK(made.media[0].candidates == std::vector<std::string>{kReflexive, kHost});
  CHECK(made.media[0].own.end_of_candidates);
}

TEST_CASE("a candidate that was removed is not in the text", "[sdp]") {
  const auto made = made_of({description({{kHost, "0"}}), candidate(kReflexive),
                             signal::CandidateRemoved{"Ab3d", {kHost, "0"}}});
  CHECK(made.media[0].candidates == std::vector<std::string>{kReflexive});
}

TEST_CASE("sections end each for itself", "[sdp]") {
  const auto made =
      made_of({description(), signal::EndOfCandidates{"Ab3d", "b"}, candidate(kHost, "a")});
  REQUIRE(made.media.size() == 2);
  CHECK(made.media[0].mid == "b");
  CHECK(made.media[0].own.end_of_candidates);
  CHECK_FALSE(made.media[1].own.end_of_candidates);
}

TEST_CASE("sections with candidates of their own are not bundled", "[sdp]") {
  const Messages one = {description({{kHost, "a"}})};
  CHECK(made_of(one, {.mids = {"a", "b"}}).bundles ==
        std::vector<std::vector<std::string>>{{"a", "b"}});
  CHECK(made_of(one, {.mids = {"a", "b"}, .bundle = false}).bundles.empty());
  CHECK(made_of({description({{kHost, "a"}, {kHost, "b"}})}).bundles.empty());
}

TEST_CASE("messages that are no generation are refused", "[sdp]") {
  auto restarted = description();
  restarted.credentials.password = kOtherPassword;
  CHECK(refusal_of({}) == ProblemCode::no_description);
  CHECK(refusal_of({candidate(kHost)}) == ProblemCode::no_description);
  CHECK(refusal_of({description(), restarted}) == ProblemCode::foreign_message);
  CHECK(refusal_of({description(), signal::CandidateMessage{"old1", {kHost, "0"}}}) ==
        ProblemCode::foreign_message);
  CHECK(refusal_of({signal::EndOfCandidates{"old1", "0"}, description()}) ==
        ProblemCode::foreign_message);
  CHECK(refusal_of({description(), signal::RestartRequest{}}) == ProblemCode::not_convertible);
  CHECK(refusal_of({description(), signal::Bye{}}) == ProblemCode::not_convertible);
  CHECK(refusal_of({description(), signal::Reveal{}}) == ProblemCode::not_convertible);
  CHECK(refusal_of({description(), candidate(kHost, "a b")}) == ProblemCode::bad_mid);
}

TEST_CASE("what a browser's description became is one text again", "[sdp]") {
  const std::string_view text =
      GENERATE(kChromiumOffer, kChromiumGathered, kFirefoxOffer, kSafariOffer, kLiteAnswer);
  const auto read = parse_description(text);
  REQUIRE(read);
  auto messages = to_messages(read->description);
  REQUIRE(messages);
  const auto again = parse_description(write_description(made_of(*messages)));
  REQUIRE(again);
  const auto messages_again = to_messages(again->description);
  REQUIRE(messages_again);
  // A description that is written is one for data channels.
  auto& described = std::get<signal::Description>(messages->front());
  if (!described.sctp) described.sctp = DataSession().sctp;
  CHECK(*messages_again == *messages);
}

}  // namespace
}  // namespace floe::sdp
