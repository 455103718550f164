// From messages to SDP.
#include <algorithm>

#include "attribute_values.h"
#include "dtls_conversion.h"

namespace floe::sdp {
namespace {

constexpr std::uint16_t kDiscardPort = 9;

/// The section of a mid, made when there is none yet.
Result<MediaSection*, ProblemCode> find_or_add(SessionDescription& description,
                                               std::string_view mid) {
  const auto found = std::ranges::find(description.media, mid, &MediaSection::mid);
  if (found != description.media.end()) return &*found;
  if (!is_mid(mid)) return ProblemCode::bad_mid;
  if (description.media.size() == kMediaSectionsMax) return ProblemCode::too_many_sections;
  MediaSection& section = description.media.emplace_back();
  section.mid = mid;
  return &section;
}

Result<ReadDescription, Problem> refuse(ProblemCode code) {
  return Problem{code, 0, {}};
}

std::optional<ProblemCode> check(const ice::Credentials& credentials) {
  if (!ice::is_valid_ufrag(credentials.ufrag)) return ProblemCode::bad_ufrag;
  if (!ice::is_valid_password(credentials.password)) return ProblemCode::bad_password;
  return std::nullopt;
}

std::optional<ProblemCode> add_candidate(ReadDescription& target,
                                         const signal::CandidateInit& init) {
  const auto section = find_or_add(target.description, init.sdp_mid);
  if (!section) return section.error();
  std::vector<std::string>& candidates = (*section)->candidates;
  std::string_view line = init.candidate;
  if (line.starts_with("a=")) line.remove_prefix(2);
  if (const auto parsed = ice::parse_candidate_line(line); !parsed) {
    target.skipped.add({ProblemCode::bad_candidate, 0, parsed.error()});
  } else if (candidates.size() == kCandidatesPerSectionMax) {
    target.skipped.add({ProblemCode::too_many_candidates, 0, {}});
  } else {
    candidates.emplace_back(line);
  }
  return std::nullopt;
}

std::optional<ProblemCode> end_candidates(SessionDescription& description, std::string_view mid) {
  const auto section = find_or_add(description, mid);
  if (!section) return section.error();
  (*section)->own.end_of_candidates = true;
  return std::nullopt;
}

/// RFC 8839 recommends the candidate that is most likely to work for a peer without ICE: a relayed
/// candidate, else a reflexive one, else a host's.
bool is_better_default(const ice::Candidate& candidate, const ice::Candidate& than) {
  if (candidate.type != than.type) return candidate.type > than.type;
  return candidate.priority > than.priority;
}

std::optional<TransportAddress> default_candidate(const MediaSection& section,
                                                  ice::ComponentId component) {
  std::optional<ice::Candidate> best;
  for (const std::string& text : section.candidates) {
    const auto line = ice::parse_candidate_line(text);
    if (!line || ice::obstacle_of(*line) != ice::CandidateObstacle::none ||
        line->candidate.component != component || line->candidate.address.port == 0 ||
        line->candidate.type == ice::CandidateType::peer_reflexive) {
      continue;
    }
    if (!best || is_better_default(line->candidate, *best)) best = line->candidate;
  }
  if (!best) return std::nullopt;
  return best->address;
}

/// RFC 8839, section 4.2.1.2: the m-line and the c-line name the default candidate; while there is
/// none, port 9 of the any address.
void set_default_destination(MediaSection& section, Family family) {
  const TransportAddress media =
      default_candidate(section, 1)
          .value_or(TransportAddress{IpAddress::any(family), kDiscardPort});
  section.port = media.port;
  section.own.host = media.ip.to_text();
  if (const auto rtcp = default_candidate(section, 2)) {
    section.rtcp = RtcpDestination{rtcp->port, rtcp->ip.to_text()};
  }
}

/// The protocol is UDP/DTLS/SCTP also when something else than SCTP will be in DTLS. The protocols
/// that are registered for DTLS over UDP carry SCTP (RFC 8841), RTP (RFC 5764) or UDPTL (RFC 7345);
/// none carries the datagrams of any application, and data channels are what all others know.
void set_data_channel(MediaSection& section, const signal::SctpParameters& sctp) {
  section.sctp_port = sctp.port;
  section.max_message_size = sctp.message_size_max;
}

void add_options(ReadDescription& target, const std::vector<std::string>& options) {
  std::vector<std::string>& present = target.description.session.ice_options;
  for (const std::string& option : options) {
    if (!is_ice_option(option)) {
      target.skipped.add({ProblemCode::bad_ice_option, 0, {}});
    } else if (std::ranges::find(present, option) == present.end()) {
      if (present.size() == kIceOptionsMax) {
        target.skipped.add({ProblemCode::too_many_ice_options, 0, {}});
      } else {
        present.push_back(option);
      }
    }
  }
}

std::optional<ProblemCode> add_sections(ReadDescription& made, const signal::Description& message,
                                        const DataSession& session) {
  for (const std::string& mid : session.mids) {
    if (const auto section = find_or_add(made.description, mid); !section) return section.error();
  }
  for (const signal::CandidateInit& init : message.candidates) {
    if (const auto code = add_candidate(made, init)) return code;
  }
  if (made.description.media.empty()) {
    MediaSection& only = made.description.media.emplace_back();
    only.mid = signal::kDefaultSdpMid;
  }
  return std::nullopt;
}

std::optional<ProblemCode> add_trickled(ReadDescription& made, const std::string& ufrag,
                                        const signal::Message& message) {
  if (const auto* candidate = std::get_if<signal::CandidateMessage>(&message)) {
    if (candidate->ufrag != ufrag) return ProblemCode::foreign_message;
    return add_candidate(made, candidate->init);
  }
  if (const auto* end = std::get_if<signal::EndOfCandidates>(&message)) {
    if (end->ufrag != ufrag) return ProblemCode::foreign_message;
    return end_candidates(made.description, end->sdp_mid);
  }
  if (const auto* description = std::get_if<signal::Description>(&message)) {
    if (description->credentials.ufrag != ufrag) return ProblemCode::foreign_message;
    for (const signal::CandidateInit& init : description->candidates) {
      if (const auto code = add_candidate(made, init)) return code;
    }
    made.description.session.end_of_candidates |= description->end_of_candidates;
    return std::nullopt;
  }
  return ProblemCode::not_convertible;
}

}  // namespace

Result<ReadDescription, Problem> to_description(const signal::Description& message,
                                                const DataSession& session) {
  if (const auto code = check(message.credentials)) return refuse(*code);
  ReadDescription made;
  SessionDescription& description = made.description;
  description.session_id = session.id;
  description.session_version = session.version;
  description.ice_lite = message.ice_lite;
  description.ice_pacing_ms = message.ice_pacing;
  add_options(made, message.ice_options);
  if (const auto code = add_sections(made, message, session)) return refuse(*code);
  if (const auto code = set_dtls(made, message, session.type)) return refuse(*code);

  if (session.bundle) description.bundles.emplace_back();
  for (MediaSection& section : description.media) {
    if (session.bundle) description.bundles[0].push_back(section.mid);
    section.own.ufrag = message.credentials.ufrag;
    section.own.password = message.credentials.password;
    section.own.end_of_candidates = message.end_of_candidates;
    set_default_destination(section, session.family);
    set_data_channel(section, message.sctp.value_or(session.sctp));
  }
  return made;
}

Result<ReadDescription, Problem> to_fragment(const ice::Credentials& credentials,
                                             const std::vector<signal::Message>& messages) {
  if (const auto code = check(credentials)) return refuse(*code);
  ReadDescription made;
  made.description.session.ufrag = credentials.ufrag;
  made.description.session.password = credentials.password;
  for (const signal::Message& message : messages) {
    if (const auto code = add_trickled(made, credentials.ufrag, message)) return refuse(*code);
  }
  return made;
}

}  // namespace floe::sdp
