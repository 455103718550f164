// One stream to a TURN server, which the agent asked for.
#pragma once

#include <memory>
#include <optional>

#include "floe/driver/agent_driver.h"

namespace floe {

class AgentDriver::ServerStream final : private StreamListener {
 public:
  ServerStream(AgentDriver& driver, ice::TcpConnectionId id) : driver_(driver), id_(id) {}

  void connect(const ice::TcpConnectionWanted& wanted) {
    std::optional<TlsClient> tls;
    if (wanted.transport == turn::Transport::tls) tls = TlsClient{std::string(wanted.server_name)};
    socket_ = driver_.host_.streams->connect(wanted.server, tls, *this);
  }
  /// Bytes that do not fit are lost, as they would be over UDP.
  ice::SendResult send(Bytes bytes) {
    if (!socket_) return ice::SendResult::refused;
    return socket_->send(bytes) ? ice::SendResult::sent : ice::SendResult::queue_full;
  }
  /// No event follows. The object must not be destroyed from inside one of its own events.
  void close() { socket_.reset(); }

  ice::TcpConnectionId id() const { return id_; }
  bool is_closed() const { return !socket_; }

 private:
  void on_stream_connected(const TransportAddress& local) override {
    driver_.input([&](peer::Connection& connection, Timestamp now) {
      connection.agent().handle_tcp_connected(now, id_, local);
    });
  }
  void on_stream_bytes(Bytes bytes) override {
    driver_.input([&](peer::Connection& connection, Timestamp now) {
      connection.agent().handle_tcp_bytes(now, id_, bytes);
    });
  }
  void on_stream_closed(std::string_view reason) override {
    driver_.input([&](peer::Connection& connection, Timestamp now) {
      connection.agent().handle_tcp_closed(now, id_, reason);
    });
    close();
  }

  AgentDriver& driver_;
  ice::TcpConnectionId id_;
  std::unique_ptr<StreamSocket> socket_;
};

}  // namespace floe
