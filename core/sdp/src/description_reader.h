// Takes the lines of a description or fragment one by one and builds a SessionDescription.
//
// The m-lines divide the text: lines before the first m-line belong to the session, lines after an
// m-line to its section.
#pragma once

#include <optional>
#include <string_view>

#include "floe/sdp/description_codec.h"
#include "line_reader.h"

namespace floe::sdp {

enum class TextKind : std::uint8_t { description, fragment };

class DescriptionReader {
 public:
  explicit DescriptionReader(TextKind kind) : kind_(kind) {}

  /// The problem, if this line makes the whole text unusable.
  std::optional<Problem> read(const Line& line);
  /// Call it after the last line.
  Result<ReadDescription, Problem> finish();

 private:
  using Outcome = std::optional<ProblemCode>;
  enum class Place : std::uint8_t { session, media, either };
  struct Attribute {
    std::string_view name;
    Place place;
    bool in_fragments;  ///< RFC 8840, section 9 allows it
    Outcome (DescriptionReader::*read)(std::string_view value);
  };
  static const Attribute kAttributes[];

  Outcome read_line(const Line& line);
  Outcome read_attribute(const Line& line);
  Outcome read_media(std::string_view value);
  Outcome read_origin(std::string_view value);
  Outcome read_connection(std::string_view value);

  Outcome read_ufrag(std::string_view value);
  Outcome read_password(std::string_view value);
  Outcome read_ice_options(std::string_view value);
  Outcome read_ice_lite(std::string_view value);
  Outcome read_ice_pacing(std::string_view value);
  Outcome read_end_of_candidates(std::string_view value);
  Outcome read_candidate(std::string_view value);
  Outcome read_group(std::string_view value);
  Outcome read_mid(std::string_view value);
  Outcome read_setup(std::string_view value);
  Outcome read_fingerprint(std::string_view value);
  Outcome read_tls_id(std::string_view value);
  Outcome read_bundle_only(std::string_view value);
  Outcome read_rtcp_mux(std::string_view value);
  Outcome read_rtcp(std::string_view value);
  Outcome read_sctp_port(std::string_view value);
  Outcome read_max_message_size(std::string_view value);

  SessionDescription& description() { return result_.description; }
  MediaSection& section() { return description().media.back(); }
  bool in_session() { return description().media.empty(); }
  Attributes& attributes() { return in_session() ? description().session : section().own; }
  bool is_bundled(std::string_view mid);

  TextKind kind_;
  ReadDescription result_;
  std::optional<ice::CandidateError> candidate_error_;  // of the line that is being read
};

}  // namespace floe::sdp
