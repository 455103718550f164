// `floe nat URI`: asks a server, to find out how the NAT in front of this machine behaves.
#pragma once

#include "floe/nat/behavior_discovery.h"
#include "server_access.h"

namespace floe::cli {

class NatCommand {
 public:
  explicit NatCommand(const ServerOptions& options);

  /// Returns the exit status: 0 when the server answered.
  int run();

 private:
  void drain(nat::BehaviorDiscovery& discovery);
  int report(const nat::BehaviorReport& report) const;

  ServerOptions options_;
  native::SystemHost host_;
  ServerAccess access_;
};

}  // namespace floe::cli
