// A gateway on a simulated host, with one client: its sockets, streams and addresses are the
// host's.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "floe/sim/world.h"
#include "floe/tunnel/server/server_session.h"
#include "tunnel/message_buffer.h"

namespace floe::wasm::test {

/// A turn gathers all that happens at one time. It ends in an event of its own.
class SimGateway final : private tunnel::ServerHost,
                         private tunnel::Policy,
                         private tunnel::MessageSink,
                         private TimerListener {
 public:
  /// `host` must outlive the gateway.
  explicit SimGateway(sim::SimHost& host);
  ~SimGateway();

  /// Carries a message to the client. It must not call back.
  std::function<void(Bytes message)> on_message;
  /// Closes the client's channel. It must not call back.
  std::function<void(std::uint16_t code)> on_close;

  void handle_message(Bytes message);

 private:
  class Socket;
  class Stream;

  Result<tunnel::Admission, tunnel::AdmissionRefusal> admit(
      const tunnel::Hello& hello, const tunnel::SessionLimits& limits) override;
  void open_socket(tunnel::SocketId id, const BindRequest& request) override;
  void close_socket(tunnel::SocketId id) override;
  SendStatus send_datagram(tunnel::SocketId id, const TransportAddress& to, Bytes payload) override;
  void resolve(tunnel::LookupId lookup, tunnel::LookupFamily family,
               std::string_view name) override;
  void open_tcp(tunnel::TcpId id, const tunnel::TcpRequest& request) override;
  void close_tcp(tunnel::TcpId id) override;
  void send_tcp(tunnel::TcpId, Bytes) override {}
  void set_tcp_reading(tunnel::TcpId, bool) override {}
  void close(std::uint16_t code, std::string_view) override { on_close(code); }

  tunnel::FlowVerdict allow(Timestamp, const tunnel::Flow&) override { return {true}; }
  tunnel::PeerPermission permission(Timestamp, tunnel::SocketId, const TransportAddress&) override {
    return {tunnel::PermissionState::open, {}, tunnel::kUnlimited};
  }

  bool send_message(Bytes message) override;
  void handle_timeout(Timestamp now) override;
  void answer_lookups();
  /// Something happened: the turn ends when all else of this time has happened.
  void begin_turn() { timer_->arm(now()); }
  Timestamp now() const { return host_.clock.now(); }

  Host host_;
  std::vector<InterfaceAddress> addresses_;
  tunnel::MessageBuffer messages_{*this};
  tunnel::ServerSession session_;
  std::unique_ptr<Timer> timer_;
  std::map<tunnel::SocketId, std::unique_ptr<Socket>> sockets_;
  std::map<tunnel::TcpId, std::unique_ptr<Stream>> streams_;
  std::vector<std::pair<tunnel::LookupId, std::string>> asked_names_;
};

}  // namespace floe::wasm::test
