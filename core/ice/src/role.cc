#include "floe/ice/role.h"

namespace floe::ice {

ConflictVerdict judge_conflict(Role mine, std::uint64_t my_tie_breaker, Role claimed,
                               std::uint64_t claimed_tie_breaker) {
  if (mine != claimed) return ConflictVerdict::no_conflict;
  const bool mine_is_larger_or_equal = my_tie_breaker >= claimed_tie_breaker;
  const bool keep = mine == Role::controlling ? mine_is_larger_or_equal : !mine_is_larger_or_equal;
  return keep ? ConflictVerdict::send_487 : ConflictVerdict::switch_role;
}

}  // namespace floe::ice
