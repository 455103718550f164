#include "reception.h"

namespace floe::device {
namespace {

native::HttpServerOptions server_options(const ReceptionOptions& options) {
  native::HttpServerOptions server;
  server.address = options.listen;
  server.document_root = options.document_root;
  return server;
}

}  // namespace

std::string refuse_reception(const ReceptionOptions& options) {
  if (options.token.empty() && options.listen.ip.is_loopback()) return {};
  if (options.token.size() >= token::kSecretSizeMin) return {};
  return "without a token everybody who can reach " + options.listen.to_text() +
         " could connect. Set FLOE_TOKEN to at least 16 characters, or listen on 127.0.0.1.";
}

Reception::Reception(native::SystemHost& host, const ReceptionOptions& options)
    : options_(options),
      refusals_(host.api().log, "device"),
      // Few know a device's token, and no server mints others.
      access_control_(
          {.secret = options.token, .open = options.token.empty(), .secret_is_token = true}),
      signal_(host, access_control_, refusals_, strangers_),
      whip_(signal_, access_control_, refusals_),
      server_(host.web_socket_engine(), server_options(options)) {
  server_.add_subprotocol("floe.signal.1", signal_);
  server_.add_handler("/signal/", whip_);
}

std::string Reception::listen() {
  const auto address = server_.listen();
  if (address) return {};
  return "cannot listen on " + options_.listen.to_text() + ": " +
         std::string(to_text(address.error()));
}

std::string Reception::url(std::string_view room) const {
  TransportAddress reached = address();
  if (reached.ip.is_any()) reached.ip = IpAddress::loopback(reached.ip.family());
  return "ws://" + reached.to_text() + "/signal/" + std::string(room);
}

}  // namespace floe::device
