// The part of Agent that says how things stand.
#include "floe/ice/agent.h"

namespace floe::ice {

IceOptions Agent::ice_options() const {
  // Whoever nominates every pair does not keep to RFC 8445; and of its nominations not the latest
  // counts, but the one of highest priority (RFC 5245, section 8.1.1.2).
  const bool nominates_once = core_.config.nomination != NominationMode::aggressive;
  return {.ice2 = nominates_once, .renomination = nominates_once};
}

std::optional<Credentials> Agent::remote_credentials() const {
  if (!current_->remote()) return std::nullopt;
  return current_->remote()->credentials;
}

std::optional<SelectedPair> Agent::selected_pair(StreamComponent component) const {
  const auto pair = current_->selected_pair(component);
  return !pair && previous_ ? previous_->selected_pair(component) : pair;
}

std::optional<PairIndex> Agent::selected_pair_index(StreamComponent component) const {
  const SelectedPath* path = current_->paths().find(component);
  if (path == nullptr) return std::nullopt;
  return path->pair;
}

List<Candidate> Agent::local_candidates() const {
  return current_->local_candidates().usable();
}

List<Candidate> Agent::remote_candidates() const {
  return current_->remote_candidates().usable();
}

}  // namespace floe::ice
