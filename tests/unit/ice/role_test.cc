#include "floe/ice/role.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "ice/string_makers.h"

using namespace floe::ice;

// RFC 8445, section 7.3.1.1. The sides of the table: my role and tie-breaker, the peer's.
TEST_CASE("who must switch is decided by the tie-breakers", "[ice]") {
  struct Row {
    Role mine;
    std::uint64_t my_tie_breaker;
    Role claimed;
    std::uint64_t claimed_tie_breaker;
    ConflictVerdict verdict;
  };
  constexpr auto kControlling = Role::controlling;
  constexpr auto kControlled = Role::controlled;
  constexpr std::uint64_t kMost = ~std::uint64_t{0};
  const auto row = GENERATE(Row{kControlling, 5, kControlled, 4, ConflictVerdict::no_conflict},
                            Row{kControlling, 5, kControlled, 5, ConflictVerdict::no_conflict},
                            Row{kControlling, 5, kControlled, 6, ConflictVerdict::no_conflict},
                            Row{kControlled, 5, kControlling, 4, ConflictVerdict::no_conflict},
                            Row{kControlled, 5, kControlling, 5, ConflictVerdict::no_conflict},
                            Row{kControlled, 5, kControlling, 6, ConflictVerdict::no_conflict},
                            Row{kControlling, 5, kControlling, 4, ConflictVerdict::send_487},
                            Row{kControlling, 5, kControlling, 5, ConflictVerdict::send_487},
                            Row{kControlling, 5, kControlling, 6, ConflictVerdict::switch_role},
                            Row{kControlled, 5, kControlled, 4, ConflictVerdict::switch_role},
                            Row{kControlled, 5, kControlled, 5, ConflictVerdict::switch_role},
                            Row{kControlled, 5, kControlled, 6, ConflictVerdict::send_487},
                            Row{kControlling, 0, kControlling, 0, ConflictVerdict::send_487},
                            Row{kControlled, 0, kControlled, 0, ConflictVerdict::switch_role},
                            Row{kControlling, 0, kControlling, kMost, ConflictVerdict::switch_role},
                            Row{kControlling, kMost, kControlling, 0, ConflictVerdict::send_487},
                            Row{kControlled, 0, kControlled, kMost, ConflictVerdict::send_487},
                            Row{kControlled, kMost, kControlled, 0, ConflictVerdict::switch_role});
  CAPTURE(row.mine, row.my_tie_breaker, row.claimed, row.claimed_tie_breaker);
  CHECK(judge_conflict(row.mine, row.my_tie_breaker, row.claimed, row.claimed_tie_breaker) ==
        row.verdict);
}

TEST_CASE("with different tie-breakers exactly one side switches", "[ice]") {
  const auto role = GENERATE(Role::controlling, Role::controlled);
  const auto other = GENERATE(std::uint64_t{6}, std::uint64_t{4});
  const auto here = judge_conflict(role, 5, role, other);
  const auto there = judge_conflict(role, other, role, 5);
  CHECK(here != there);
  CHECK(here != ConflictVerdict::no_conflict);
  CHECK(there != ConflictVerdict::no_conflict);
}

TEST_CASE("roles have opposites and names", "[ice]") {
  CHECK(opposite(Role::controlling) == Role::controlled);
  CHECK(opposite(Role::controlled) == Role::controlling);
  CHECK(to_text(Role::controlling) == "controlling");
  CHECK(to_text(Role::controlled) == "controlled");
}
