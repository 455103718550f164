// A datagram as a server received it, and the datagram that answers it.
#pragma once

#include "floe/types/address.h"
#include "floe/types/bytes.h"

namespace floe::stun {

struct Arrival {
  TransportAddress source;  ///< the sender, as seen here
  TransportAddress local;   ///< the own address that it came to; never a wildcard
  Bytes bytes;              ///< valid for the duration of the call
};

struct Answer {
  TransportAddress
      from;  ///< the own address to send it from: not always the one that the request came to
  TransportAddress to;
  Bytes bytes;  ///< a view of the buffer that was given
};

}  // namespace floe::stun
