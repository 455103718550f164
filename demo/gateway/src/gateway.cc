#include "gateway.h"

#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "bind_check.h"

namespace floe::gateway {
namespace {

/// Together with the small buffers of all others this bounds what the kernel keeps for clients.
constexpr std::size_t kFullBuffersMax = 256;

native::SystemHostOptions host_options(const GatewayOptions& options) {
  native::SystemHostOptions host;
  host.only_addresses = options.bind;
  host.log_minimum = options.log_minimum;
  // What waits for a client that does not read is stale, and there are many clients.
  host.udp.flood_buffer_bytes = 0;
  host.udp.discard_stale = true;
  host.udp.full_buffers_max = kFullBuffersMax;
  host.streams.tls_ca_file = options.tls_ca_file;
  return host;
}

native::HttpServerOptions server_options(const GatewayOptions& options,
                                         native::TlsTerminator* tls) {
  native::HttpServerOptions server;
  server.tls = options.tls.serves_https() ? tls : nullptr;
  server.address = options.listen;
  server.document_root = options.document_root;
  return server;
}

std::unique_ptr<native::TlsTerminator> make_tls(const GatewayOptions& options, native::Loop& loop) {
  if (!options.tls.has_certificate()) return nullptr;
  return std::make_unique<native::TlsTerminator>(loop);
}

}  // namespace

Gateway::Gateway(const GatewayOptions& options)
    : options_(options),
      host_(host_options(options)),
      tls_(make_tls(options, host_.loop())),
      refusals_(host_.api().log, "gateway"),
      policy_(options_.reachable(), TurnDestinations(options_.turn_servers), &refusals_),
      own_addresses_(host_.loop(), policy_),
      access_control_(options_.access()),
      signal_(host_, access_control_, refusals_),
      whip_(signal_, access_control_, refusals_),
      tunnel_(host_, host_.udp_sockets(), options_, access_control_, policy_, refusals_),
      server_(host_.web_socket_engine(), server_options(options, tls_.get())) {
  const std::string warning = warning_of(options_.consent);
  if (!warning.empty()) host_.api().log.log(LogLevel::warning, "gateway", warning);
  if (options_.turn.is_wanted()) {
    turn_.emplace(host_, host_.udp_sockets(), options_.turn, options_.bind, policy_, tls_.get());
  }
  server_.add_subprotocol("floe.tunnel.1", tunnel_);
  server_.add_subprotocol("floe.signal.1", signal_);
  server_.add_handler("/signal/", whip_);
  server_.add_document("/livez", [] { return native::HttpDocument{.body = "ok\n"}; });
  if (options_.insecure_dev) {
    server_.add_document("/counters.json", [this] { return counters_document(); });
  }
}

int Gateway::run() {
  LogSink& log = host_.api().log;
  if (!host_.is_open()) {
    log.log(LogLevel::error, "gateway", "the system gave no descriptors (see ulimit -n)");
    return 1;
  }
  const std::string mistake = listen();
  if (!mistake.empty()) {
    log.log(LogLevel::error, "gateway", mistake);
    return 1;
  }
  for (const std::string& line : policy_.to_lines()) log.log(LogLevel::info, "policy", line);
  announce(server_.address());
  const native::SignalWatch signals(host_.loop(), {SIGINT, SIGTERM}, *this);
  host_.loop().run();
  std::printf("%s\n", counters_json().c_str());
  return 0;
}

std::string Gateway::listen() {
  const std::string mistake = refuse_to_bind(host_.udp_sockets(), options_.bind);
  if (!mistake.empty()) return mistake;
  if (tls_ && !tls_->load(options_.tls.certificate_file, options_.tls.key_file)) {
    return "--tls-certificate and --tls-key cannot be read, or the key does not belong to the "
           "certificate";
  }
  const auto address = server_.listen();
  if (!address) {
    return "cannot listen on " + options_.listen.to_text() + ": " +
           std::string(to_text(address.error()));
  }
  policy_.add_own_listener(*address);
  return turn_ ? turn_->listen() : std::string();
}

/// One line that people can read and programs can parse; the rest of the output is the log.
void Gateway::announce(const TransportAddress& address) const {
  json::Writer out;
  out.begin_object();
  out.name("event").string("listening");
  out.name("pid").integer(getpid());
  out.name("address").string(address.to_text());
  out.name("url").string((options_.tls.serves_https() ? "https://" : "http://") +
                         address.to_text() + "/");
  if (turn_) {
    out.name("turn").begin_array();
    for (const TransportAddress& turn : turn_->addresses()) out.string(turn.to_text());
    out.end_array();
  }
  out.end_object();
  std::printf("%s\n", out.text().c_str());
  (void)std::fflush(stdout);
}

/// The first signal drains: clients are told, and get time to leave. The second signal ends the
/// gateway at once.
void Gateway::on_signal(int) {
  if (draining_) return host_.loop().stop();
  draining_ = true;
  host_.api().log.log(LogLevel::info, "gateway", "stopping; send the signal again to stop at once");
  tunnel_.drain();
  if (turn_) turn_->drain();
  server_.drain(close_codes::kGoingAway, "the gateway stops", [this] { host_.loop().stop(); });
}

std::string Gateway::counters_json() {
  const TunnelCounters tunnel = tunnel_.counters();
  const signal::RoomCounters& rooms = signal_.counters();
  const native::UdpStatistics& udp = host_.udp_sockets().statistics();
  json::Writer out;
  out.begin_object();
  out.name("event").string("counters");
  out.name("tunnelSessions").unsigned_integer(tunnel.sessions);
  out.name("tunnelSessionsOpen").unsigned_integer(tunnel_.session_count());
  out.name("socketsOpen").unsigned_integer(tunnel_.socket_count());
  out.name("datagramsOut").unsigned_integer(tunnel.datagrams_out);
  out.name("datagramsIn").unsigned_integer(tunnel.datagrams_in);
  out.name("datagramsDropped").unsigned_integer(tunnel.datagrams_dropped);
  out.name("tcpConnections").unsigned_integer(tunnel.tcp_connections);
  out.name("tcpBytesOut").unsigned_integer(tunnel.tcp_bytes_out);
  out.name("tcpBytesIn").unsigned_integer(tunnel.tcp_bytes_in);
  out.name("udpSent").unsigned_integer(udp.sent);
  out.name("udpReceived").unsigned_integer(udp.received);
  out.name("roomsJoined").unsigned_integer(rooms.joined);
  out.name("messagesRelayed").unsigned_integer(rooms.relayed);
  out.name("whipSessionsOpen").unsigned_integer(whip_.session_count());
  if (turn_) write_turn_counters(out);
  out.end_object();
  return out.take();
}

void Gateway::write_turn_counters(json::Writer& out) const {
  const turn::ServerCounters& turn = turn_->server().counters();
  const stun::BindingServerCounters& binding = turn_->server().binding_counters();
  out.name("turnAllocationsOpen").unsigned_integer(turn_->server().allocation_count());
  out.name("turnAllocations").unsigned_integer(turn.allocated);
  out.name("turnRefused").unsigned_integer(turn.refused);
  out.name("turnUnanswered").unsigned_integer(turn.unanswered);
  out.name("turnToPeers").unsigned_integer(turn.to_peers);
  out.name("turnToPeersBytes").unsigned_integer(turn.to_peers_bytes);
  out.name("turnToClients").unsigned_integer(turn.to_clients);
  out.name("turnToClientsBytes").unsigned_integer(turn.to_clients_bytes);
  out.name("turnInProcess").unsigned_integer(turn.in_process);
  out.name("turnMalformed").unsigned_integer(turn.malformed + turn.ignored);
  out.name("turnNoAllocation").unsigned_integer(turn.no_allocation);
  out.name("turnNoChannel").unsigned_integer(turn.no_channel);
  out.name("turnNoPermission").unsigned_integer(turn.no_permission);
  out.name("turnForbidden").unsigned_integer(turn.forbidden);
  out.name("turnTooLong").unsigned_integer(turn.too_long + turn.no_relay_of_family);
  out.name("turnDropped").unsigned_integer(turn_->dropped());
  out.name("stunBindings").unsigned_integer(binding.succeeded);
}

native::HttpDocument Gateway::counters_document() {
  return {.content_type = "application/json", .body = counters_json()};
}

}  // namespace floe::gateway
