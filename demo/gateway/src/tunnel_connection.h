// One client's tunnel: its WebSocket, its session, and the sockets, streams and lookups that it
// leases.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "client_policy.h"
#include "floe/native/request_head.h"
#include "floe/token/grant.h"
#include "floe/token/refusal.h"
#include "lease.h"
#include "leased_lookup.h"
#include "leased_socket.h"
#include "leased_stream.h"

namespace floe::gateway {

class TunnelService;

/// A turn begins with an input and ends with the pass of the loop, so that all datagrams of one
/// pass leave in few messages.
class TunnelConnection final : public MessageChannelListener,
                               private tunnel::ServerHost,
                               private native::Stranger,
                               private TimerListener,
                               private native::DeferredListener {
 public:
  /// `service` and `resources` must outlive the connection.
  TunnelConnection(TunnelService& service, TunnelResources& resources,
                   std::unique_ptr<native::WebSocketChannel> channel,
                   const native::RequestHead& request);
  ~TunnelConnection();

  void go_away(Duration reconnect_in);
  tunnel::SessionStats stats() const { return session_.stats(); }

 private:
  // The WebSocket
  void on_channel_open() override {}
  void on_channel_message(MessageKind kind, Bytes message) override;
  void on_channel_closed(const ChannelClosed& closed) override;
  void on_channel_drained() override;

  // The session's requests
  Result<tunnel::Admission, tunnel::AdmissionRefusal> admit(
      const tunnel::Hello& hello, const tunnel::SessionLimits& defaults) override;
  void open_socket(tunnel::SocketId id, const BindRequest& request) override;
  void close_socket(tunnel::SocketId id) override;
  SendStatus send_datagram(tunnel::SocketId id, const TransportAddress& to, Bytes payload) override;
  void resolve(tunnel::LookupId lookup, tunnel::LookupFamily family,
               std::string_view name) override;
  void open_tcp(tunnel::TcpId id, const tunnel::TcpRequest& request) override;
  void close_tcp(tunnel::TcpId id) override;
  void send_tcp(tunnel::TcpId id, Bytes data) override;
  void set_tcp_reading(tunnel::TcpId id, bool reading) override;
  void close(std::uint16_t code, std::string_view reason) override;

  // Admission
  void on_displaced() override;
  /// The places that the bearer takes; or why there is none.
  std::optional<token::Refusal> take_places(const token::Grant& grant);
  tunnel::AdmissionRefusal refuse(tunnel::ErrorCode code, std::string_view why);

  // Time and turns
  void handle_timeout(Timestamp now) override;
  void on_deferred() override;  // the end of a turn
  void report_permissions();
  void sweep();
  void answer_refused();
  void log_refusal(std::string_view what_and_why);
  Timestamp now() const { return lease_.now(); }

  LeasedSocket* find(tunnel::SocketId id);
  LeasedStream* find(tunnel::TcpId id);

  TunnelService& service_;
  TunnelResources& resources_;
  std::unique_ptr<native::WebSocketChannel> channel_;
  TransportAddress client_;
  std::string origin_;
  native::Strangers::Place stranger_place_;    // until it has shown its token
  std::optional<Quota::Token> session_token_;  // once it is admitted
  KeyedQuota<IpAddress>::Token network_token_;
  KeyedQuota<std::string>::Token subject_token_;
  Timestamp expires_at_ = kNever;  // of the token
  AuditLog::Session audit_session_;
  Timestamp admitted_at_{};
  std::string end_;  // why the session ended
  ClientPolicy policy_;
  tunnel::ServerSession session_;
  native::Deferred end_turn_;
  Lease lease_;
  std::vector<std::unique_ptr<LeasedSocket>> sockets_;  // by id, from 1
  // As many streams as the session allows, and streams that ended in this turn.
  std::vector<std::unique_ptr<LeasedStream>> streams_;
  std::vector<std::unique_ptr<LeasedLookup>> lookups_;
  // Requests without resources; the session must not hear of the refusal from inside its own call.
  std::vector<std::pair<tunnel::SocketId, BindError>> refused_sockets_;
  std::vector<tunnel::TcpId> refused_streams_;
  native::DeferredCall<TunnelConnection, &TunnelConnection::answer_refused> refuse_call_;
  std::unique_ptr<Timer> timer_;
  Timestamp armed_for_ = kNever;
  bool reading_ = true;
};

}  // namespace floe::gateway
