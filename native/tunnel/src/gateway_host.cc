#include "floe/native/gateway_host.h"

namespace floe::native {

GatewayHost::GatewayHost(SystemHost& system, std::string url, std::string_view token)
    : system_(system),
      url_(std::move(url)),
      timer_(system.loop().create(*this)),
      turn_(system.loop(), Deferred::When::end_of_pass, *this),
      client_(system.message_channels(), system.api().clock, *this,
              {url_, ByteVector(token.begin(), token.end())}) {
  turn_.request();
}

Host GatewayHost::api() {
  const Host& own = system_.api();
  return {own.clock,  own.timers, client_,  client_, own.random,
          own.crypto, own.log,    &client_, &client_};
}

void GatewayHost::on_closed(const tunnel::ClientClosed& closed) {
  const std::string why =
      closed.reason.empty() ? std::string(to_text(closed.cause)) : std::string(closed.reason);
  if (closed.is_refusal) {
    return tell("gateway-refused", "A server at " + url_ + " answers, and takes no connection: " +
                                       why + ". Check the path of the URL.");
  }
  if (!closed.was_ready && closed.cause != tunnel::CloseCause::gateway) {
    return tell("gateway-unreachable", "No answer from a gateway at " + url_ + ": " + why +
                                           ". Check the URL, and that the gateway runs.");
  }
  if (closed.code == close_code(tunnel::ErrorCode::unauthorized)) {
    return tell("unauthorized",
                "The gateway at " + url_ + " refuses the token: " + why + ". Pass a fresh one.");
  }
  tell("gateway-closed", "The connection to the gateway at " + url_ + " ended: " + why +
                             ". The log of the gateway says more.");
}

void GatewayHost::tell(std::string_view code, const std::string& text) {
  if (on_lost) return on_lost({code, text});
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
