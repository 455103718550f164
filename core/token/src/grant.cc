#include "floe/token/grant.h"

#include <algorithm>

namespace floe::token {

std::string_view to_text(ConsentRule rule) {
  switch (rule) {
    case ConsentRule::ice:
      return "ice";
    case ConsentRule::any:
      return "any";
    case ConsentRule::allowlist:
      return "allowlist";
  }
  return {};
}

std::optional<ConsentRule> parse_consent_rule(std::string_view text) {
  for (const ConsentRule rule : {ConsentRule::ice, ConsentRule::any, ConsentRule::allowlist}) {
    if (text == to_text(rule)) return rule;
  }
  return std::nullopt;
}

bool Grant::admits_room(std::string_view room) const {
  return std::ranges::any_of(
      rooms, [&](const std::string& name) { return name == kEveryRoom || name == room; });
}

}  // namespace floe::token
