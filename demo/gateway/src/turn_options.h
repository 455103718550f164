// The options of a gateway's TURN server, which its operator chooses.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "floe/types/address.h"
#include "port_range.h"

namespace CLI {
class App;
}

namespace floe::gateway {

struct TurnOptions {
  std::vector<TransportAddress> listen;      ///< for UDP and TCP; none: no TURN
  std::vector<TransportAddress> listen_tls;  ///< for TLS on TCP
  /// Another address and port than the first of `listen`, for NAT behaviour discovery (RFC 5780).
  std::optional<TransportAddress> alternate;
  std::string realm = "floe";
  /// For time-limited passwords. Passwords made with `previous_secret` are accepted, too.
  std::string secret;
  std::string previous_secret;
  std::map<std::string, std::string, std::less<>> users;  ///< with permanent passwords
  /// The addresses that relays are bound to, one of each family; empty: as the sockets of tunnels.
  std::vector<IpAddress> relay;
  std::vector<IpAddress> external;  ///< the addresses that clients are told instead, by family
  PortRange ports{49152, 65535};
  std::size_t allocations_max = 10'000;
  std::size_t allocations_per_user_max = 100;

  bool is_wanted() const { return !listen.empty() || !listen_tls.empty(); }
};

/// The options of the command line, as texts until they are checked.
class TurnArguments {
 public:
  void add_to(CLI::App& app);
  /// Fills `options`, secrets from the environment included. Returns an error text, or an empty
  /// one.
  std::string read(TurnOptions& options) const;

 private:
  void add_rare_to(CLI::App& app);

  std::vector<std::string> listen_;
  std::vector<std::string> listen_tls_;
  std::string alternate_;
  std::string realm_ = "floe";
  std::string users_file_;
  std::vector<std::string> relay_;
  std::vector<std::string> external_;
  std::string ports_ = "49152-65535";
  std::size_t allocations_max_ = 10'000;
  std::size_t allocations_per_user_max_ = 100;
};

struct TurnSurroundings {
  bool loopback_only = false;
  bool has_certificate = false;  ///< for TLS
};

/// The reason why TURN must not run with these options; empty when it may run or is not wanted.
std::string refuse_turn(const TurnOptions& options, const TurnSurroundings& surroundings);

}  // namespace floe::gateway
