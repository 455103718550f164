#include "fair_shares.h"

#include <algorithm>

namespace floe::ice {

void FairShares::add_over(std::uint16_t place, Worth worth) {
  if (over_ && over_worth_ <= worth) return;
  over_ = place;
  over_worth_ = worth;
}

void FairShares::add(std::uint16_t place, const PairKind& kind, Worth worth, bool may_go) {
  Share& share = share_of(kind);
  ++share.size;
  if (!may_go || (share.lowest && share.lowest_worth <= worth)) return;
  share.lowest = place;
  share.lowest_worth = worth;
}

std::optional<std::uint16_t> FairShares::place_for(const PairKind& kind, Worth worth) const {
  if (over_) return over_;
  const std::size_t own = size_of(kind);
  const Share* lowest = nullptr;
  for (const Share& share : shares_) {
    if (!share.lowest || share.size < own) continue;
    const bool is_crowd = own + 1 < share.size && share.lowest_worth.heard <= worth.heard;
    if (!is_crowd && !(share.lowest_worth < worth)) continue;
    if (lowest == nullptr || goes_before(share, *lowest, own)) lowest = &share;
  }
  return lowest == nullptr ? std::nullopt : lowest->lowest;
}

/// The largest share loses a member while the newcomer's share is clearly smaller.
bool FairShares::goes_before(const Share& a, const Share& b, std::size_t own) {
  const bool is_about_size = own + 1 < std::max(a.size, b.size);
  if (is_about_size && a.size != b.size) return a.size > b.size;
  return a.lowest_worth < b.lowest_worth;
}

std::size_t FairShares::size_of(const PairKind& kind) const {
  const auto share = std::ranges::find(shares_, kind, &Share::kind);
  return share == shares_.end() ? 0 : share->size;
}

FairShares::Share& FairShares::share_of(const PairKind& kind) {
  const auto known = std::ranges::find(shares_, kind, &Share::kind);
  if (known != shares_.end()) return *known;
  shares_.push_back({kind});
  return shares_[shares_.size() - 1];
}

}  // namespace floe::ice
