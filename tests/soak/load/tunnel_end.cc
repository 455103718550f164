#include "tunnel_end.h"

namespace floe::soak {

TunnelEnd::TunnelEnd(native::SystemHost& host, const std::string& url, std::string_view token,
                     TunnelEndOwner& owner)
    : owner_(owner),
      timer_(host.loop().create(*this)),
      turn_(host.loop(), native::Deferred::When::end_of_pass, *this),
      client_(host.message_channels(), host.api().clock, *this,
              {url, ByteVector(token.begin(), token.end())}) {
  turn_.request();
}

void TunnelEnd::close() {
  client_.close();
}

void TunnelEnd::handle_timeout(Timestamp now) {
  client_.handle_timeout(now);
  turn_.request();
}

void TunnelEnd::end_turn() {
  client_.flush();
  timer_->arm(client_.deadline());
}

}  // namespace floe::soak
