#include "check_transactions.h"

#include <algorithm>

#include "floe/ice/limits.h"

namespace floe::ice {

void CheckTransactions::add(CheckTransaction transaction) {
  const auto is_sibling = [&](const CheckTransaction& open) {
    return open.pair == transaction.pair && !open.consent;
  };
  const auto siblings = std::ranges::count_if(open_, is_sibling);
  if (!transaction.consent && siblings >= std::ptrdiff_t{kTransactionsRememberedMax}) {
    open_.erase(std::ranges::find_if(open_, is_sibling));
  }
  open_.push_back(std::move(transaction));
}

CheckTransaction* CheckTransactions::find(const stun::TransactionId& id) {
  const auto place = std::ranges::find(open_, id, &CheckTransaction::id);
  return place == open_.end() ? nullptr : &*place;
}

void CheckTransactions::release_spare() {
  if (open_.empty()) open_ = decltype(open_)();
}

void CheckTransactions::remove(const stun::TransactionId& id) {
  std::erase_if(open_, [&](const CheckTransaction& open) { return open.id == id; });
  release_spare();
}

void CheckTransactions::remove_checks_of(PairIndex pair) {
  std::erase_if(open_,
                [&](const CheckTransaction& open) { return open.pair == pair && !open.consent; });
  release_spare();
}

void CheckTransactions::cancel_checks_of(PairIndex pair) {
  for (CheckTransaction& open : open_) {
    if (open.pair != pair || open.consent) continue;
    open.cancelled = true;
    open.request = ByteVector();
  }
}

void CheckTransactions::remove_all_of(PairIndex pair) {
  std::erase_if(open_, [&](const CheckTransaction& open) { return open.pair == pair; });
}

Timestamp CheckTransactions::deadline() const {
  Timestamp earliest = kNever;
  for (const CheckTransaction& open : open_) {
    earliest = std::min(earliest, open.schedule.deadline());
  }
  return earliest;
}

CheckTransaction* CheckTransactions::next_due(Timestamp now) {
  const auto place = std::ranges::find_if(
      open_, [&](const CheckTransaction& open) { return open.schedule.deadline() <= now; });
  return place == open_.end() ? nullptr : &*place;
}

}  // namespace floe::ice
