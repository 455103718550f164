#include "floe/turn_server/authenticator_chain.h"

#include <cassert>
#include <utility>

#include "floe/stun/attributes/error_code.h"

namespace floe::turn {

AuthenticatorChain::AuthenticatorChain(std::vector<stun::Authenticator*> links)
    : links_(std::move(links)) {
  assert(!links_.empty());
}

stun::Authentication AuthenticatorChain::authenticate(Timestamp now,
                                                      const stun::MessageView& request,
                                                      const TransportAddress& source) {
  stun::Authentication answer{stun::kUnauthenticated, {}, {}};
  for (stun::Authenticator* link : links_) {
    answer = link->authenticate(now, request, source);
    // An unsigned or malformed request is refused by all authenticators alike.
    if (answer.error != stun::kUnauthenticated) break;
  }
  return answer;
}

void AuthenticatorChain::refuse(Timestamp now, std::uint16_t error, const TransportAddress& source,
                                stun::MessageBuilder& response) {
  links_.front()->refuse(now, error, source, response);
}

}  // namespace floe::turn
