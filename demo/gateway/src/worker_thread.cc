#include "worker_thread.h"

#include <future>
#include <memory>
#include <system_error>
#include <utility>

#include "floe/native/blocked_signals.h"

namespace floe::gateway {
namespace {

/// Together with the small buffers of all others this bounds what the kernel keeps for clients.
constexpr std::size_t kFullBuffersMax = 256;

}  // namespace

native::SystemHostOptions worker_host_options(const GatewayOptions& options, LogSink& log) {
  native::SystemHostOptions host;
  host.only_addresses = options.bind;
  host.log = &log;
  // What waits for a client that does not read is stale, and there are many clients.
  host.udp.flood_buffer_bytes = 0;
  host.udp.discard_stale = true;
  host.udp.full_buffers_max = kFullBuffersMax / options.workers;
  host.streams.tls_ca_file = options.tls_ca_file;
  return host;
}

native::HttpServerOptions worker_server_options(const GatewayOptions& options, Shared& shared) {
  native::HttpServerOptions server;
  server.admits_host = [&shared](std::string_view host) {
    return shared.access_control.admits_host(host);
  };
  server.strangers = options.admission.strangers;
  server.connections_max = options.sessions_max + options.admission.strangers.all;
  return server;
}

WorkerThread::WorkerThread(const GatewayOptions& options, Shared& shared, LogSink& log)
    : host_(worker_host_options(options, log)),
      carrier_({host_, options, shared, log}),
      server_(host_.web_socket_engine(), worker_server_options(options, shared)),
      arrivals_(host_.loop(),
                [this](native::FirstBytes::Connection arrived) { adopt(std::move(arrived)); }),
      tasks_(host_.loop(), [](const std::function<void()>& task) { task(); }) {
  server_.add_subprotocol("floe.tunnel.1", carrier_.tunnel());
}

WorkerThread::~WorkerThread() {
  if (!thread_.joinable()) return;
  host_.loop().stop();
  thread_.join();
}

std::string WorkerThread::start() {
  const bool is_open = host_.is_open() && arrivals_.is_open() && tasks_.is_open();
  if (!is_open || !server_.open()) return "the system gave no descriptors (see ulimit -n)";
  std::string mistake = carrier_.listen();
  if (!mistake.empty()) return mistake;
  const native::BlockedSignals for_the_main_loop;
  try {
    thread_ = std::thread([this] { host_.loop().run(); });
  } catch (const std::system_error& error) {
    return std::string("cannot start a worker: ") + error.what();
  }
  return {};
}

void WorkerThread::take(native::FirstBytes::Connection connection) {
  ++arriving_;
  arrivals_.post(std::move(connection));
}

void WorkerThread::adopt(native::FirstBytes::Connection connection) {
  --arriving_;
  server_.adopt(std::move(connection.fd), connection.peer);
}

void WorkerThread::reload(const GatewayOptions& options) {
  tasks_.post([this, options] { carrier_.reload(options); });
}

void WorkerThread::drain(Duration spread) {
  tasks_.post([this, spread] { carrier_.drain(spread); });
}

void WorkerThread::end(std::uint16_t code, std::string reason, std::function<void()> ended) {
  tasks_.post([this, code, reason = std::move(reason), ended = std::move(ended)] {
    server_.drain(code, reason, ended);
  });
}

WorkerCounters WorkerThread::counters() {
  const auto promise = std::make_shared<std::promise<WorkerCounters>>();
  std::future<WorkerCounters> future = promise->get_future();
  tasks_.post([this, promise] {
    WorkerCounters counters = carrier_.counters();
    counters.http = server_.statistics();
    counters.http_connections = server_.connection_count();
    promise->set_value(counters);
  });
  if (future.wait_for(kCountersPatience) == std::future_status::ready) {
    last_counters_ = future.get();
  }
  return last_counters_;
}

}  // namespace floe::gateway
