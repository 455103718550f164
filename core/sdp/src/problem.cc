#include "floe/sdp/problem.h"

#include "floe/sdp/limits.h"

namespace floe::sdp {

bool is_fatal(ProblemCode code) {
  return code < ProblemCode::bad_candidate;
}

std::string_view to_text(ProblemCode code) {
  switch (code) {
    case ProblemCode::text_too_long:
      return "the text is longer than 256 KiB";
    case ProblemCode::not_sdp:
      return "the text does not begin with \"v=0\"";
    case ProblemCode::bad_character:
      return "a NUL, or a carriage return that does not end the line";
    case ProblemCode::bad_line:
      return "the line does not begin with an SDP type letter and \"=\"";
    case ProblemCode::bad_media_line:
      return "the m-line does not have media, port, protocol and formats";
    case ProblemCode::too_many_sections:
      return "more than 256 media sections";
    case ProblemCode::bad_mid:
      return "mid is not a token of 1 to 64 bytes";
    case ProblemCode::duplicate_mid:
      return "two media sections have the same mid";
    case ProblemCode::bad_ufrag:
      return "ice-ufrag is not 4 to 256 letters, digits, \"+\" or \"/\"";
    case ProblemCode::bad_password:
      return "ice-pwd is not 22 to 256 letters, digits, \"+\" or \"/\"";
    case ProblemCode::conflicting_values:
      return "the attribute occurs twice, with different values";
    case ProblemCode::missing_ufrag:
      return "neither the media section nor the session has ice-ufrag";
    case ProblemCode::missing_password:
      return "neither the media section nor the session has ice-pwd";
    case ProblemCode::not_convertible:
      return "SDP cannot express this message";
    case ProblemCode::foreign_message:
      return "the message belongs to another username fragment";
    case ProblemCode::no_description:
      return "no message is a description, which has the credentials";
    case ProblemCode::bad_candidate:
      return "the candidate cannot be read";
    case ProblemCode::too_many_candidates:
      return "more than 256 candidates in one media section";
    case ProblemCode::misplaced_attribute:
      return "a session attribute in a media section, or a media attribute in the session";
    case ProblemCode::repeated_attribute:
      return "the attribute occurs twice; the first counts";
    case ProblemCode::bad_bundle:
      return "a BUNDLE group names something that is no mid";
    case ProblemCode::too_many_bundles:
      return "more than 16 BUNDLE groups";
    case ProblemCode::bad_ice_option:
      return "an ICE option is not 1 to 64 visible characters";
    case ProblemCode::too_many_ice_options:
      return "more than 16 ICE options";
    case ProblemCode::bad_number:
      return "the value is not a number in its range";
    case ProblemCode::bad_setup:
      return "setup is not active, passive, actpass or holdconn";
    case ProblemCode::bad_fingerprint:
      return "fingerprint is not an algorithm and pairs of hexadecimal digits";
    case ProblemCode::too_many_fingerprints:
      return "more than 8 fingerprints";
    case ProblemCode::bad_connection:
      return "not \"IN\", \"IP4\" or \"IP6\", and such an address or a name";
    case ProblemCode::unknown_mid:
      return "candidates for a media section that the text does not have";
  }
  return "?";
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
