// The server side of credentials: which user sent a request, and how an unauthenticated request is
// refused (RFC 8489, section 9). There is one implementation for short-term and one for long-term
// credentials; every server that answers STUN takes one.
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
  /// The key to sign the answer with; none when the request has no valid signature.
  IntegrityKey key;
};

class Authenticator {
 public:
  virtual ~Authenticator() = default;
  virtual Authentication authenticate(Timestamp now, const MessageView& request,
                                      const TransportAddress& source) = 0;
  /// Adds the attributes that `error` needs to an error response, ERROR-CODE first. A reason phrase
  /// that does not fit into the rest of the buffer is left out.
  virtual void refuse(Timestamp now, std::uint16_t error, const TransportAddress& source,
                      MessageBuilder& response) = 0;
};

}  // namespace floe::stun
