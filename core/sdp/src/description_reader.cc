#include "description_reader.h"

#include "attribute_values.h"
#include "words.h"

namespace floe::sdp {
namespace {

using Outcome = std::optional<ProblemCode>;

/// Of two different values, two readers may believe different ones. So a repeated identity must not
/// differ.
Outcome set_identity(std::string& member, std::string_view value) {
  if (!member.empty() && member != value) return ProblemCode::conflicting_values;
  member = value;
  return std::nullopt;
}

template <class T>
Outcome set_once(std::optional<T>& member, std::optional<T> value, ProblemCode unreadable) {
  if (!value) return unreadable;
  if (member) return ProblemCode::repeated_attribute;
  member = std::move(value);
  return std::nullopt;
}

bool contains(const std::vector<std::string>& texts, std::string_view text) {
  return std::ranges::find(texts, text) != texts.end();
}

}  // namespace

const DescriptionReader::Attribute DescriptionReader::kAttributes[] = {
    {"ice-ufrag", Place::either, true, &DescriptionReader::read_ufrag},
    {"ice-pwd", Place::either, true, &DescriptionReader::read_password},
    {"ice-options", Place::either, true, &DescriptionReader::read_ice_options},
    {"ice-lite", Place::session, true, &DescriptionReader::read_ice_lite},
    {"ice-pacing", Place::session, true, &DescriptionReader::read_ice_pacing},
    {"end-of-candidates", Place::either, true, &DescriptionReader::read_end_of_candidates},
    {"candidate", Place::media, true, &DescriptionReader::read_candidate},
    {"group", Place::session, true, &DescriptionReader::read_group},
    {"mid", Place::media, true, &DescriptionReader::read_mid},
    {"bundle-only", Place::media, true, &DescriptionReader::read_bundle_only},
    {"rtcp-mux", Place::media, true, &DescriptionReader::read_rtcp_mux},
    {"rtcp-mux-only", Place::media, true, &DescriptionReader::read_rtcp_mux},
    {"rtcp", Place::media, true, &DescriptionReader::read_rtcp},
    {"setup", Place::either, false, &DescriptionReader::read_setup},
    {"fingerprint", Place::either, false, &DescriptionReader::read_fingerprint},
    // Deviation: RFC 8842, section 4, has it in media sections only. RFC 9429, section 5.8.1, reads
    // one of the session, too, and there is nothing else that it could mean.
    {"tls-id", Place::either, false, &DescriptionReader::read_tls_id},
    {"sctp-port", Place::media, false, &DescriptionReader::read_sctp_port},
    {"max-message-size", Place::media, false, &DescriptionReader::read_max_message_size},
};

std::optional<Problem> DescriptionReader::read(const Line& line) {
  candidate_error_.reset();
  const Outcome outcome = read_line(line);
  if (!outcome) return std::nullopt;
  const Problem problem{*outcome, line.number, candidate_error_};
  if (is_fatal(*outcome)) return problem;
  result_.skipped.add(problem);
  return std::nullopt;
}

Result<ReadDescription, Problem> DescriptionReader::finish() {
  const std::vector<MediaSection>& media = description().media;
  for (std::size_t i = 0; i < media.size(); ++i) {
    // It would be unclear which of the two sections a candidate is for.
    if (media[i].mid.empty() &&
        std::ranges::find(media, description().name(i), &MediaSection::mid) != media.end()) {
      return Problem{ProblemCode::duplicate_mid, 0, {}};
    }
  }
  return std::move(result_);
}

Outcome DescriptionReader::read_line(const Line& line) {
  switch (line.type) {
    case 'a':
      return read_attribute(line);
    case 'm':
      return read_media(line.value);
    case 'o':
      return kind_ == TextKind::description ? read_origin(line.value) : std::nullopt;
    case 'c':
      return kind_ == TextKind::description ? read_connection(line.value) : std::nullopt;
    default:
      return std::nullopt;
  }
}

Outcome DescriptionReader::read_attribute(const Line& line) {
  for (const Attribute& attribute : kAttributes) {
    if (attribute.name != line.name()) continue;
    if (kind_ == TextKind::fragment && !attribute.in_fragments) return std::nullopt;
    const Place here = in_session() ? Place::session : Place::media;
    if (attribute.place != Place::either && attribute.place != here) {
      return ProblemCode::misplaced_attribute;
    }
    return (this->*attribute.read)(line.attribute_value());
  }
  return std::nullopt;
}

Outcome DescriptionReader::read_media(std::string_view value) {
  if (description().media.size() == kMediaSectionsMax) return ProblemCode::too_many_sections;
  auto section = parse_media_line(value);
  if (!section) return ProblemCode::bad_media_line;
  description().media.push_back(std::move(*section));
  return std::nullopt;
}

Outcome DescriptionReader::read_origin(std::string_view value) {
  Words words(value);
  words.next();  // the user
  const auto id = parse_number<std::uint64_t>(words.next(), UINT64_MAX);
  const auto version = parse_number<std::uint64_t>(words.next(), UINT64_MAX);
  if (!id || !version) return ProblemCode::bad_number;
  description().session_id = *id;
  description().session_version = *version;
  return std::nullopt;
}

Outcome DescriptionReader::read_connection(std::string_view value) {
  auto host = parse_connection(value);
  if (!host) return ProblemCode::bad_connection;
  if (!attributes().host.empty()) return ProblemCode::repeated_attribute;
  attributes().host = std::move(*host);
  return std::nullopt;
}

Outcome DescriptionReader::read_ufrag(std::string_view value) {
  if (!ice::is_valid_ufrag(value)) return ProblemCode::bad_ufrag;
  return set_identity(attributes().ufrag, value);
}

Outcome DescriptionReader::read_password(std::string_view value) {
  if (!ice::is_valid_password(value)) return ProblemCode::bad_password;
  return set_identity(attributes().password, value);
}

Outcome DescriptionReader::read_ice_options(std::string_view value) {
  Outcome outcome;
  std::vector<std::string>& options = attributes().ice_options;
  const std::size_t others = in_session() ? 0 : description().session.ice_options.size();
  for (Words words(value); !words.empty();) {
    const std::string_view option = words.next();
    if (!is_ice_option(option)) {
      outcome = ProblemCode::bad_ice_option;
    } else if (!contains(options, option)) {
      if (options.size() + others >= kIceOptionsMax) return ProblemCode::too_many_ice_options;
      options.emplace_back(option);
    }
  }
  return outcome;
}

Outcome DescriptionReader::read_ice_lite(std::string_view) {
  description().ice_lite = true;
  return std::nullopt;
}

Outcome DescriptionReader::read_ice_pacing(std::string_view value) {
  return set_once(description().ice_pacing_ms, parse_number<std::uint32_t>(value, UINT32_MAX),
                  ProblemCode::bad_number);
}

Outcome DescriptionReader::read_end_of_candidates(std::string_view) {
  attributes().end_of_candidates = true;
  return std::nullopt;
}

Outcome DescriptionReader::read_candidate(std::string_view value) {
  if (section().candidates.size() == kCandidatesPerSectionMax) {
    return ProblemCode::too_many_candidates;
  }
  std::string line = "candidate:";
  line += value.substr(0, ice::kCandidateLineSizeMax);
  if (const auto parsed = ice::parse_candidate_line(line); !parsed) {
    candidate_error_ = parsed.error();
    return ProblemCode::bad_candidate;
  }
  section().candidates.push_back(std::move(line));
  return std::nullopt;
}

bool DescriptionReader::is_bundled(std::string_view mid) {
  return std::ranges::any_of(description().bundles,
                             [&](const auto& bundle) { return contains(bundle, mid); });
}

Outcome DescriptionReader::read_group(std::string_view value) {
  Words words(value);
  if (words.next() != "BUNDLE") return std::nullopt;
  if (description().bundles.size() == kBundlesMax) return ProblemCode::too_many_bundles;
  std::size_t others = 0;
  for (const auto& bundle : description().bundles) others += bundle.size();
  std::vector<std::string> mids;
  while (!words.empty()) {
    const std::string_view mid = words.next();
    // RFC 9143: an identification-tag is in one BUNDLE group at most.
    if (!is_mid(mid) || contains(mids, mid) || is_bundled(mid)) return ProblemCode::bad_bundle;
    if (mids.size() + others == kMediaSectionsMax) return ProblemCode::bad_bundle;
    mids.emplace_back(mid);
  }
  description().bundles.push_back(std::move(mids));
  return std::nullopt;
}

Outcome DescriptionReader::read_mid(std::string_view value) {
  if (!is_mid(value)) return ProblemCode::bad_mid;
  for (const MediaSection& other : description().media) {
    if (&other != &section() && other.mid == value) return ProblemCode::duplicate_mid;
  }
  return set_identity(section().mid, value);
}

Outcome DescriptionReader::read_setup(std::string_view value) {
  return set_once(attributes().setup, parse_setup(value), ProblemCode::bad_setup);
}

Outcome DescriptionReader::read_fingerprint(std::string_view value) {
  auto fingerprint = parse_fingerprint(value);
  if (!fingerprint) return ProblemCode::bad_fingerprint;
  if (attributes().fingerprints.size() == kFingerprintsMax) {
    return ProblemCode::too_many_fingerprints;
  }
  attributes().fingerprints.push_back(std::move(*fingerprint));
  return std::nullopt;
}

Outcome DescriptionReader::read_tls_id(std::string_view value) {
  if (!is_tls_id(value)) return ProblemCode::bad_tls_id;
  if (!attributes().tls_id.empty()) return ProblemCode::repeated_attribute;
  attributes().tls_id = value;
  return std::nullopt;
}

Outcome DescriptionReader::read_bundle_only(std::string_view) {
  section().bundle_only = true;
  return std::nullopt;
}

Outcome DescriptionReader::read_rtcp_mux(std::string_view) {
  section().rtcp_mux = true;
  return std::nullopt;
}

Outcome DescriptionReader::read_rtcp(std::string_view value) {
  return set_once(section().rtcp, parse_rtcp(value), ProblemCode::bad_connection);
}

Outcome DescriptionReader::read_sctp_port(std::string_view value) {
  return set_once(section().sctp_port, parse_number<std::uint32_t>(value, UINT16_MAX),
                  ProblemCode::bad_number);
}

Outcome DescriptionReader::read_max_message_size(std::string_view value) {
  return set_once(section().max_message_size, parse_number<std::uint32_t>(value, UINT32_MAX),
                  ProblemCode::bad_number);
}

}  // namespace floe::sdp
