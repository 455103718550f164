// What the bearer of a token may do: the claims of a token that was verified, as values.
//
// A member that has no value was not claimed: the operator's own limit counts. A claim never raises
// a limit of the operator.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "floe/token/prefix.h"

namespace floe::token {

/// What the bearer's sockets may send to a peer that has not consented.
enum class ConsentRule : std::uint8_t {
  ice,        ///< connectivity checks only: the peer must answer one of them
  any,        ///< everything; for programs that are trusted
  allowlist,  ///< everything to the peers of `allow`, nothing to others
};
/// "ice", "any" or "allowlist".
std::string_view to_text(ConsentRule rule);
std::optional<ConsentRule> parse_consent_rule(std::string_view text);

/// The claim that admits to all rooms. It is no name of a room.
inline constexpr std::string_view kEveryRoom = "*";

struct Grant {
  static constexpr std::int64_t kNeverExpires = std::numeric_limits<std::int64_t>::max();

  std::string subject;  ///< `sub`: whose quota counts, whose place in a room it is; empty: nobody's
  std::string id;       ///< `jti`; empty: none
  std::int64_t expires_at = kNeverExpires;    ///< `exp`, in seconds since 1970: all ends then
  std::vector<std::string> rooms;             ///< kEveryRoom is all of them; empty: none
  std::optional<std::uint16_t> max_sockets;   ///< UDP sockets of one tunnel
  std::optional<std::uint64_t> max_bps;       ///< bits a second, in each direction, of one tunnel
  std::optional<std::uint32_t> max_sessions;  ///< tunnels of the subject at a time
  std::optional<ConsentRule> consent;         ///< none: the operator's default
  std::vector<Prefix> allow;                  ///< the only peers; empty: those of the operator
  std::vector<std::string> origins;           ///< the only pages; empty: those of the operator
  std::vector<std::string> ice_servers;       ///< URIs of servers that have consented
  bool native = false;                        ///< a program that sends no Origin may use it
  bool multi = false;                         ///< it may come from several networks

  bool admits_room(std::string_view room) const;
  bool is_expired(std::int64_t unix_now) const { return unix_now >= expires_at; }
  bool operator==(const Grant&) const = default;
};

}  // namespace floe::token
