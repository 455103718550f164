// A Linux machine as a host of Floe.
#pragma once

#include <string>
#include <vector>

#include "floe/api/host.h"
#include "floe/crypto/mbedtls_crypto.h"
#include "floe/native/interfaces.h"
#include "floe/native/loop.h"
#include "floe/native/mdns_names.h"
#include "floe/native/stderr_log.h"
#include "floe/native/system_clock.h"
#include "floe/native/system_random.h"
#include "floe/native/system_resolver.h"
#include "floe/native/tcp_streams.h"
#include "floe/native/udp_sockets.h"
#include "floe/native/web_socket_clients.h"
#include "floe/native/web_socket_engine.h"

namespace floe::native {

struct SystemHostOptions {
  /// The addresses to use; empty: those of all interfaces but loopback and link-local.
  std::vector<IpAddress> only_addresses = {};
  UdpOptions udp = {};
  StreamOptions streams = {};
  WebSocketClientOptions web_socket = {};
  /// Names of the interfaces that multicast DNS uses; empty: those of all addresses used.
  std::vector<std::string> mdns_interfaces = {};
  LogLevel log_minimum = LogLevel::info;
  /// Replaces the log on standard error; must outlive the host.
  LogSink* log = nullptr;
};

/// An event loop, and the sockets, timers and WebSockets that run in it. tests/install/caller.cc is
/// a program that uses one.
///
/// Objects that were given api() must be destroyed before the host.
class SystemHost {
 public:
  explicit SystemHost(const SystemHostOptions& options = {});

  /// False when the kernel gave no descriptors for it.
  bool is_open() const { return loop_.is_open() && engine_.is_open(); }

  Host& api() { return api_; }
  MessageChannels& message_channels() { return clients_; }

  Loop& loop() { return loop_; }
  UdpSockets& udp_sockets() { return sockets_; }
  TcpStreams& tcp_streams() { return streams_; }
  SystemResolver& resolver() { return resolver_; }
  MdnsNames& local_names() { return local_names_; }
  WebSocketEngine& web_socket_engine() { return engine_; }
  WebSocketClients& web_socket_clients() { return clients_; }

 private:
  StderrLog stderr_log_;
  LogSink& log_;
  SystemClock clock_;
  SystemRandom random_;
  MbedtlsCrypto crypto_;
  Loop loop_;
  UdpSockets sockets_;
  TcpStreams streams_;
  Interfaces interfaces_;
  SystemResolver resolver_;
  MdnsNames local_names_;
  WebSocketEngine engine_;
  WebSocketClients clients_;
  Host api_;
};

}  // namespace floe::native
