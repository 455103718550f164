// A gateway in memory for one server session: its network is a list, its policy an answer.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "floe/tunnel/server/server_session.h"
#include "tunnel/message_buffer.h"

namespace floe::tunnel::test {

struct SentDatagram {
  SocketId socket;
  TransportAddress to;
  ByteVector payload;
};

/// A TCP connection, as the session asked for it.
struct OpenConnection {
  TcpKind kind;
  TransportAddress remote;
  std::string server_name;
  std::string sent = {};
  bool reading = true;
};

struct AskedName {
  LookupId lookup;
  std::string name;
};

class TestGateway final : public ServerHost, public Policy, private MessageSink {
 public:
  explicit TestGateway(const SessionLimits& granted = {}) : limits(granted) {}

  MessageBuffer channel{*this};

  // What it answers; tests change these.
  SessionLimits limits;
  FlowVerdict out_verdict{true, {}};
  FlowVerdict in_verdict{true, {}};
  PeerPermission permission_answer{PermissionState::open, {}, kUnlimited};
  SendStatus send_status = SendStatus::sent;
  std::string token;  // empty: every client may come in
  std::vector<InterfaceAddress> addresses{{IpAddress::v4(192, 0, 2, 1), "eth0"},
                                          {*IpAddress::parse("2001:db8::1"), "eth0"}};
  bool channel_full = false;

  // What it was asked to do.
  std::vector<ByteVector> messages;
  std::map<SocketId, BindRequest> open_sockets;
  std::vector<SentDatagram> sent;
  std::vector<AskedName> asked_names;
  std::map<TcpId, OpenConnection> connections;
  std::optional<Flow> last_flow;  // without its payload
  std::size_t sent_count = 0;
  bool keep_sent = true;  // off where allocations are counted
  std::size_t allow_calls = 0;
  std::uint16_t close_code = 0;
  std::string close_reason;

  bool send_message(Bytes message) override {
    if (channel_full) return false;
    if (keep_sent) messages.emplace_back(message.begin(), message.end());
    return true;
  }
  Result<Admission, AdmissionRefusal> admit(const Hello& hello, const SessionLimits&) override {
    if (as_text(hello.token) != token) return AdmissionRefusal{ErrorCode::unauthorized, {}};
    return Admission{0x0123456789abcdef, limits, addresses};
  }
  void open_socket(SocketId socket, const BindRequest& request) override {
    open_sockets[socket] = request;
  }
  void close_socket(SocketId socket) override { open_sockets.erase(socket); }
  SendStatus send_datagram(SocketId socket, const TransportAddress& to, Bytes payload) override {
    ++sent_count;
    if (keep_sent) sent.push_back({socket, to, {payload.begin(), payload.end()}});
    return send_status;
  }
  void resolve(LookupId lookup, LookupFamily, std::string_view name) override {
    asked_names.push_back({lookup, std::string(name)});
  }
  void open_tcp(TcpId connection, const TcpRequest& request) override {
    connections[connection] = {request.kind, request.remote, std::string(request.server_name)};
  }
  void close_tcp(TcpId connection) override { connections.erase(connection); }
  void send_tcp(TcpId connection, Bytes data) override {
    connections.at(connection).sent += as_text(data);
  }
  void set_tcp_reading(TcpId connection, bool reading) override {
    connections.at(connection).reading = reading;
  }
  void close(std::uint16_t code, std::string_view reason) override {
    close_code = code;
    close_reason = reason;
  }

  FlowVerdict allow(Timestamp, const Flow& flow) override {
    ++allow_calls;
    last_flow = flow;
    last_flow->payload = {};
    return flow.direction == Direction::outbound ? out_verdict : in_verdict;
  }
  PeerPermission permission(Timestamp, SocketId, const TransportAddress&) override {
    return permission_answer;
  }
};

}  // namespace floe::tunnel::test
