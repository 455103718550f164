// The options of a gateway, which its operator chooses.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "address_options.h"
#include "admission_options.h"
#include "consent_options.h"
#include "floe/driver/server_uri.h"
#include "floe/rooms/access_control.h"
#include "floe/types/address.h"
#include "operating_options.h"
#include "reloaded_options.h"
#include "tls_options.h"
#include "turn_options.h"

namespace floe::gateway {

struct GatewayOptions {
  TransportAddress listen{IpAddress::v4(127, 0, 0, 1), 8080};
  /// Addresses that clients' sockets are bound to; they become the clients' host candidates.
  std::vector<IpAddress> bind{IpAddress::v4(127, 0, 0, 1)};
  std::string document_root;  ///< files of the page; empty: none
  std::string secret;         ///< signs the tokens of clients; empty only with insecure_dev
  bool insecure_dev = false;  ///< no token, loopback reachable, counters public
  AddressOptions addresses;   ///< whom clients may reach
  std::vector<ServerUri> turn_servers;  ///< to which clients may open TCP connections
  std::string tls_ca_file;              ///< authorities for these, besides those of the system
  std::vector<std::string> origins;     ///< pages that may connect; empty: those served from here
  std::size_t sessions_max = 2000;
  std::size_t sockets_max = 4000;
  std::size_t workers = 1;  ///< threads that carry datagrams
  TlsOptions tls;
  ConsentOptions consent;
  TurnOptions turn;
  AdmissionOptions admission;
  OperatingOptions operating;

  rooms::Access access() const;
  /// With what insecure_dev opens, and with the external addresses of relays.
  AddressOptions reachable() const {
    AddressOptions all = addresses;
    all.allow_loopback = all.allow_loopback || insecure_dev;
    all.external.insert(all.external.end(), turn.external.begin(), turn.external.end());
    return all;
  }
};

/// The parsed arguments, or the exit code when they are wrong, or ask for help or for a check.
struct ParsedArguments {
  GatewayOptions options;
  std::optional<int> exit_code;
  std::string output;   ///< for standard output
  std::string mistake;  ///< for standard error: why the gateway must not run
  /// What was given, by the options' names.
  GivenOptions given;
};

/// Reads the environment and the configuration file, too (see Settings).
ParsedArguments parse_arguments(int argc, const char* const* argv);

/// The reason why a gateway with these options must not run; empty when it may run.
std::string refuse_to_start(const GatewayOptions& options);

}  // namespace floe::gateway
