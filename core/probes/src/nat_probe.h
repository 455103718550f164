// The discovery of a NAT's behaviour, over two sockets.
#pragma once

#include "floe/nat/behavior_discovery.h"
#include "floe/probes/nat.h"
#include "server_access.h"

namespace floe::probes {

class NatProbe {
 public:
  /// `host` must outlive it.
  NatProbe(BlockingHost& host, const ServerOptions& options)
      : host_(host), access_(host, options) {}

  NatAnswer run();

 private:
  void drain(nat::BehaviorDiscovery& discovery);

  BlockingHost& host_;
  ServerAccess access_;
};

}  // namespace floe::probes
