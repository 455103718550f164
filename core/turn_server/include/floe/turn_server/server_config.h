// What an operator decides about a server of TURN.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "floe/stun/binding_server.h"
#include "floe/turn_server/answer_limit.h"
#include "floe/turn_server/relay_ports.h"
#include "floe/types/address.h"
#include "floe/types/time.h"

namespace floe::turn {

/// RFC 8656, section 3.2: "The default lifetime ... is 10 minutes", and section 7.2: the maximum "a
/// value of 3600 seconds (1 hour) is RECOMMENDED".
inline constexpr Duration kDefaultLifetime = std::chrono::seconds(600);
inline constexpr Duration kLifetimeMax = std::chrono::seconds(3600);
/// Section 7.2: "at least 30 seconds" for what EVEN-PORT reserved.
inline constexpr Duration kReservationLifetime = std::chrono::seconds(30);

/// An address that relays are bound to.
struct RelayAddress {
  IpAddress bound;
  IpAddress advertised;  ///< what clients are told; another one behind a 1:1 NAT
};

struct ServerConfig {
  /// One of each family counts; none of a family: 440 for it.
  std::vector<RelayAddress> relays;
  PortRange ports;
  std::size_t allocations_max = 10'000;
  std::size_t allocations_per_user_max = 100;
  AnswerRate answer_rate;
  /// For Binding, and `software`, `alternate` for all. Its `authenticator` is for Binding alone.
  stun::BindingServerConfig binding;
  /// Whose quota a name counts for; see TimeLimitedAccounts::user_of().
  std::string_view (*user_of)(std::string_view username) = [](std::string_view name) {
    return name;
  };
};

}  // namespace floe::turn
