// Asks a STUN server for the address that it sees for this machine, and measures the time.
#pragma once

#include <optional>
#include <string>

#include "floe/probes/blocking_host.h"
#include "floe/probes/server_options.h"
#include "floe/stun/long_term_client.h"

namespace floe::probes {

struct StunOptions {
  ServerOptions server;
  stun::LongTermCredentials credentials;
};

struct StunAnswer {
  /// What happened, why, and what to do; empty when the server told an address.
  std::string error;
  std::string server;
  std::string_view transport;
  std::string software;
  TransportAddress local;
  TransportAddress mapped;
  Duration round_trip{};
};

/// Within 10 seconds.
StunAnswer ask_stun(BlockingHost& host, const StunOptions& options);
/// The exit status: 0 when there is an address.
int print(Console& console, bool json, const StunAnswer& answer);

}  // namespace floe::probes
