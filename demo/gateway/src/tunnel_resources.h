// The resources that the tunnels of one worker share.
#pragma once

#include "address_policy.h"
#include "advertised_addresses.h"
#include "consent_options.h"
#include "floe/native/strangers.h"
#include "floe/native/system_host.h"
#include "floe/rooms/refusal_log.h"
#include "name_cache.h"
#include "shared.h"

namespace floe::gateway {

struct TunnelResources {
  native::SystemHost& host;
  native::UdpSocketSource& udp;  ///< of the sockets that clients bind
  Shared& shared;
  AddressPolicy& policy;
  ConsentOptions consent;
  rooms::RefusalLog& refusals;
  AdvertisedAddresses addresses;  ///< that clients may bind
  PortRange ports;                ///< that their sockets may have
  NameCache names;
  native::AskerId last_asker = native::kNoAsker;
  native::Strangers& strangers;
};

}  // namespace floe::gateway
