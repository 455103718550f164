#include "check_transactions.h"

#include <catch2/catch_test_macros.hpp>

#include "floe/ice/limits.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;

namespace {

constexpr Timestamp kStart{1h};

stun::TransactionId id(std::uint16_t number) {
  return {static_cast<std::uint8_t>(number & 0xff), static_cast<std::uint8_t>(number >> 8)};
}

CheckTransaction open(std::uint16_t number, std::uint16_t pair, Duration rto = 500ms,
                      bool consent = false) {
  return {id(number),
          PairIndex(pair),
          Role::controlling,
          false,
          consent,
          false,
          1,
          0,
          0,
          stun::Retransmission(kStart, rto)};
}

}  // namespace

TEST_CASE("a transaction is found by its id until it is removed", "[ice]") {
  CheckTransactions transactions;
  transactions.add(open(1, 10));
  transactions.add(open(2, 20));
  REQUIRE(transactions.find(id(2)) != nullptr);
  CHECK(transactions.find(id(2))->pair == PairIndex(20));
  CHECK(transactions.find(id(3)) == nullptr);
  transactions.remove(id(2));
  CHECK(transactions.find(id(2)) == nullptr);
  CHECK(transactions.find(id(1)) != nullptr);
}

TEST_CASE("the checks of a pair are removed, its consent check is not", "[ice]") {
  CheckTransactions transactions;
  transactions.add(open(1, 10));
  transactions.add(open(2, 10));
  transactions.add(open(3, 10, 500ms, /*consent=*/true));
  transactions.add(open(4, 11));
  transactions.remove_checks_of(PairIndex(10));
  CHECK(transactions.find(id(1)) == nullptr);
  CHECK(transactions.find(id(2)) == nullptr);
  CHECK(transactions.find(id(3)) != nullptr);
  CHECK(transactions.find(id(4)) != nullptr);
}

TEST_CASE("a cancelled transaction stays, to be answered", "[ice]") {
  CheckTransactions transactions;
  transactions.add(open(1, 10));
  transactions.add(open(2, 10, 500ms, /*consent=*/true));
  transactions.add(open(3, 11));
  transactions.cancel_checks_of(PairIndex(10));
  CHECK(transactions.find(id(1))->cancelled);
  CHECK_FALSE(transactions.find(id(2))->cancelled);
  CHECK_FALSE(transactions.find(id(3))->cancelled);
}

// Each repeat of a check is a transaction of its own, and all wait for minutes when no answer
// comes.
TEST_CASE("of many cancelled transactions the oldest are forgotten", "[ice]") {
  CheckTransactions transactions;
  std::uint16_t number = 0;
  constexpr std::uint16_t kPairs = 100;
  constexpr std::uint16_t kRepeats = 7;
  for (std::uint16_t repeat = 0; repeat < kRepeats; ++repeat) {
    for (std::uint16_t pair = 0; pair < kPairs; ++pair) {
      transactions.cancel_checks_of(PairIndex(pair));
      transactions.add(open(number++, pair));
      REQUIRE(transactions.size() <= kTransactionsCancelledMax + kPairs);
    }
  }
  const auto kept = static_cast<std::uint16_t>(kTransactionsCancelledMax + kPairs);
  CHECK(transactions.size() == kept);
  CHECK(transactions.find(id(static_cast<std::uint16_t>(number - kept - 1))) == nullptr);
  for (auto i = static_cast<std::uint16_t>(number - kept); i < number; ++i) {
    REQUIRE(transactions.find(id(i)) != nullptr);
    CHECK(transactions.find(id(i))->cancelled == (i < number - kPairs));
  }
}

TEST_CASE("the earliest deadline of all is the deadline", "[ice]") {
  CheckTransactions transactions;
  CHECK(transactions.deadline() == kNever);
  CHECK(transactions.next_due(kStart + 1h) == nullptr);
  transactions.add(open(1, 10, 700ms));
  transactions.add(open(2, 10, 600ms));
  CHECK(transactions.deadline() == kStart + 600ms);
  CHECK(transactions.next_due(kStart + 600ms - Duration(1)) == nullptr);
  REQUIRE(transactions.next_due(kStart + 600ms) != nullptr);
  CHECK(transactions.next_due(kStart + 600ms)->id == id(2));
  CHECK(transactions.next_due(kStart + 600ms)->schedule.handle_timeout(kStart + 600ms) ==
        stun::Retransmission::Step::resend);
  CHECK(transactions.next_due(kStart + 600ms) == nullptr);
}
