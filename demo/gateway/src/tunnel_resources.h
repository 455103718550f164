// The resources that all tunnels of a gateway share.
#pragma once

#include <vector>

#include "access_control.h"
#include "address_policy.h"
#include "floe/native/system_host.h"
#include "quota.h"
#include "refusal_log.h"

namespace floe::gateway {

struct TunnelResources {
  native::SystemHost& host;
  native::UdpSocketSource& udp;  ///< of the sockets that clients bind
  const AccessControl& access_control;
  AddressPolicy& policy;
  RefusalLog& refusals;
  std::vector<InterfaceAddress> addresses;  ///< addresses that clients may bind
  Quota sessions;
  Quota sockets;  ///< UDP sockets and TCP connections
};

}  // namespace floe::gateway
