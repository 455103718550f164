// Several authenticators for the users of one realm: fixed passwords beside time-limited ones, an
// old secret beside the new one.
//
// All must accept each other's nonces: the same key, realm and algorithms. Then their verdicts on a
// request differ only about its signature, and any of them may challenge for all.
#pragma once

#include <vector>

#include "floe/stun/authenticator.h"

namespace floe::turn {

class AuthenticatorChain final : public stun::Authenticator {
 public:
  /// `links` has at least one; all must outlive the chain. They are asked in this order.
  explicit AuthenticatorChain(std::vector<stun::Authenticator*> links);

  stun::Authentication authenticate(Timestamp now, const stun::MessageView& request,
                                    const TransportAddress& source) override;
  void refuse(Timestamp now, std::uint16_t error, const TransportAddress& source,
              stun::MessageBuilder& response) override;

 private:
  std::vector<stun::Authenticator*> links_;
};

}  // namespace floe::turn
