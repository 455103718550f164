#include "check_transactions.h"

#include <algorithm>

#include "floe/ice/limits.h"

namespace floe::ice {
namespace {

constexpr std::size_t kStep = 16;

}  // namespace

void CheckTransactions::add(const CheckTransaction& transaction) {
  const auto is_sibling = [&](const CheckTransaction& open) {
    return open.pair == transaction.pair && !open.consent;
  };
  const auto siblings = std::ranges::count_if(open_, is_sibling);
  if (!transaction.consent && siblings >= std::ptrdiff_t{kTransactionsRememberedMax}) {
    open_.erase(std::ranges::find_if(open_, is_sibling));
  }
  // In small steps: there may be hundreds, and for minutes.
  if (open_.size() == open_.capacity()) {
    open_.reserve(open_.size() + std::clamp<std::size_t>(open_.size(), 1, kStep));
  }
  open_.push_back(transaction);
}

CheckTransaction* CheckTransactions::find(const stun::TransactionId& id) {
  const auto place = std::ranges::find(open_, id, &CheckTransaction::id);
  return place == open_.end() ? nullptr : &*place;
}

void CheckTransactions::release_spare() {
  if (open_.empty()) open_ = {};
}

void CheckTransactions::remove(const stun::TransactionId& id) {
  open_.erase_if([&](const CheckTransaction& open) { return open.id == id; });
  release_spare();
}

void CheckTransactions::remove_checks_of(PairIndex pair) {
  open_.erase_if([&](const CheckTransaction& open) { return open.pair == pair && !open.consent; });
  release_spare();
}

void CheckTransactions::cancel_checks_of(PairIndex pair) {
  for (CheckTransaction& open : open_) {
    if (open.pair == pair && !open.consent) open.cancelled = true;
  }
  if (open_.size() > kTransactionsCancelledMax) forget_oldest_cancelled();
}

void CheckTransactions::forget_oldest_cancelled() {
  const auto count =
      std::ranges::count_if(open_, [](const CheckTransaction& open) { return open.cancelled; });
  auto too_many = count - std::ptrdiff_t{kTransactionsCancelledMax};
  open_.erase_if([&](const CheckTransaction& open) { return open.cancelled && too_many-- > 0; });
}

void CheckTransactions::remove_all_of(PairIndex pair) {
  open_.erase_if([&](const CheckTransaction& open) { return open.pair == pair; });
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
