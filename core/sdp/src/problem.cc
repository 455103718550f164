#include "floe/sdp/problem.h"

#include <iterator>

#include "floe/sdp/limits.h"

namespace floe::sdp {
namespace {

struct Sentence {
  ProblemCode code;
  std::string_view text;
};

/// In the order of the enumerators.
constexpr Sentence kSentences[] = {
    {ProblemCode::text_too_long, "the text is longer than 256 KiB"},
    {ProblemCode::not_sdp, "the text does not begin with \"v=0\""},
    {ProblemCode::bad_character, "a NUL, or a carriage return that does not end the line"},
    {ProblemCode::bad_line, "the line does not begin with an SDP type letter and \"=\""},
    {ProblemCode::bad_media_line, "the m-line does not have media, port, protocol and formats"},
    {ProblemCode::too_many_sections, "more than 256 media sections"},
    {ProblemCode::bad_mid, "mid is not a token of 1 to 64 bytes"},
    {ProblemCode::duplicate_mid, "two media sections have the same mid"},
    {ProblemCode::bad_ufrag, "ice-ufrag is not 4 to 256 letters, digits, \"+\" or \"/\""},
    {ProblemCode::bad_password, "ice-pwd is not 22 to 256 letters, digits, \"+\" or \"/\""},
    {ProblemCode::conflicting_values, "the attribute occurs twice, with different values"},
    {ProblemCode::missing_ufrag, "neither the media section nor the session has ice-ufrag"},
    {ProblemCode::missing_password, "neither the media section nor the session has ice-pwd"},
    {ProblemCode::missing_setup,
     "a media section has a fingerprint, but no setup: who begins DTLS?"},
    {ProblemCode::wrong_setup,
     "DTLS has setup:active or setup:passive; in an offer also setup:actpass"},
    {ProblemCode::not_convertible, "SDP cannot express this message"},
    {ProblemCode::foreign_message, "the message belongs to another username fragment"},
    {ProblemCode::no_description, "no message is a description, which has the credentials"},
    {ProblemCode::bad_candidate, "the candidate cannot be read"},
    {ProblemCode::too_many_candidates, "more than 256 candidates in one media section"},
    {ProblemCode::misplaced_attribute,
     "a session attribute in a media section, or a media attribute in the session"},
    {ProblemCode::repeated_attribute, "the attribute occurs twice; the first counts"},
    {ProblemCode::bad_bundle, "a BUNDLE group names something that is no mid"},
    {ProblemCode::too_many_bundles, "more than 16 BUNDLE groups"},
    {ProblemCode::bad_ice_option, "an ICE option is not 1 to 64 visible characters"},
    {ProblemCode::too_many_ice_options, "more than 16 ICE options"},
    {ProblemCode::bad_number, "the value is not a number in its range"},
    {ProblemCode::bad_setup, "setup is not active, passive, actpass or holdconn"},
    {ProblemCode::bad_fingerprint,
     "fingerprint is not an algorithm and pairs of hexadecimal digits, at most 64"},
    {ProblemCode::too_many_fingerprints, "more than 4 fingerprints"},
    {ProblemCode::bad_tls_id,
     "tls-id is not 20 to 255 letters, digits or \"+\", \"/\", \"-\", \"_\""},
    {ProblemCode::bad_connection, "not \"IN\", \"IP4\" or \"IP6\", and such an address or a name"},
    {ProblemCode::unknown_mid, "candidates for a media section that the text does not have"},
};

constexpr bool are_in_order() {
  for (std::size_t i = 0; i < std::size(kSentences); ++i) {
    if (kSentences[i].code != static_cast<ProblemCode>(i)) return false;
  }
  return std::size(kSentences) == static_cast<std::size_t>(ProblemCode::unknown_mid) + 1;
}
static_assert(are_in_order());

}  // namespace

bool is_fatal(ProblemCode code) {
  return code < ProblemCode::bad_candidate;
}

std::string_view to_text(ProblemCode code) {
  const auto index = static_cast<std::size_t>(code);
  return index < std::size(kSentences) ? kSentences[index].text : "?";
}

std::string to_text(const Problem& problem) {
  std::string text;
  if (problem.line != 0) text = "line " + std::to_string(problem.line) + ": ";
  text += to_text(problem.code);
  if (problem.candidate) text += ": " + std::string(ice::to_text(*problem.candidate));
  return text;
}

void Problems::add(const Problem& problem) {
  ++count_;
  if (kept_.size() < kProblemsKept) kept_.push_back(problem);
}

void Problems::add(const Problems& others) {
  for (const Problem& problem : others.kept_) add(problem);
  count_ += others.count_ - static_cast<std::uint32_t>(others.kept_.size());
}

}  // namespace floe::sdp
