// One client's tunnel: its WebSocket, its session, and the sockets that it was lent.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "floe/native/deferred.h"
#include "floe/native/system_host.h"
#include "floe/tunnel/server/server_session.h"
#include "quota.h"
#include "tunnel_service.h"

namespace floe::gateway {

class TunnelConnection final : public MessageChannelListener,
                               private tunnel::ServerHost,
                               private TimerListener {
 public:
  TunnelConnection(TunnelService& service, std::unique_ptr<native::WebSocketChannel> channel,
                   Quota::Token session_token);
  ~TunnelConnection();

  void go_away();
  tunnel::SessionStats stats() const { return session_.stats(); }

 private:
  class LeasedSocket;
  class LeasedStream;
  class NameLookup;

  // The WebSocket
  void on_channel_open() override {}
  void on_channel_message(MessageKind kind, Bytes message) override;
  void on_channel_closed(const ChannelClosed& closed) override;
  void on_channel_drained() override;

  // What the session asks for
  bool send_message(Bytes message) override;
  Result<tunnel::Admission, tunnel::ErrorCode> admit(
      const tunnel::Hello& hello, const tunnel::SessionLimits& defaults) override;
  void open_socket(tunnel::SocketId id, const BindRequest& request) override;
  void close_socket(tunnel::SocketId id) override;
  SendStatus send_datagram(tunnel::SocketId id, const TransportAddress& to, Bytes payload) override;
  void resolve(tunnel::LookupId lookup, tunnel::LookupFamily family,
               std::string_view name) override;
  void close(std::uint16_t code, std::string_view reason) override;

  // tunnel_tcp.cc
  void open_tcp(tunnel::TcpId id, const tunnel::TcpRequest& request) override;
  void close_tcp(tunnel::TcpId id) override;
  void send_tcp(tunnel::TcpId id, Bytes data) override;
  void set_tcp_reading(tunnel::TcpId id, bool reading) override;
  LeasedStream* find(tunnel::TcpId id);
  void forget(const LeasedStream& stream);

  // Time and turns
  void handle_timeout(Timestamp now) override;
  void end_turn();
  void changed() { turn_.request(); }
  Timestamp now() const { return service_.host_.loop().now(); }

  void refuse_socket(tunnel::SocketId id, BindError error);
  LeasedSocket* find(tunnel::SocketId id);
  void forget(const NameLookup& lookup);

  TunnelService& service_;
  std::unique_ptr<native::WebSocketChannel> channel_;
  Quota::Token session_token_;
  std::vector<std::unique_ptr<LeasedSocket>> sockets_;  // by id, from 1
  std::vector<std::unique_ptr<LeasedStream>> streams_;  // at most SessionLimits::max_connections
  std::vector<std::unique_ptr<NameLookup>> lookups_;    // at most tunnel::kMaxLookups
  tunnel::ServerSession session_;
  std::unique_ptr<Timer> timer_;
  Timestamp armed_for_ = kNever;
  bool reading_ = true;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  native::DeferredCall<TunnelConnection, &TunnelConnection::end_turn> turn_;
};

}  // namespace floe::gateway
