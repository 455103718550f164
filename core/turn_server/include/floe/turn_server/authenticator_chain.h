// Several ways to prove who one is, for the users of one realm: names with passwords beside
// time-limited ones, an old secret beside the new one.
//
// All must issue each other's nonces: the same key, realm and algorithms. Then each says the same
// of a request but whether its signature is right, and any of them may challenge for all.
#pragma once

#include <vector>

#include "floe/stun/authenticator.h"

namespace floe::turn {

class AuthenticatorChain final : public stun::Authenticator {
 public:
  /// At least one; they must outlive it. Asked in this order.
  explicit AuthenticatorChain(std::vector<stun::Authenticator*> links);

  stun::Authentication authenticate(Timestamp now, const stun::MessageView& request,
                                    const TransportAddress& source) override;
  void refuse(Timestamp now, std::uint16_t error, const TransportAddress& source,
              stun::MessageBuilder& response) override;

 private:
  std::vector<stun::Authenticator*> links_;
};

}  // namespace floe::turn
