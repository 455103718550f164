// The roles controlling and controlled (RFC 8445, section 6.1.1), and the resolution of role
// conflicts.
#pragma once

#include <cstdint>
#include <string_view>

namespace floe::ice {

enum class Role : std::uint8_t { controlling, controlled };

constexpr Role opposite(Role role) {
  return role == Role::controlling ? Role::controlled : Role::controlling;
}

constexpr std::string_view to_text(Role role) {
  return role == Role::controlling ? "controlling" : "controlled";
}

/// What to do with a request whose sender claims `role` too (section 7.3.1.1).
enum class ConflictVerdict : std::uint8_t {
  no_conflict,
  send_487,  ///< keep the role; the sender shall switch
  switch_role,
};

/// "If the agent's tiebreaker value is larger than or equal to the contents of the ICE-CONTROLLING
/// attribute, the agent generates a Binding error response" 487 "but retains its role"; else it
/// switches to controlled. For two controlled agents it is the other way round.
ConflictVerdict judge_conflict(Role mine, std::uint64_t my_tie_breaker, Role claimed,
                               std::uint64_t claimed_tie_breaker);

}  // namespace floe::ice
