#include "fair_shares.h"

#include <algorithm>
#include <tuple>

namespace floe::ice {

void FairShares::replace(std::uint16_t place, const PairKind& kind, Worth worth) {
  const ShareIndex former = members_[place].share;
  const ShareIndex present = share_of(kind);
  members_[place] = {present, true, worth};
  if (former != kOver) --shares_[former].size;
  ++shares_[present].size;
  lowest_of(former) = lowest_of(present) = {};
  for (std::uint16_t other = 0; other < size_; ++other) {
    const ShareIndex share = members_[other].share;
    if (share == former || share == present) compare_with_lowest(other);
  }
}

std::optional<std::uint16_t> FairShares::place_for(const PairKind& kind, Worth worth) const {
  if (over_.place) return over_.place;
  const std::size_t own = size_of(kind);
  const Share* lowest = nullptr;
  for (const Share& share : shares_) {
    if (!share.lowest.place || share.size < own) continue;
    const bool is_crowd = own + 1 < share.size && share.lowest.worth.heard <= worth.heard;
    if (!is_crowd && !(share.lowest.worth < worth)) continue;
    if (lowest == nullptr || goes_before(share, *lowest, own)) lowest = &share;
  }
  return lowest == nullptr ? std::nullopt : lowest->lowest.place;
}

/// The largest share loses a member while the newcomer's share is clearly smaller.
bool FairShares::goes_before(const Share& a, const Share& b, std::size_t own) {
  const bool is_about_size = own + 1 < std::max(a.size, b.size);
  if (is_about_size && a.size != b.size) return a.size > b.size;
  return std::tie(a.lowest.worth, a.lowest.place) < std::tie(b.lowest.worth, b.lowest.place);
}

std::size_t FairShares::size_of(const PairKind& kind) const {
  const auto share = std::ranges::find(shares_, kind, &Share::kind);
  return share == shares_.end() ? 0 : share->size;
}

FairShares::ShareIndex FairShares::share_of(const PairKind& kind) {
  const auto known = std::ranges::find(shares_, kind, &Share::kind);
  const auto index = static_cast<ShareIndex>(known - shares_.begin());
  if (known == shares_.end()) shares_.push_back({kind});
  return index;
}

}  // namespace floe::ice
