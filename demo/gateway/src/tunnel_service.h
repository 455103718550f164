// Tunnels of a gateway: accepts their WebSockets, and counts.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "floe/native/web_socket_acceptor.h"
#include "gateway_options.h"
#include "tunnel_counters.h"
#include "tunnel_resources.h"

namespace floe::gateway {

class TunnelConnection;

class TunnelService final : public native::WebSocketAcceptor {
 public:
  /// All arguments must outlive the service.
  TunnelService(native::SystemHost& host, native::UdpSocketSource& udp,
                const GatewayOptions& options, Shared& shared, AddressPolicy& policy,
                rooms::RefusalLog& refusals, native::Strangers& strangers);
  ~TunnelService();

  std::uint16_t admit(const native::UpgradeRequest& request) override;
  MessageChannelListener* accept(std::unique_ptr<native::WebSocketChannel> channel,
                                 const native::UpgradeRequest& request) override;

  /// Tells every client to come back later, each at a moment of its own within `spread`. Those that
  /// are there may stay; others are not admitted any more.
  void drain(Duration spread);
  TunnelCounters counters() const;
  /// Strangers included. Any thread may ask.
  std::size_t connection_count() const { return connection_count_; }

  void count_session() { ++ended_.sessions; }
  /// The connection is over: it is destroyed after the callback that runs now.
  void forget(TunnelConnection& connection);

 private:
  TunnelResources resources_;
  TunnelCounters ended_;  // of sessions that are over
  std::atomic<std::size_t> connection_count_ = 0;
  bool draining_ = false;
  std::vector<std::unique_ptr<TunnelConnection>> connections_;
};

}  // namespace floe::gateway
