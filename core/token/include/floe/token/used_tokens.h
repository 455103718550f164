// Which tokens were used, and from which network: a token that leaked is of no use to a stranger.
//
// A page presents its token again: for its room and its tunnel, and whenever it reconnects. So a
// second use is no replay by itself. It is one when it comes from another network (/24 or /48, one
// of each family), unless the token claims `multi`, as those of phones and laptops do that move. A
// token that was used in time may be used again until it expires; a first use has its own limit.
//
// Tokens without `jti` are not remembered. Limit: kUsedTokensMax; beyond it the token that expires
// first is forgotten. Strangers cannot fill the table, since what is in it was signed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "floe/token/verifier.h"
#include "floe/types/address.h"

namespace floe::token {

inline constexpr std::size_t kUsedTokensMax = 100'000;

class UsedTokens {
 public:
  explicit UsedTokens(std::size_t limit = kUsedTokensMax) : limit_(limit) {}

  /// Notes the use; nothing when the token may be used now from there.
  std::optional<Refusal> use(const VerifiedToken& token, const IpAddress& from,
                             std::int64_t unix_now);
  std::size_t size() const { return uses_.size(); }

 private:
  /// One of each family: a client may come by both.
  struct Use {
    std::int64_t expires_at = 0;
    std::optional<IpAddress> network_v4;
    std::optional<IpAddress> network_v6;
  };

  void forget_expired(std::int64_t unix_now);
  void forget_first();

  std::size_t limit_;
  std::map<std::string, Use, std::less<>> uses_;  // by `jti`
  std::set<std::pair<std::int64_t, std::string>> expiries_;
};

}  // namespace floe::token
