// Tunnels of a gateway: accepts their WebSockets, and counts.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "audit_log.h"
#include "floe/native/web_socket_acceptor.h"
#include "floe/tunnel/records/drop_reason.h"
#include "gateway_options.h"
#include "tunnel_resources.h"

namespace floe::gateway {

class TunnelConnection;

struct TunnelCounters {
  std::uint64_t sessions = 0;  ///< admitted since the start
  std::uint64_t datagrams_out = 0;
  std::uint64_t datagrams_in = 0;
  std::uint64_t datagrams_dropped = 0;
  /// The same by reason; DropReason counts from 1.
  std::array<std::uint64_t, tunnel::kDropReasonCount> dropped_by_reason{};
  std::uint64_t tcp_connections = 0;
  std::uint64_t tcp_bytes_out = 0;
  std::uint64_t tcp_bytes_in = 0;
};

class TunnelService final : public native::WebSocketAcceptor {
 public:
  /// All arguments must outlive the service.
  TunnelService(native::SystemHost& host, native::UdpSocketSource& udp,
                const GatewayOptions& options, rooms::AccessControl& access_control,
                AddressPolicy& policy, rooms::RefusalLog& refusals, rooms::Strangers& strangers);
  ~TunnelService();

  std::uint16_t admit(const native::UpgradeRequest& request) override;
  MessageChannelListener* accept(std::unique_ptr<native::WebSocketChannel> channel,
                                 const native::UpgradeRequest& request) override;

  /// Tells every client to come back later, each at a moment of its own within `spread`. Those that
  /// are there may stay; others are not admitted any more.
  void drain(Duration spread);
  void reload(const GatewayOptions& options);

  /// False: the audit log that is wanted cannot be written.
  bool can_audit() const { return audit_.is_open() || !is_audited_; }

  TunnelCounters counters() const;
  std::size_t session_count() const { return resources_.sessions.used(); }
  std::size_t socket_count() const { return resources_.sockets.used(); }
  const Quota& sessions() const { return resources_.sessions; }
  const Quota& sockets() const { return resources_.sockets; }

  void count_session() { ++ended_.sessions; }
  /// The connection is over: it is destroyed after the callback that runs now.
  void forget(TunnelConnection& connection);

 private:
  AuditLog audit_;
  bool is_audited_;
  TunnelResources resources_;
  TunnelCounters ended_;  // of sessions that are over
  bool draining_ = false;
  std::vector<std::unique_ptr<TunnelConnection>> connections_;
};

}  // namespace floe::gateway
