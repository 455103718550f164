// The configuration of a TURN server.
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

/// RFC 8656, sections 3.2 and 7.2: an allocation lasts 10 minutes unless its client wants more, and
/// an hour at most.
inline constexpr Duration kDefaultLifetime = std::chrono::seconds(600);
inline constexpr Duration kLifetimeMax = std::chrono::seconds(3600);
/// Section 7.2: the port that EVEN-PORT reserved is held at least this long for its Allocate.
inline constexpr Duration kReservationLifetime = std::chrono::seconds(30);

/// One local address for relays.
struct RelayAddress {
  IpAddress bound;
  IpAddress advertised;  ///< the address that clients are told; differs behind a 1:1 NAT
};

struct ServerConfig {
  /// One address of each family counts. Without an address of a family, requests for that family
  /// get a 440.
  std::vector<RelayAddress> relays;
  PortRange ports;
  std::size_t allocations_max = 10'000;
  std::size_t allocations_per_user_max = 100;
  /// Of answers to sources that may be forged. Binding has a budget of its own, so that a flood of
  /// Allocates in the name of a network does not keep its hosts from STUN.
  AnswerRate binding_rate{.per_second = 1000, .burst = 2000};
  AnswerRate refusal_rate{.per_second = 200, .burst = 400};
  /// For Binding; `software` and `alternate` are for all methods. `authenticator` is for Binding
  /// alone.
  stun::BindingServerConfig binding;
  /// Returns the user whose quota an allocation of `username` counts for; see
  /// TimeLimitedAccounts::user_of().
  std::string_view (*user_of)(std::string_view username) = [](std::string_view name) {
    return name;
  };
};

}  // namespace floe::turn
