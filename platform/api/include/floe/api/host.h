// Everything a host provides, in one place. A driver takes this and nothing else.
#pragma once

#include "floe/api/clock.h"
#include "floe/api/crypto.h"
#include "floe/api/datagram_socket.h"
#include "floe/api/local_names.h"
#include "floe/api/log.h"
#include "floe/api/network_monitor.h"
#include "floe/api/random.h"
#include "floe/api/resolver.h"
#include "floe/api/stream_socket.h"
#include "floe/api/timer.h"

namespace floe {

/// References to what the host owns; all of it must outlive the objects that hold a Host.
struct Host {
  Clock& clock;
  Timers& timers;
  DatagramSockets& datagram_sockets;
  NetworkMonitor& network;
  RandomSource& random;
  Crypto& crypto;
  LogSink& log;
  /// Null: only servers with numeric addresses can be asked.
  Resolver* resolver = nullptr;
  /// Null: no TCP, so no TURN over TCP or TLS.
  StreamSockets* streams = nullptr;
  /// Null: no names of the local network; a peer's candidates that have one are skipped.
  LocalNames* local_names = nullptr;
};

}  // namespace floe
