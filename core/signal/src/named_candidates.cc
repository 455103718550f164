#include "named_candidates.h"

#include <algorithm>

#include "floe/signal/limits.h"
#include "floe/types/letter_case.h"

namespace floe::signal {
bool is_local_name(std::string_view name) {
  const std::size_t dot = name.find('.');
  return dot != 0 && dot != std::string_view::npos &&
         equal_ignoring_case(name.substr(dot), ".local");
}

NamedCandidates::Place NamedCandidates::find(std::string_view name,
                                             const ice::Candidate& candidate) {
  return std::ranges::find_if(candidates_, [&](const NamedCandidate& known) {
    return equal_ignoring_case(known.name, name) && known.candidate.id() == candidate.id() &&
           known.candidate.address.port == candidate.address.port;
  });
}

NamedCandidate NamedCandidates::take(Place place) {
  NamedCandidate taken = std::move(*place);
  candidates_.erase(place);
  return taken;
}

bool NamedCandidates::add(NamedCandidate candidate) {
  if (find(candidate.name, candidate.candidate) != candidates_.end()) return true;
  // Those that are gone count, too: each may have cost a look-up.
  if (added_count_ == kNamedCandidatesMax) return false;
  ++added_count_;
  std::ranges::transform(candidate.name, candidate.name.begin(), lower);
  candidates_.push_back(std::move(candidate));
  return true;
}

std::optional<NamedCandidate> NamedCandidates::settle_next(const NameResolved& answer) {
  const auto waiting = std::ranges::find_if(candidates_, [&](const NamedCandidate& known) {
    return known.name == answer.name && !known.is_resolved();
  });
  if (waiting == candidates_.end()) return std::nullopt;
  if (!answer.address) return take(waiting);
  ice::Candidate& candidate = waiting->candidate;
  candidate.address.ip = *answer.address;
  candidate.base = candidate.address;
  candidate.is_hidden_by_name = true;
  waiting->state = NamedCandidate::State::resolved;
  return *waiting;
}

std::optional<NameWanted> NamedCandidates::poll_name() {
  using State = NamedCandidate::State;
  const auto wanted = std::ranges::find(candidates_, State::wanted, &NamedCandidate::state);
  if (wanted == candidates_.end()) return std::nullopt;
  for (NamedCandidate& other : candidates_) {
    if (other.name == wanted->name && other.state == State::wanted) other.state = State::asked;
  }
  return NameWanted{wanted->name};
}

std::optional<NamedCandidate> NamedCandidates::remove(std::string_view name,
                                                      const ice::Candidate& candidate) {
  const Place place = find(name, candidate);
  if (place == candidates_.end()) return std::nullopt;
  return take(place);
}

void NamedCandidates::clear() {
  candidates_.clear();
  added_count_ = 0;
}

bool NamedCandidates::is_waiting() const {
  return !std::ranges::all_of(candidates_, &NamedCandidate::is_resolved);
}

}  // namespace floe::signal
