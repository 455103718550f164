// Accepts requests that are signed with one username and password, which both ends know already
// (RFC 8489, section 9.1).
#pragma once

#include "floe/stun/authenticator.h"

namespace floe::stun {

class ShortTermAuthenticator final : public Authenticator {
 public:
  ShortTermAuthenticator(Crypto& crypto, std::string username, std::string_view password);

  Authentication authenticate(Timestamp now, const MessageView& request,
                              const TransportAddress& source) override;
  void refuse(Timestamp now, std::uint16_t error, const TransportAddress& source,
              MessageBuilder& response) override;

 private:
  Crypto& crypto_;
  std::string username_;
  ByteVector password_;
};

}  // namespace floe::stun
