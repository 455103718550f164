// A datagram as a server received it, and the datagram that answers it.
#pragma once

#include "floe/types/address.h"
#include "floe/types/bytes.h"

namespace floe::stun {

struct Arrival {
  TransportAddress source;  ///< the sender, as seen here
  TransportAddress local;   ///< the server's address that it came to; never a wildcard
  Bytes bytes;              ///< valid for the duration of the call
};

struct Answer {
  TransportAddress from;  ///< the server's address to send from: may differ from the request's
  TransportAddress to;
  Bytes bytes;  ///< a view of the buffer that was given
};

}  // namespace floe::stun
