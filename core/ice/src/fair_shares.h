// Which of many makes room for another one: so that each kind keeps a share, priority decides only
// among equals.
//
// By priority alone, what a few bridges of a host lead to would fill each list, and whatever is
// relayed, the lowest of all, would be dropped.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>

#include "floe/types/list.h"
#include "pair_kind.h"

namespace floe::ice {

class FairShares {
 public:
  /// What was heard is worth more than all others; then priority counts.
  struct Worth {
    bool heard = false;
    std::uint64_t priority = 0;
    auto operator<=>(const Worth&) const = default;
  };

  /// A member that is over, by its place in the list: any newcomer may have the place.
  void add_over(std::uint16_t place, Worth worth);
  /// A member that is not. `may_go`: it is not in use.
  void add(std::uint16_t place, const PairKind& kind, Worth worth, bool may_go);
  /// The place of the member that makes room for a newcomer; nothing if none is worth less.
  std::optional<std::uint16_t> place_for(const PairKind& kind, Worth worth) const;

 private:
  struct Share {
    PairKind kind;
    std::size_t size = 0;
    std::optional<std::uint16_t> lowest = {};
    Worth lowest_worth = {};
  };

  static bool goes_before(const Share& a, const Share& b, std::size_t own);
  std::size_t size_of(const PairKind& kind) const;
  Share& share_of(const PairKind& kind);

  List<Share> shares_;
  std::optional<std::uint16_t> over_;
  Worth over_worth_ = {};
};

}  // namespace floe::ice
