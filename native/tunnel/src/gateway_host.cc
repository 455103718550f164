#include "floe/native/gateway_host.h"

namespace floe::native {

GatewayHost::GatewayHost(SystemHost& system, std::string url, std::string_view token)
    : system_(system),
      timer_(system.loop().create(*this)),
      turn_(system.loop(), Deferred::When::end_of_pass, *this),
      client_(system.message_channels(), system.api().clock, *this,
              {std::move(url), ByteVector(token.begin(), token.end())}) {
  turn_.request();
}

Host GatewayHost::api() {
  const Host& own = system_.api();
  return {own.clock,  own.timers, client_,  client_, own.random,
          own.crypto, own.log,    &client_, &client_};
}

void GatewayHost::on_closed(const tunnel::ClientClosed& closed) {
  std::string text(to_text(closed.cause));
  if (!closed.reason.empty()) text += ": " + std::string(closed.reason);
  system_.api().log.log(LogLevel::error, "tunnel", text);
}

void GatewayHost::handle_timeout(Timestamp now) {
  client_.handle_timeout(now);
  turn_.request();
}

void GatewayHost::end_turn() {
  client_.flush();
  timer_->arm(client_.deadline());
}

}  // namespace floe::native
