#include "floe/token/used_tokens.h"

#include "floe/types/neighbourhood.h"

namespace floe::token {

std::optional<Refusal> UsedTokens::use(const VerifiedToken& token, const IpAddress& from,
                                       std::int64_t unix_now) {
  forget_expired(unix_now);
  const std::string& id = token.grant.id;
  const auto place = uses_.find(id);
  const bool is_first = id.empty() || place == uses_.end();
  if (is_first && unix_now > token.opens_until) return Refusal::opened_too_late;
  if (id.empty()) return std::nullopt;
  if (is_first && uses_.size() >= limit_) forget_first();
  Use& use = is_first ? uses_[id] : place->second;
  if (is_first) {
    use.expires_at = token.grant.expires_at;
    expiries_.emplace(use.expires_at, id);
  }
  auto& network = from.is_ipv4() ? use.network_v4 : use.network_v6;
  const IpAddress here = neighbourhood_of(from);
  if (!network) network = here;
  return *network == here || token.grant.multi ? std::nullopt
                                               : std::optional(Refusal::other_network);
}

void UsedTokens::forget_expired(std::int64_t unix_now) {
  while (!expiries_.empty() && expiries_.begin()->first <= unix_now) forget_first();
}

void UsedTokens::forget_first() {
  if (expiries_.empty()) return;
  uses_.erase(expiries_.begin()->second);
  expiries_.erase(expiries_.begin());
}

}  // namespace floe::token
