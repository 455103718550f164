#include "tampering_gateway.h"

#include <csignal>
#include <cstdio>

#include "floe/json/writer.h"

namespace floe::tampering {
namespace {

native::SystemHostOptions host_options(const gateway::GatewayOptions& options) {
  native::SystemHostOptions host;
  host.only_addresses = options.bind;
  host.log_minimum = options.operating.log_level;
  return host;
}

native::HttpServerOptions server_options(const gateway::GatewayOptions& options) {
  native::HttpServerOptions server;
  server.address = options.listen;
  return server;
}

}  // namespace

std::optional<Attack> parse_attack(std::string_view name) {
  const Attack attack{parse_datagram_attack(name), parse_signalling_attack(name)};
  const bool is_one = attack.on_datagrams || attack.on_signalling;
  return is_one || name == "nothing" ? std::optional(attack) : std::nullopt;
}

TamperingGateway::TamperingGateway(const gateway::GatewayOptions& options, const Attack& attack)
    : options_(options),
      host_(host_options(options)),
      refusals_(host_.api().log, "gateway"),
      policy_(options.reachable(), gateway::NamedServers(options.turn_servers), &refusals_),
      shared_(options_, host_.api().crypto, host_.api().random),
      sockets_(host_.udp_sockets(), attack.on_datagrams),
      signal_(host_, shared_.access_control, refusals_, strangers_),
      rooms_(signal_, attack.on_signalling),
      tunnel_(host_, sockets_, options_, shared_, policy_, refusals_, strangers_),
      server_(host_.web_socket_engine(), server_options(options)) {
  if (options_.turn.is_wanted()) {
    turn_.emplace(host_, sockets_, options_.turn, options_.bind, policy_, nullptr);
  }
  server_.add_subprotocol("floe.tunnel.1", tunnel_);
  server_.add_subprotocol("floe.signal.1", rooms_);
}

int TamperingGateway::run() {
  const auto address = server_.listen();
  if (!address) return 1;
  policy_.add_own_listener(*address);
  const std::string mistake = turn_ ? turn_->listen() : std::string();
  if (!mistake.empty()) {
    host_.api().log.log(LogLevel::error, "gateway", mistake);
    return 1;
  }
  announce(*address);
  const native::SignalWatch signals(host_.loop(), {SIGINT, SIGTERM}, *this);
  host_.loop().run();
  return 0;
}

void TamperingGateway::announce(const TransportAddress& address) const {
  json::Writer out;
  out.begin_object();
  out.name("event").string("listening");
  out.name("address").string(address.to_text());
  out.name("turn").begin_array();
  if (turn_) {
    for (const TransportAddress& turn : turn_->addresses()) out.string(turn.to_text());
  }
  out.end_array();
  out.end_object();
  std::printf("%s\n", out.text().c_str());
  (void)std::fflush(stdout);
}

}  // namespace floe::tampering
