// Tests a TURN server step by step, and measures how long each step takes: two allocations talk to
// each other, through Send indications first, then through channels, as an agent would.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "floe/probes/blocking_host.h"
#include "floe/probes/server_options.h"
#include "floe/stun/long_term_client.h"

namespace floe::probes {

struct TurnOptions {
  ServerOptions server;
  stun::LongTermCredentials credentials;
};

struct TurnAnswer {
  /// What happened, why, and what to do; empty when the server has made the allocations.
  std::string error;
  std::string server;
  std::string_view transport;
  TransportAddress local;
  std::optional<TransportAddress> mapped;
  std::vector<TransportAddress> relayed;
  Duration lifetime{};
  Duration lookup{};
  std::optional<Duration> connect;  ///< over TCP and TLS
  Duration allocate{};
  std::optional<Duration> echo;  ///< the shortest by Send indications; empty: none came back
  std::optional<Duration> channel_echo;  ///< the shortest by channels
  /// What does not work although the server allocates; empty: all works.
  std::string problem;
};

TurnAnswer ask_turn(BlockingHost& host, const TurnOptions& options);
/// The exit status: 0 when datagrams came back through the relay.
int print(Console& console, bool json, const TurnAnswer& answer);

}  // namespace floe::probes
