#include "floe/signal/pairing.h"

#include <algorithm>

#include "floe/signal/limits.h"

namespace floe::signal {

Pairing::Verdict Pairing::judge(const Description& description) {
  const ice::Credentials& credentials = description.credentials;
  if (credentials.ufrag == local_ufrag_) return Verdict::reject_own;
  if (reuses_half(credentials)) return Verdict::reject_reused;
  const bool names_mine = description.remote_ufrag == local_ufrag_;
  if (paired_ == credentials) {
    settled_ = settled_ || names_mine;
    return Verdict::merge;
  }
  if (awaited_ == credentials && !names_mine) return Verdict::hold;
  if (std::ranges::find(old_, credentials) != old_.end()) return Verdict::drop_old;
  return judge_new(description);
}

Pairing::Verdict Pairing::judge_new(const Description& description) {
  if (paired_) return settled_ ? Verdict::restart_and_pair : Verdict::restart_and_wait;
  pair_with(description);
  return Verdict::pair;
}

/// One half equal to what is known and the other not: no restart and no repetition.
bool Pairing::reuses_half(const ice::Credentials& credentials) const {
  const auto is_half_of = [&](const ice::Credentials& known) {
    return (known.ufrag == credentials.ufrag) != (known.password == credentials.password);
  };
  return (paired_ && is_half_of(*paired_)) || (awaited_ && is_half_of(*awaited_)) ||
         std::ranges::any_of(old_, is_half_of);
}

void Pairing::pair_with(const Description& description) {
  // What was awaited is outdated when something else came instead.
  if (awaited_ != description.credentials) leave_partner();
  awaited_.reset();
  paired_ = description.credentials;
  const bool names_mine = description.remote_ufrag == local_ufrag_;
  settled_ = first_ || names_mine;
  answered_ = !first_ && names_mine;
}

void Pairing::leave_partner() {
  for (auto* partner : {&paired_, &awaited_}) {
    if (!*partner) continue;
    if (old_.size() == kGenerationsKept) old_.erase(old_.begin());
    old_.push_back(std::move(**partner));
    partner->reset();
  }
}

void Pairing::begin(std::string local_ufrag) {
  leave_partner();
  local_ufrag_ = std::move(local_ufrag);
  first_ = false;
  settled_ = false;
  answered_ = false;
  named_.reset();
}

void Pairing::answer(std::string local_ufrag, const ice::Credentials& peer, Verdict verdict) {
  begin(std::move(local_ufrag));
  (verdict == Verdict::restart_and_pair ? paired_ : awaited_) = peer;
}

Pairing::Standing Pairing::standing(std::string_view ufrag) const {
  if (ufrag == local_ufrag_) return Standing::own;
  if (paired_ && paired_->ufrag == ufrag) return Standing::current;
  const bool is_old = std::ranges::any_of(
      old_, [&](const ice::Credentials& credentials) { return credentials.ufrag == ufrag; });
  return is_old ? Standing::old : Standing::unknown;
}

std::optional<std::string> Pairing::partner() const {
  if (paired_) return paired_->ufrag;
  if (awaited_) return awaited_->ufrag;
  return std::nullopt;
}

}  // namespace floe::signal
