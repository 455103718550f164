// What is wrong with an SDP text, and in which line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "floe/ice/candidate_grammar.h"

namespace floe::sdp {

enum class ProblemCode : std::uint8_t {
  // The text is refused as a whole.
  text_too_long,
  not_sdp,         ///< does not begin with "v=0"
  bad_character,   ///< a NUL, or a carriage return within a line
  bad_line,        ///< not a type letter of RFC 8866 and "="
  bad_media_line,  ///< without it the section of the following lines is unknown
  too_many_sections,
  bad_mid,
  duplicate_mid,  ///< two sections with the same SessionDescription::name()
  bad_ufrag,
  bad_password,
  conflicting_values,  ///< ice-ufrag, ice-pwd or mid twice at one level, and not the same
  missing_ufrag,       ///< a section that is not rejected has none, nor has the session
  missing_password,
  missing_setup,    ///< fingerprints, but nobody knows who begins DTLS
  wrong_setup,      ///< holdconn; or actpass in an answer
  not_convertible,  ///< a message that SDP cannot express
  foreign_message,  ///< a message of another generation than the others
  no_description,   ///< among messages of which a description is to be made
  // One line, or one candidate of a message, is skipped; the rest counts.
  bad_candidate,
  too_many_candidates,
  misplaced_attribute,  ///< a session attribute in a media section, or the other way round
  repeated_attribute,   ///< the first counts
  bad_bundle,
  too_many_bundles,
  bad_ice_option,
  too_many_ice_options,
  bad_number,
  bad_setup,
  bad_fingerprint,
  too_many_fingerprints,
  bad_tls_id,
  bad_connection,
  unknown_mid,  ///< candidates for a section that the text does not have
};

/// True for a problem that makes the text unusable, false for a part that was skipped.
bool is_fatal(ProblemCode code);

struct Problem {
  ProblemCode code = ProblemCode::not_sdp;
  std::uint32_t line = 0;                        ///< from 1; 0: not of a line of text
  std::optional<ice::CandidateError> candidate;  ///< with bad_candidate

  bool operator==(const Problem&) const = default;
};

/// A sentence for people: where, and what is wrong.
std::string to_text(const Problem& problem);
std::string_view to_text(ProblemCode code);

/// The parts that were skipped. Limit: kProblemsKept are kept, all are counted.
class Problems {
 public:
  void add(const Problem& problem);
  void add(const Problems& others);

  const std::vector<Problem>& kept() const { return kept_; }
  std::uint32_t count() const { return count_; }

 private:
  std::vector<Problem> kept_;
  std::uint32_t count_ = 0;
};

}  // namespace floe::sdp
