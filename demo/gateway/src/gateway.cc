#include "gateway.h"

#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "bind_check.h"
#include "reloaded_options.h"

namespace floe::gateway {
namespace {

/// Together with the small buffers of all others this bounds what the kernel keeps for clients.
constexpr std::size_t kFullBuffersMax = 256;

/// A WebSocket that does not answer is closed after about 10 s.
constexpr Duration kCloseTime = std::chrono::seconds(15);

native::SystemHostOptions host_options(const GatewayOptions& options, LogSink& log) {
  native::SystemHostOptions host;
  host.only_addresses = options.bind;
  host.log = &log;
  // What waits for a client that does not read is stale, and there are many clients.
  host.udp.flood_buffer_bytes = 0;
  host.udp.discard_stale = true;
  host.udp.full_buffers_max = kFullBuffersMax;
  host.streams.tls_ca_file = options.tls_ca_file;
  return host;
}

native::HttpServerOptions server_options(const GatewayOptions& options,
                                         const DescriptorBudget& budget, native::TlsTerminator* tls,
                                         const rooms::AccessControl& access_control) {
  native::HttpServerOptions server;
  server.tls = options.tls.serves_https() ? tls : nullptr;
  server.admits_host = [&access_control](std::string_view host) {
    return access_control.admits_host(host);
  };
  server.address = options.listen;
  server.document_root = options.document_root;
  server.connections_max = budget.connections();
  return server;
}

std::unique_ptr<native::TlsTerminator> make_tls(const GatewayOptions& options,
                                                const DescriptorBudget& budget,
                                                native::Loop& loop) {
  if (!options.tls.has_certificate()) return nullptr;
  return std::make_unique<native::TlsTerminator>(loop, budget.handshakes());
}

/// The options with the limits that the system's descriptors are enough for.
GatewayOptions within(const DescriptorBudget& budget, GatewayOptions options) {
  options.sessions_max = budget.sessions();
  options.sockets_max = budget.sockets();
  options.admission.strangers.all = budget.strangers();
  // All clients of a proxy on this machine seem to be of one network.
  if (options.listen.ip.is_loopback()) {
    options.admission.strangers.per_network = budget.strangers();
    options.admission.sessions_per_network_max = budget.sessions();
    options.admission.rooms.held_bytes_per_network = options.admission.rooms.held_bytes;
  }
  if (options.turn.is_wanted()) options.turn.allocations_max = budget.allocations();
  return options;
}

}  // namespace

Gateway::Gateway(const ParsedArguments& arguments, ReadArguments read)
    : options_(arguments.options),
      given_(arguments.given),
      read_(std::move(read)),
      log_(options_.operating),
      budget_(DescriptorBudget::of_this_process(options_)),
      host_(host_options(options_, log_)),
      tls_(make_tls(options_, budget_, host_.loop())),
      service_manager_(host_.loop()),
      refusals_(log_, "gateway"),
      policy_(options_.reachable(), NamedServers(options_.turn_servers), &refusals_),
      own_addresses_(host_.loop(), policy_),
      access_control_(options_.access()),
      strangers_(within(budget_, options_).admission.strangers),
      signal_(host_, access_control_, refusals_, strangers_,
              within(budget_, options_).admission.rooms),
      whip_(signal_, access_control_, refusals_),
      tunnel_(host_, host_.udp_sockets(), within(budget_, options_), access_control_, policy_,
              refusals_, strangers_),
      server_(host_.web_socket_engine(),
              server_options(options_, budget_, tls_.get(), access_control_)),
      metrics_({state_, host_, server_, tunnel_, signal_, whip_, refusals_, turn_, tls_.get()}),
      drain_(
          host_.loop(),
          [this] {
            return tunnel_.session_count() == 0 &&
                   (!turn_ || turn_->server().allocation_count() == 0);
          },
          [this] { end_drain(); }) {
  const std::string warning = warning_of(options_.consent);
  if (!warning.empty()) host_.api().log.log(LogLevel::warning, "gateway", warning);
  if (options_.turn.is_wanted()) {
    turn_.emplace(host_, host_.udp_sockets(), within(budget_, options_).turn, options_.bind,
                  policy_, tls_.get());
  }
  if (options_.operating.admin) {
    admin_.emplace(host_, *options_.operating.admin, state_, metrics_);
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
  const std::string mistake = listen();
  if (!mistake.empty()) {
    log(LogLevel::error, mistake);
    return 1;
  }
  for (const std::string& line : policy_.to_lines()) log_.log(LogLevel::info, "policy", line);
  const std::string cuts = budget_.cuts();
  if (!cuts.empty()) log(LogLevel::warning, cuts);
  const native::SignalWatch signals(host_.loop(), {SIGINT, SIGTERM, SIGHUP}, *this);
  state_.phase = Phase::ready;
  service_manager_.say_ready();
  host_.loop().run();
  std::printf("%s\n", counters_json().c_str());
  return 0;
}

std::string Gateway::listen() {
  if (!host_.is_open()) return "the system gave no descriptors (see ulimit -n)";
  if (!tunnel_.can_audit()) return "cannot write to " + options_.admission.audit_file;
  if (!budget_.refusal().empty()) return budget_.refusal();
  std::string mistake = refuse_to_bind(host_.udp_sockets(), options_.bind);
  if (mistake.empty()) mistake = load_certificate(options_.tls);
  if (!mistake.empty()) return mistake;
  const auto failed = [](const TransportAddress& wanted, native::ListenError error) {
    return "cannot listen on " + wanted.to_text() + ": " + std::string(to_text(error));
  };
  const auto address = server_.listen();
  if (!address) return failed(options_.listen, address.error());
  policy_.add_own_listener(*address);
  mistake = turn_ ? turn_->listen() : std::string();
  if (!mistake.empty()) return mistake;
  std::optional<TransportAddress> admin;
  if (admin_) {
    const auto bound = admin_->listen();
    if (!bound) return failed(*options_.operating.admin, bound.error());
    policy_.add_own_listener(*bound);
    admin = *bound;
  }
  announce(admin);
  return {};
}

std::string Gateway::load_certificate(const TlsOptions& options) {
  if (!tls_ || tls_->load(options.certificate_file, options.key_file)) return {};
  return "--tls-certificate and --tls-key cannot be read, or the key does not belong to the "
         "certificate";
}

/// One line that people can read and programs can parse; the rest of the output is the log.
void Gateway::announce(const std::optional<TransportAddress>& admin) const {
  const std::string address = server_.address().to_text();
  json::Writer out;
  out.begin_object();
  out.name("event").string("listening");
  out.name("pid").integer(getpid());
  out.name("address").string(address);
  out.name("url").string((options_.tls.serves_https() ? "https://" : "http://") + address + "/");
  if (turn_) {
    out.name("turn").begin_array();
    for (const TransportAddress& turn : turn_->addresses()) out.string(turn.to_text());
    out.end_array();
  }
  if (admin) out.name("admin").string("http://" + admin->to_text() + "/");
  out.end_object();
  std::printf("%s\n", out.text().c_str());
  (void)std::fflush(stdout);
}

void Gateway::on_signal(int signal) {
  if (signal == SIGHUP) return read_again();
  if (drain_.has_begun()) return host_.loop().stop();
  begin_drain();
}

void Gateway::begin_drain() {
  const OperatingOptions& operating = options_.operating;
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(operating.drain_timeout).count();
  log(LogLevel::info, "stopping; clients may stay for " + std::to_string(seconds) +
                          " s. Send the signal again to stop at once");
  state_.phase = Phase::draining;
  service_manager_.say_stopping(operating.drain_timeout + kCloseTime);
  server_.stop_listening();
  tunnel_.drain(operating.reconnect_spread);
  if (turn_) turn_->drain();
  drain_.begin(host_.loop().now(), operating.drain_timeout);
}

void Gateway::end_drain() {
  server_.drain(close_codes::kGoingAway, "the gateway stops", [this] { host_.loop().stop(); });
}

void Gateway::read_again() {
  if (drain_.has_begun()) return;
  service_manager_.say_reloading();
  const ParsedArguments arguments = read_();
  std::string mistake = arguments.mistake;
  if (mistake.empty()) mistake = reload(arguments.options);
  if (mistake.empty()) {
    ++state_.reloads;
    log(LogLevel::info, "read the configuration again");
    const std::string waiting = options_that_wait(given_, arguments.given);
    if (!waiting.empty()) log(LogLevel::warning, "these wait for the next start: " + waiting);
  } else {
    ++state_.failed_reloads;
    log(LogLevel::error, "the configuration stays as it was: " + mistake);
  }
  service_manager_.say_ready();
}

std::string Gateway::reload(const GatewayOptions& options) {
  const DescriptorBudget budget = budget_.again(options);
  if (!budget.refusal().empty()) return budget.refusal();
  const GatewayOptions granted = within(budget, options);
  std::string mistake = load_certificate(options.tls);
  if (!mistake.empty()) return mistake;
  if (turn_) turn_->reload(granted.turn);
  options_.operating = options.operating;
  log_.reload(options.operating);
  GatewayOptions reachable = options;
  reachable.insecure_dev = options_.insecure_dev;
  policy_.reload(reachable.reachable(), NamedServers(options.turn_servers));
  rooms::Access access = options.access();
  access.open = options_.insecure_dev;
  access_control_.reload(std::move(access));
  tunnel_.reload(granted);
  return {};
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
