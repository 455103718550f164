// A worker of the gateway: a carrier with a loop and a thread of its own, besides the main loop.
//
// A tunnel stays with the worker that it was given to. Rooms, pages and the administration are in
// the main loop.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>

#include "carrier.h"
#include "floe/native/first_bytes.h"
#include "floe/native/http_server.h"
#include "floe/native/mailbox.h"

namespace floe::gateway {

class WorkerThread {
 public:
  /// How long counters() waits for a worker that is busy.
  static constexpr Duration kCountersPatience = std::chrono::milliseconds(500);

  /// `shared` and `log` must outlive it.
  WorkerThread(const GatewayOptions& options, Shared& shared, LogSink& log);
  /// Ends the thread at once, unless it has ended.
  ~WorkerThread();
  WorkerThread(const WorkerThread&) = delete;
  WorkerThread& operator=(const WorkerThread&) = delete;

  // For the thread that made it.

  /// Returns a mistake; empty: it runs.
  std::string start();
  /// A connection that asks for a tunnel; nothing has been read from it.
  void take(native::FirstBytes::Connection connection);
  /// Connections that are there or on their way.
  std::size_t load() const { return arriving_ + carrier_.tunnel().connection_count(); }
  void reload(const GatewayOptions& options);
  void drain(Duration spread);
  /// Closes all connections; `ended` is called in the worker's thread when that is done, after
  /// about 10 s at most.
  void end(std::uint16_t code, std::string reason, std::function<void()> ended);
  /// Those of before when the worker is too busy to answer.
  WorkerCounters counters();

 private:
  void adopt(native::FirstBytes::Connection connection);

  native::SystemHost host_;
  Carrier carrier_;
  native::HttpServer server_;
  native::Mailbox<native::FirstBytes::Connection> arrivals_;
  native::Mailbox<std::function<void()>> tasks_;
  std::atomic<std::size_t> arriving_ = 0;
  WorkerCounters last_counters_;  // of the thread that asks
  std::thread thread_;
};

/// The host's options of a worker. `log` must outlive the host.
native::SystemHostOptions worker_host_options(const GatewayOptions& options, LogSink& log);
native::HttpServerOptions worker_server_options(const GatewayOptions& options, Shared& shared);

}  // namespace floe::gateway
