#include "gateway.h"

#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "bind_check.h"
#include "counters_json.h"
#include "reloaded_options.h"

namespace floe::gateway {
namespace {

/// A WebSocket that does not answer is closed after about 10 s.
constexpr Duration kCloseTime = std::chrono::seconds(15);

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

/// The limits that each worker has for itself.
GatewayOptions share_of_worker(GatewayOptions options) {
  const auto share = [&](std::size_t& all) { all = (all + options.workers - 1) / options.workers; };
  share(options.admission.strangers.all);
  share(options.turn.allocations_max);
  return options;
}

}  // namespace

Gateway::Gateway(const ParsedArguments& arguments, ReadArguments read)
    : options_(arguments.options),
      given_(arguments.given),
      read_(std::move(read)),
      log_(options_.operating),
      budget_(DescriptorBudget::of_this_process(options_)),
      granted_(within(budget_, options_)),
      host_(worker_host_options(options_, log_)),
      tls_(make_tls(options_, budget_, host_.loop())),
      service_manager_(host_.loop()),
      shared_(granted_, host_.api().crypto, host_.api().random),
      carrier_({host_, share_of_worker(granted_), shared_, log_, tls_.get()}),
      own_addresses_(host_.loop(), carrier_.policy()),
      signal_(host_, shared_.access_control, carrier_.refusals(), carrier_.strangers(),
              granted_.admission.rooms),
      whip_(signal_, shared_.access_control, carrier_.refusals()),
      server_(host_.web_socket_engine(), server_options()),
      workers_(host_.loop(), shared_, log_),
      metrics_({state_, shared_.quotas, [this] { return counters(); }, signal_, whip_, tls_.get()}),
      drain_(
          host_.loop(),
          [this] {
            if (shared_.quotas.sessions.used() > 0) return false;
            return !carrier_.turn() || counters().turn->allocations == 0;
          },
          [this] { end_drain(); }) {
  const std::string warning = warning_of(options_.consent);
  if (!warning.empty()) host_.api().log.log(LogLevel::warning, "gateway", warning);
  if (options_.operating.admin) {
    admin_.emplace(host_, *options_.operating.admin, state_, metrics_);
  }
  server_.add_subprotocol("floe.tunnel.1", carrier_.tunnel());
  server_.add_subprotocol("floe.signal.1", signal_);
  server_.add_handler("/signal/", whip_);
  server_.add_document("/livez", [] { return native::HttpDocument{.body = "ok\n"}; });
  if (options_.insecure_dev) {
    server_.add_document("/counters.json", [this] { return counters_document(); });
  }
}

native::HttpServerOptions Gateway::server_options() {
  native::HttpServerOptions server = worker_server_options(granted_, shared_);
  server.strangers.all = budget_.idle();
  server.tls = options_.tls.serves_https() ? tls_.get() : nullptr;
  server.address = options_.listen;
  server.document_root = options_.document_root;
  server.connections_max = budget_.connections();
  if (options_.workers > 1) {
    server.divert = [this](native::UniqueFd& connection, const TransportAddress& peer,
                           std::string_view first) {
      return workers_.take(connection, peer, first, carrier_.tunnel().connection_count());
    };
  }
  return server;
}

int Gateway::run() {
  const std::string mistake = listen();
  if (!mistake.empty()) {
    log(LogLevel::error, mistake);
    return 1;
  }
  for (const std::string& line : carrier_.policy().to_lines())
    log_.log(LogLevel::info, "policy", line);
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
  if (!budget_.refusal().empty()) return budget_.refusal();
  std::string mistake = shared_.open_audit_log(options_.admission.audit_file);
  if (mistake.empty()) mistake = refuse_to_bind(host_.udp_sockets(), options_.bind);
  if (mistake.empty()) mistake = load_certificate(options_.tls);
  if (!mistake.empty()) return mistake;
  const auto failed = [](const TransportAddress& wanted, native::ListenError error) {
    return "cannot listen on " + wanted.to_text() + ": " + std::string(to_text(error));
  };
  const auto address = server_.listen();
  if (!address) return failed(options_.listen, address.error());
  shared_.own_machine->add_listener(*address);
  mistake = carrier_.listen();
  if (mistake.empty()) mistake = start_workers();
  if (!mistake.empty()) return mistake;
  std::optional<TransportAddress> admin;
  if (admin_) {
    const auto bound = admin_->listen();
    if (!bound) return failed(*options_.operating.admin, bound.error());
    shared_.own_machine->add_listener(*bound);
    admin = *bound;
  }
  announce(admin);
  return {};
}

/// They serve TURN where this loop does, over UDP and TCP.
std::string Gateway::start_workers() {
  GatewayOptions options = share_of_worker(granted_);
  for (std::size_t i = 0; i < options.turn.listen.size(); ++i) {
    options.turn.listen[i] = carrier_.turn()->addresses()[i];
  }
  options.turn.listen_tls.clear();
  return workers_.start(options);
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
  if (carrier_.turn()) {
    out.name("turn").begin_array();
    for (const TransportAddress& turn : carrier_.turn()->addresses()) out.string(turn.to_text());
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
  carrier_.drain(operating.reconnect_spread);
  workers_.drain(operating.reconnect_spread);
  drain_.begin(host_.loop().now(), operating.drain_timeout);
}

void Gateway::end_drain() {
  constexpr const char* kReason = "the gateway stops";
  closing_ = 2;
  server_.drain(close_codes::kGoingAway, kReason, [this] { count_closed(); });
  workers_.end(close_codes::kGoingAway, kReason, [this] { count_closed(); });
}

void Gateway::count_closed() {
  if (--closing_ == 0) host_.loop().stop();
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
  GatewayOptions granted = within(budget, options);
  granted.insecure_dev = options_.insecure_dev;
  granted.workers = options_.workers;
  std::string mistake = load_certificate(options.tls);
  if (!mistake.empty()) return mistake;
  options_.operating = options.operating;
  log_.reload(options.operating);
  rooms::Access access = options.access();
  access.open = options_.insecure_dev;
  shared_.access_control.reload(std::move(access));
  shared_.quotas.reload(granted);
  carrier_.reload(share_of_worker(granted));
  workers_.reload(share_of_worker(granted));
  return {};
}

WorkerCounters Gateway::counters() {
  WorkerCounters all = carrier_.counters();
  all.http = server_.statistics();
  all.http_connections = server_.connection_count();
  workers_.add_to(all);
  return all;
}

native::HttpDocument Gateway::counters_document() {
  return {.content_type = "application/json", .body = counters_json()};
}

std::string Gateway::counters_json() {
  return to_json(counters(), shared_.quotas, signal_.counters(), whip_.session_count());
}

}  // namespace floe::gateway
