#include "floe/signal/announcement.h"

#include <algorithm>

#include "floe/ice/candidate_grammar.h"
#include "floe/signal/limits.h"

namespace floe::signal {
namespace {

bool is_signalled(const ice::Candidate& candidate) {
  return candidate.type != ice::CandidateType::peer_reflexive;
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
  description.ice_lite = options_.lite;
  description.ice_options = options_.ice_options;
  description.role = agent.role();
  description.remote_ufrag = std::move(remote_ufrag);
  for (const ice::Candidate& candidate : agent.local_candidates()) {
    if (!is_signalled(candidate) || description.candidates.size() == kCandidatesMax) continue;
    const std::string line = ice::write_candidate_line(candidate);
    add_line(line);
    description.candidates.push_back({line, options_.sdp_mid});
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
  return CandidateMessage{agent.local_credentials().ufrag, {line, options_.sdp_mid}};
}

std::optional<EndOfCandidates> Announcement::gathering_complete(const ice::Agent& agent) {
  if (!described_ || ended_) return std::nullopt;
  ended_ = true;
  return EndOfCandidates{agent.local_credentials().ufrag, options_.sdp_mid};
}

}  // namespace floe::signal
