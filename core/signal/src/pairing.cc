#include "pairing.h"

#include <algorithm>

#include "floe/signal/limits.h"

namespace floe::signal {

Pairing::DescriptionVerdict Pairing::judge(const Description& description) {
  const ice::Credentials& credentials = description.credentials;
  if (credentials.ufrag == local_ufrag_) return DescriptionVerdict::reject_own;
  if (reuses_half(credentials)) return DescriptionVerdict::reject_reused;
  const bool names_local = description.remote_ufrag == local_ufrag_;
  if (paired_ == credentials) {
    settled_ = settled_ || names_local;
    return DescriptionVerdict::merge;
  }
  if (awaited_ == credentials && !names_local) return DescriptionVerdict::hold;
  if (std::ranges::find(left_, credentials) != left_.end()) {
    // A description that names an older generation of this agent was under way.
    const bool is_answer = !paired_ && (names_local || !description.remote_ufrag);
    return is_answer ? DescriptionVerdict::reject_unchanged : DescriptionVerdict::drop_old;
  }
  return judge_new(description);
}

Pairing::DescriptionVerdict Pairing::judge_new(const Description& description) {
  if (paired_) {
    return settled_ ? DescriptionVerdict::restart_and_pair : DescriptionVerdict::restart_and_wait;
  }
  pair_with(description);
  return DescriptionVerdict::pair;
}

/// RFC 8445, section 9: "an agent MUST change both the password and the username fragment". With
/// one of them new and the other known, a description is neither a restart nor a repetition.
bool Pairing::reuses_half(const ice::Credentials& credentials) const {
  const auto is_half_of = [&](const ice::Credentials& known) {
    return (known.ufrag == credentials.ufrag) != (known.password == credentials.password);
  };
  return (paired_ && is_half_of(*paired_)) || (awaited_ && is_half_of(*awaited_)) ||
         std::ranges::any_of(left_, is_half_of);
}

void Pairing::pair_with(const Description& description) {
  // When the peer describes another generation, it has left the awaited one.
  if (awaited_ != description.credentials) leave_partner();
  awaited_.reset();
  paired_ = description.credentials;
  const bool names_local = description.remote_ufrag == local_ufrag_;
  settled_ = is_first_ || names_local;
  answered_ = !is_first_ && names_local;
}

void Pairing::leave_partner() {
  for (auto* partner : {&paired_, &awaited_}) {
    if (!*partner) continue;
    if (left_.size() == kGenerationsKept) left_.erase(left_.begin());
    left_.push_back(std::move(**partner));
    partner->reset();
  }
}

void Pairing::restart(std::string local_ufrag) {
  leave_partner();
  local_ufrag_ = std::move(local_ufrag);
  is_first_ = false;
  settled_ = false;
  answered_ = false;
  named_.reset();
}

void Pairing::answer_restart(std::string local_ufrag, const ice::Credentials& peer, bool at_once) {
  restart(std::move(local_ufrag));
  (at_once ? paired_ : awaited_) = peer;
}

Pairing::UfragOwner Pairing::owner_of(std::string_view ufrag) const {
  if (ufrag == local_ufrag_) return UfragOwner::own;
  if (paired_ && paired_->ufrag == ufrag) return UfragOwner::paired;
  const bool was_left = std::ranges::any_of(
      left_, [&](const ice::Credentials& credentials) { return credentials.ufrag == ufrag; });
  return was_left ? UfragOwner::left : UfragOwner::unknown;
}

std::optional<std::string> Pairing::partner_ufrag() const {
  if (paired_) return paired_->ufrag;
  if (awaited_) return awaited_->ufrag;
  return std::nullopt;
}

}  // namespace floe::signal
