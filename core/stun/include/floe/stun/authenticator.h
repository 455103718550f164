// The server side of credentials: which user sent a request, and how a request without that proof
// is refused (RFC 8489, section 9). There is one implementation for short-term and one for
// long-term credentials; every server that answers STUN takes one.
#pragma once

#include <cstdint>
#include <string>

#include "floe/stun/integrity_key.h"
#include "floe/types/address.h"
#include "floe/types/time.h"

namespace floe::stun {

struct Authentication {
  std::uint16_t error = 0;  ///< 0, or the code to refuse by: 400, 401 or 438
  std::string username;     ///< the user that sent the request, when there is no error
  /// To sign the answer with; none when the request has no valid signature.
  IntegrityKey key;
};

class Authenticator {
 public:
  virtual ~Authenticator() = default;
  virtual Authentication authenticate(Timestamp now, const MessageView& request,
                                      const TransportAddress& source) = 0;
  /// Adds to an error response what `error` needs, the ERROR-CODE first. Reason phrases are left
  /// out when they do not fit into what is left of the buffer.
  virtual void refuse(Timestamp now, std::uint16_t error, const TransportAddress& source,
                      MessageBuilder& response) = 0;
};

}  // namespace floe::stun
