// The engine of all HTTP servers and WebSockets in one Loop.
#pragma once

#include <cstdint>
#include <memory>

#include "floe/api/log.h"
#include "floe/api/random.h"
#include "floe/native/loop.h"

namespace floe::native {

class LwsContext;

/// Counters over all WebSockets of one engine, of servers and clients.
struct WebSocketStatistics {
  std::uint64_t messages_sent = 0;
  std::uint64_t messages_received = 0;
  std::uint64_t sends_refused = 0;      ///< send() returned false
  std::uint64_t messages_rejected = 0;  ///< closed with 1009, 1008 (fragments) or 1002
  std::uint64_t upgrades_refused = 0;   ///< by an acceptor, or because no subprotocol is served
  std::uint64_t writes = 0;             ///< to TCP or TLS; messages_sent / writes shows coalescing
};

/// It runs libwebsockets in a Loop: one context for all servers and clients of that loop, since a
/// context is expensive. Its descriptors are in the loop's epoll set, and one timer of the loop
/// serves all its timers.
///
/// Process-wide it silences libwebsockets' own log and, as libwebsockets does, ignores SIGPIPE.
///
/// Servers, clients and their channels refer to it and must be destroyed before it; a connection
/// that is left is closed. Do not destroy it from inside a callback.
class WebSocketEngine {
 public:
  /// All three must outlive the engine. Messages of libwebsockets go to `log`, area "ws".
  WebSocketEngine(Loop& loop, RandomSource& random, LogSink& log);
  ~WebSocketEngine();

  /// False when the context could not be made; clients then fail, and servers do not listen.
  bool is_open() const;
  const WebSocketStatistics& statistics() const;

 private:
  friend class HttpServer;
  friend class WebSocketClients;

  std::unique_ptr<LwsContext> context_;
};

}  // namespace floe::native
