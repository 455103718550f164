// Which of many makes room for another one: so that each kind keeps a share, priority decides only
// among equals.
//
// By priority alone, what a few bridges of a host lead to would fill each list, and whatever is
// relayed, the lowest of all, would be dropped.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <optional>

#include "floe/types/list.h"
#include "pair_kind.h"

namespace floe::ice {

template <class Index>
class FairShares {
 public:
  /// What was heard is worth more than all others; then priority counts.
  struct Worth {
    bool heard = false;
    std::uint64_t priority = 0;
    auto operator<=>(const Worth&) const = default;
  };

  /// A member that is over: any newcomer may have its place.
  void add_over(Index index, Worth worth) {
    if (!over_ || worth < over_worth_) {
      over_ = index;
      over_worth_ = worth;
    }
  }

  /// A member that is not. `may_go`: it is not in use.
  void add(Index index, const PairKind& kind, Worth worth, bool may_go) {
    Share& share = share_of(kind);
    ++share.size;
    if (may_go && (!share.lowest || worth < share.lowest_worth)) {
      share.lowest = index;
      share.lowest_worth = worth;
    }
  }

  /// The member that makes room for a newcomer; nothing if none is worth less.
  std::optional<Index> place_for(const PairKind& kind, Worth worth) const {
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

 private:
  struct Share {
    PairKind kind;
    std::size_t size = 0;
    std::optional<Index> lowest = {};
    Worth lowest_worth = {};
  };

  /// The largest share loses a member while the newcomer's share is clearly smaller.
  static bool goes_before(const Share& a, const Share& b, std::size_t own) {
    const bool is_about_size = own + 1 < std::max(a.size, b.size);
    if (is_about_size && a.size != b.size) return a.size > b.size;
    return a.lowest_worth < b.lowest_worth;
  }

  std::size_t size_of(const PairKind& kind) const {
    for (const Share& share : shares_) {
      if (share.kind == kind) return share.size;
    }
    return 0;
  }

  Share& share_of(const PairKind& kind) {
    for (Share& share : shares_) {
      if (share.kind == kind) return share;
    }
    shares_.push_back({kind});
    return shares_[shares_.size() - 1];
  }

  List<Share> shares_;
  std::optional<Index> over_;
  Worth over_worth_ = {};
};

}  // namespace floe::ice
