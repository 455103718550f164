#include "floe/signal/announcement.h"

#include <algorithm>

#include "floe/ice/candidate_grammar.h"
#include "floe/signal/limits.h"
#include "floe/types/decimal.h"

namespace floe::signal {
namespace {

bool is_signalled(const ice::Candidate& candidate) {
  return candidate.type != ice::CandidateType::peer_reflexive;
}

/// The tokens of ice-options (RFC 8839, section 5.6).
std::vector<std::string> ice_options_of(const ice::Agent& agent, bool trickle) {
  const ice::IceOptions options = agent.ice_options();
  std::vector<std::string> tokens;
  if (trickle) tokens.emplace_back("trickle");
  if (options.ice2) tokens.emplace_back("ice2");
  if (options.renomination) tokens.emplace_back("renomination");
  return tokens;
}

}  // namespace

void Announcement::begin() {
  due_ = false;
  described_ = false;
  ended_ = false;
  lines_.clear();
}

bool Announcement::add_line(const std::string& line) {
  if (std::ranges::find(lines_, line) != lines_.end()) return false;
  lines_.push_back(line);
  return true;
}

std::optional<Description> Announcement::describe(const ice::Agent& agent,
                                                  std::optional<std::string> remote_ufrag) {
  const bool complete = agent.gathering_state() == ice::GatheringState::complete;
  due_ = !options_.trickle && !complete;
  if (due_) return std::nullopt;
  Description description;
  description.credentials = agent.local_credentials();
  description.ice_lite = agent.config().implementation == ice::Implementation::lite;
  description.ice_options = ice_options_of(agent, options_.trickle);
  description.role = agent.role();
  description.remote_ufrag = std::move(remote_ufrag);
  for (const ice::Candidate& candidate : agent.local_candidates()) {
    if (!is_signalled(candidate) || description.candidates.size() == kCandidatesMax) continue;
    const std::string line = ice::write_candidate_line(candidate);
    add_line(line);
    description.candidates.push_back(init_of(candidate, line));
  }
  description.end_of_candidates = complete;
  described_ = true;
  ended_ = complete;
  return description;
}

std::optional<CandidateMessage> Announcement::candidate_found(const ice::Agent& agent,
                                                              const ice::Candidate& candidate) {
  if (!described_ || !is_signalled(candidate)) return std::nullopt;
  const std::string line = ice::write_candidate_line(candidate);
  if (!add_line(line)) return std::nullopt;
  return CandidateMessage{agent.local_credentials().ufrag, init_of(candidate, line)};
}

std::optional<CandidateRemoved> Announcement::candidate_removed(const ice::Agent& agent,
                                                                const ice::Candidate& candidate) {
  const std::string line = ice::write_candidate_line(candidate);
  if (std::erase(lines_, line) == 0) return std::nullopt;
  return CandidateRemoved{agent.local_credentials().ufrag, init_of(candidate, line)};
}

CandidateInit Announcement::init_of(const ice::Candidate& candidate, std::string line) const {
  return {std::move(line), mid_of(candidate.stream)};
}

std::string Announcement::mid_of(ice::DataStreamId stream) const {
  return stream == 0 ? options_.sdp_mid : to_decimal(stream);
}

std::vector<EndOfCandidates> Announcement::gathering_complete(const ice::Agent& agent) {
  if (!described_ || ended_) return {};
  ended_ = true;
  std::vector<EndOfCandidates> ends;
  for (std::uint8_t stream = 0; stream < agent.config().streams; ++stream) {
    ends.push_back({agent.local_credentials().ufrag, mid_of(stream)});
  }
  return ends;
}

}  // namespace floe::signal
