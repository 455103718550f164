// The configuration of one allocation of a client.
#pragma once

#include "floe/stun/credentialed_transaction.h"
#include "floe/turn/transport.h"

namespace floe::turn {

struct AllocationConfig {
  Transport transport = Transport::udp;
  stun::LongTermCredentials credentials = {};
  Duration rto = stun::kInitialRto;  ///< of each request over UDP; greater than 0
  bool wants_ipv6 = true;  ///< a relayed address of each family, where the server has them
};

}  // namespace floe::turn
