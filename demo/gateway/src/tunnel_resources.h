// The resources that all tunnels of a gateway share.
#pragma once

#include <vector>

#include "address_policy.h"
#include "floe/native/system_host.h"
#include "floe/rooms/access_control.h"
#include "floe/rooms/refusal_log.h"
#include "quota.h"

namespace floe::gateway {

struct TunnelResources {
  native::SystemHost& host;
  native::UdpSocketSource& udp;  ///< of the sockets that clients bind
  const rooms::AccessControl& access_control;
  AddressPolicy& policy;
  rooms::RefusalLog& refusals;
  std::vector<InterfaceAddress> addresses;  ///< addresses that clients may bind
  Quota sessions;
  Quota sockets;  ///< UDP sockets and TCP connections
};

}  // namespace floe::gateway
