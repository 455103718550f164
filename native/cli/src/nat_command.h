// `floe nat URI`: finds out with a server's help what the NAT in front of this machine does.
#pragma once

#include "floe/nat/behavior_discovery.h"
#include "server_access.h"

namespace floe::cli {

class NatCommand {
 public:
  explicit NatCommand(const ServerOptions& options);

  /// The exit status: 0 when the server answered, so that at least something is known.
  int run();

 private:
  void drain(nat::BehaviorDiscovery& discovery);
  int report(const nat::BehaviorReport& report) const;

  ServerOptions options_;
  native::SystemHost host_;
  ServerAccess access_;
};

}  // namespace floe::cli
