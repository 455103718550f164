// Asks a server, to find out how the NAT in front of this machine behaves (RFC 5780).
#pragma once

#include <string>

#include "floe/nat/behavior_report.h"
#include "floe/probes/blocking_host.h"
#include "floe/probes/server_options.h"

namespace floe::probes {

struct NatAnswer {
  /// What happened, why, and what to do; empty when the server could be asked.
  std::string error;
  std::string server;
  nat::BehaviorReport report;
};

/// Within 40 seconds.
NatAnswer ask_nat(BlockingHost& host, const ServerOptions& options);
/// The exit status: 0 when the server answered.
int print(Console& console, bool json, const NatAnswer& answer);

}  // namespace floe::probes
