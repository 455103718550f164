// A datagram as a server got it, and the one that answers it.
#pragma once

#include "floe/types/address.h"
#include "floe/types/bytes.h"

namespace floe::stun {

struct Arrival {
  TransportAddress source;  ///< who sent it, as seen here
  TransportAddress local;   ///< which of the own addresses it came to; never a wildcard
  Bytes bytes;              ///< lent for the duration of the call
};

struct Answer {
  TransportAddress from;  ///< the own address to send it from: not always where the request came to
  TransportAddress to;
  Bytes bytes;  ///< in the buffer that was given
};

}  // namespace floe::stun
