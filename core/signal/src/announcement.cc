#include "announcement.h"

#include <algorithm>

#include "floe/ice/candidate_grammar.h"
#include "floe/signal/limits.h"
#include "ice_option_tokens.h"

namespace floe::signal {
namespace {

/// RFC 8839, section 5.5: an agent that uses the default may say nothing.
std::optional<std::uint32_t> pacing_of(const ice::PacerConfig& pacing) {
  if (pacing.ta == ice::kTaDefault) return std::nullopt;
  return static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(pacing.ta).count());
}

}  // namespace

void Announcement::begin_generation() {
  is_due_ = false;
  is_described_ = false;
  has_ended_ = false;
  lines_.clear();
}

std::string Announcement::line_of(const ice::Candidate& candidate) const {
  if (candidate.type == ice::CandidateType::peer_reflexive) return {};
  if (!name_of_) return ice::write_candidate_line(candidate);
  ice::Candidate shown = candidate;
  shown.related.reset();  // written as the any address
  if (candidate.type != ice::CandidateType::host) return ice::write_candidate_line(shown);
  const std::string name = name_of_(candidate.address.ip);
  return name.empty() ? std::string() : ice::write_candidate_line(shown, name);
}

bool Announcement::add_line(const std::string& line) {
  if (std::ranges::find(lines_, line) != lines_.end()) return false;
  lines_.push_back(line);
  return true;
}

std::optional<Description> Announcement::describe(const ice::Agent& agent,
                                                  std::optional<std::string> remote_ufrag) {
  const bool complete = agent.gathering_state() == ice::GatheringState::complete;
  is_due_ = !trickle_ && !complete;
  if (is_due_) return std::nullopt;
  Description description;
  description.credentials = agent.local_credentials();
  description.ice_lite = agent.config().implementation == ice::Implementation::lite;
  description.ice_options = write_ice_options(agent.ice_options(), trickle_);
  description.ice_pacing = pacing_of(agent.config().pacing);
  description.role = agent.role();
  description.remote_ufrag = std::move(remote_ufrag);
  for (const ice::Candidate& candidate : agent.local_candidates()) {
    const std::string line = line_of(candidate);
    if (line.empty() || description.candidates.size() == kCandidatesDescribedMax) continue;
    add_line(line);
    description.candidates.push_back(init_of(candidate, line));
  }
  description.end_of_candidates = complete;
  is_described_ = true;
  has_ended_ = complete;
  return description;
}

std::optional<CandidateMessage> Announcement::handle_candidate_found(
    const ice::Agent& agent, const ice::Candidate& candidate) {
  const std::string line = is_described_ ? line_of(candidate) : std::string();
  if (line.empty() || !add_line(line)) return std::nullopt;
  return CandidateMessage{agent.local_credentials().ufrag, init_of(candidate, line)};
}

std::optional<CandidateRemoved> Announcement::handle_candidate_removed(
    const ice::Agent& agent, const ice::Candidate& candidate) {
  const std::string line = line_of(candidate);
  if (std::erase(lines_, line) == 0) return std::nullopt;
  return CandidateRemoved{agent.local_credentials().ufrag, init_of(candidate, line)};
}

CandidateInit Announcement::init_of(const ice::Candidate& candidate, std::string line) const {
  return {std::move(line), mids_.mid_of(candidate.stream)};
}

std::vector<EndOfCandidates> Announcement::handle_gathering_complete(const ice::Agent& agent) {
  if (!is_described_ || has_ended_) return {};
  has_ended_ = true;
  std::vector<EndOfCandidates> ends;
  for (std::uint8_t stream = 0; stream < mids_.stream_count(); ++stream) {
    ends.push_back({agent.local_credentials().ufrag, mids_.mid_of(stream)});
  }
  return ends;
}

}  // namespace floe::signal
