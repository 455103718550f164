#include "floe/signal/held_candidates.h"

#include "floe/signal/limits.h"

namespace floe::signal {
namespace {

std::string_view ufrag_of(const HeldCandidates::Item& item) {
  return std::visit([](const auto& held) -> std::string_view { return held.ufrag; }, item);
}

}  // namespace

bool HeldCandidates::hold(Item item) {
  const bool full = items_.size() == kHeldCandidatesMax;
  if (full) items_.erase(items_.begin());
  items_.push_back(std::move(item));
  return !full;
}

bool HeldCandidates::withdraw(const CandidateRemoved& removed) {
  return std::erase_if(items_, [&](const Item& item) {
           const auto* held = std::get_if<CandidateMessage>(&item);
           return held != nullptr && held->ufrag == removed.ufrag && held->init == removed.init;
         }) > 0;
}

std::vector<HeldCandidates::Item> HeldCandidates::release(std::string_view ufrag) {
  std::vector<Item> released;
  std::vector<Item> kept;
  for (Item& item : items_) {
    (ufrag_of(item) == ufrag ? released : kept).push_back(std::move(item));
  }
  items_ = std::move(kept);
  return released;
}

}  // namespace floe::signal
