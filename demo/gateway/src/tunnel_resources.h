// The resources that all tunnels of a gateway share.
#pragma once

#include <string>

#include "address_policy.h"
#include "advertised_addresses.h"
#include "audit_log.h"
#include "consent_options.h"
#include "floe/native/system_host.h"
#include "floe/rooms/access_control.h"
#include "floe/rooms/refusal_log.h"
#include "floe/rooms/strangers.h"
#include "keyed_quota.h"
#include "name_cache.h"
#include "quota.h"

namespace floe::gateway {

struct TunnelResources {
  native::SystemHost& host;
  native::UdpSocketSource& udp;  ///< of the sockets that clients bind
  rooms::AccessControl& access_control;
  AddressPolicy& policy;
  ConsentOptions consent;
  rooms::RefusalLog& refusals;
  AdvertisedAddresses addresses;  ///< that clients may bind
  PortRange ports;                ///< that their sockets may have
  NameCache names;
  native::AskerId last_asker = native::kNoAsker;
  AuditLog& audit;
  rooms::Strangers& strangers;
  Quota sessions;  ///< of those that have shown a token
  KeyedQuota<IpAddress> network_sessions = {};
  std::size_t network_sessions_max = 0;
  KeyedQuota<std::string> subject_sessions = {};
  std::size_t subject_sessions_max = 0;
  Quota sockets;  ///< UDP sockets and TCP connections
};

}  // namespace floe::gateway
