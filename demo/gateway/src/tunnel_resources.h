// The resources that all tunnels of a gateway share.
#pragma once

#include "address_policy.h"
#include "advertised_addresses.h"
#include "consent_options.h"
#include "floe/native/system_host.h"
#include "floe/rooms/access_control.h"
#include "floe/rooms/refusal_log.h"
#include "name_cache.h"
#include "quota.h"

namespace floe::gateway {

struct TunnelResources {
  native::SystemHost& host;
  native::UdpSocketSource& udp;  ///< of the sockets that clients bind
  const rooms::AccessControl& access_control;
  AddressPolicy& policy;
  ConsentOptions consent;
  rooms::RefusalLog& refusals;
  AdvertisedAddresses addresses;  ///< that clients may bind
  PortRange ports;                ///< that their sockets may have
  NameCache names;
  native::AskerId last_asker = native::kNoAsker;
  Quota sessions;
  Quota sockets;  ///< UDP sockets and TCP connections
};

}  // namespace floe::gateway
