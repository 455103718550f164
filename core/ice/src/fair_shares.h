// Which of many makes room for another one: so that each kind keeps a share, priority decides only
// among equals.
//
// By priority alone, what a few bridges of a host lead to would fill each list, and whatever is
// relayed, the lowest of all, would be dropped.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>

#include "floe/types/list.h"
#include "pair_kind.h"

namespace floe::ice {

class FairShares {
 public:
  /// For as many members.
  explicit FairShares(std::size_t members) : members_(std::make_unique<Member[]>(members)) {}

  /// What was heard is worth more than all others; then priority counts.
  struct Worth {
    bool heard = false;
    std::uint64_t priority = 0;
    auto operator<=>(const Worth&) const = default;
  };

  /// Members are added in the order of their places, from 0. This one is over: any newcomer may
  /// have its place.
  void add_over(Worth worth) { append({kOver, true, worth}); }
  /// A member that is not over. `may_go`: it is not in use.
  void add(const PairKind& kind, Worth worth, bool may_go) {
    append({share_of(kind), may_go, worth});
  }
  /// The place of the member that makes room for a newcomer; nothing if none is worth less.
  std::optional<std::uint16_t> place_for(const PairKind& kind, Worth worth) const;
  /// A newcomer that is not in use has the place now.
  void replace(std::uint16_t place, const PairKind& kind, Worth worth);

 private:
  using ShareIndex = std::uint16_t;
  static constexpr ShareIndex kOver = 0xffff;

  struct Lowest {
    std::optional<std::uint16_t> place = {};
    Worth worth = {};
  };
  struct Share {
    PairKind kind;
    std::size_t size = 0;
    Lowest lowest = {};
  };
  struct Member {
    ShareIndex share;
    bool may_go;
    Worth worth;
  };

  static bool goes_before(const Share& a, const Share& b, std::size_t own);
  std::size_t size_of(const PairKind& kind) const;
  ShareIndex share_of(const PairKind& kind);
  Lowest& lowest_of(ShareIndex share) { return share == kOver ? over_ : shares_[share].lowest; }
  void append(const Member& member) {
    members_[size_] = member;
    if (member.share != kOver) ++shares_[member.share].size;
    compare_with_lowest(size_++);
  }
  /// Of equals the first is the lowest, so places are compared in their order.
  void compare_with_lowest(std::uint16_t place) {
    const Member& member = members_[place];
    Lowest& lowest = lowest_of(member.share);
    if (!member.may_go || (lowest.place && lowest.worth <= member.worth)) return;
    lowest = {place, member.worth};
  }

  List<Share> shares_;
  std::unique_ptr<Member[]> members_;
  std::uint16_t size_ = 0;
  Lowest over_;
};

}  // namespace floe::ice
