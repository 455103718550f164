// From SDP to messages.
#include <algorithm>

#include "dtls_conversion.h"

namespace floe::sdp {
namespace {

/// Whether a section has candidates to wait for.
bool has_own_transport(const SessionDescription& description, const MediaSection& section) {
  return description.bundled_with(section) == nullptr || !section.candidates.empty();
}

/// The ufrag of a candidate: its own, which browsers write, else its section's.
std::string ufrag_of(std::string_view candidate, std::string_view of_section) {
  const auto line = ice::parse_candidate_line(candidate);
  const std::string_view own = line ? line->ufrag : std::string_view();
  return std::string(ice::is_valid_ufrag(own) ? own : of_section);
}

/// Collects sections of the same credentials.
class Descriptions {
 public:
  Descriptions(const SessionDescription& source, SdpType type) : source_(source), type_(type) {}

  std::optional<ProblemCode> add(std::size_t index) {
    const MediaSection& section = source_.media[index];
    ice::Credentials credentials = source_.credentials(section);
    if (credentials.ufrag.empty()) return ProblemCode::missing_ufrag;
    if (credentials.password.empty()) return ProblemCode::missing_password;
    signal::Description& description = find(std::move(credentials));
    if (!add_options(description, section)) return ProblemCode::too_many_ice_options;
    if (!description.dtls) {
      if (const auto code = add_dtls(source_.security(section), type_, description)) return code;
    }
    // A section of data channels has a port, which is not 0 (RFC 8841).
    if (section.sctp_port.value_or(0) != 0 && !description.sctp) {
      signal::SctpParameters& sctp = description.sctp.emplace();
      sctp.port = static_cast<std::uint16_t>(*section.sctp_port);
      if (section.max_message_size) sctp.message_size_max = *section.max_message_size;
    }
    if (has_own_transport(source_, section)) {
      description.end_of_candidates &= source_.has_ended(section);
    }
    for (const std::string& candidate : section.candidates) {
      add_candidate(description, {candidate, source_.name(index)});
    }
    return std::nullopt;
  }

  std::vector<signal::Message> take() {
    std::vector<signal::Message> messages;
    for (signal::Description& description : descriptions_) {
      messages.emplace_back(std::move(description));
    }
    for (signal::CandidateMessage& candidate : others_) messages.emplace_back(std::move(candidate));
    return messages;
  }

 private:
  signal::Description& find(ice::Credentials credentials) {
    for (signal::Description& description : descriptions_) {
      if (description.credentials == credentials) return description;
    }
    signal::Description& description = descriptions_.emplace_back();
    description.credentials = std::move(credentials);
    description.ice_lite = source_.ice_lite;
    description.ice_pacing = source_.ice_pacing_ms;
    description.end_of_candidates = true;  // until a section says otherwise
    return description;
  }

  bool add_options(signal::Description& description, const MediaSection& section) {
    std::vector<std::string>& options = description.ice_options;
    for (const std::string& option : source_.ice_options(section)) {
      if (std::ranges::find(options, option) != options.end()) continue;
      if (options.size() == kIceOptionsMax) return false;
      options.push_back(option);
    }
    return true;
  }

  void add_candidate(signal::Description& description, signal::CandidateInit init) {
    std::string ufrag = ufrag_of(init.candidate, description.credentials.ufrag);
    if (ufrag == description.credentials.ufrag &&
        description.candidates.size() < signal::kCandidatesDescribedMax) {
      description.candidates.push_back(std::move(init));
    } else {
      others_.push_back({std::move(ufrag), std::move(init)});
    }
  }

  const SessionDescription& source_;
  SdpType type_;
  std::vector<signal::Description> descriptions_;
  std::vector<signal::CandidateMessage> others_;
};

}  // namespace

Result<std::vector<signal::Message>, Problem> to_messages(const SessionDescription& description,
                                                          SdpType type) {
  Descriptions descriptions(description, type);
  for (std::size_t i = 0; i < description.media.size(); ++i) {
    if (description.media[i].is_rejected()) continue;
    if (const auto code = descriptions.add(i)) return Problem{*code, 0, {}};
  }
  return descriptions.take();
}

Result<std::vector<signal::Message>, Problem> trickled_messages(
    const SessionDescription& fragment) {
  constexpr Problem kNoUfrag{ProblemCode::missing_ufrag, 0, {}};
  std::vector<signal::Message> messages;
  for (std::size_t i = 0; i < fragment.media.size(); ++i) {
    const MediaSection& section = fragment.media[i];
    const std::string ufrag = fragment.credentials(section).ufrag;
    for (const std::string& candidate : section.candidates) {
      std::string of_candidate = ufrag_of(candidate, ufrag);
      if (of_candidate.empty()) return kNoUfrag;
      messages.emplace_back(
          signal::CandidateMessage{std::move(of_candidate), {candidate, fragment.name(i)}});
    }
    if (!fragment.has_ended(section)) continue;
    if (ufrag.empty()) return kNoUfrag;
    messages.emplace_back(signal::EndOfCandidates{ufrag, fragment.name(i)});
  }
  if (fragment.media.empty() && fragment.session.end_of_candidates) {
    if (fragment.session.ufrag.empty()) return kNoUfrag;
    messages.emplace_back(signal::EndOfCandidates{fragment.session.ufrag});
  }
  return messages;
}

}  // namespace floe::sdp
