// One TCP connection that the gateway opens, as the client's session knows it.
//
//   waiting --TCP_OPEN sent--> opening --TCP_OPENED--> open
//
// Bytes to send wait for the gateway's credit, kStreamBacklogMax bytes at most.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "floe/tunnel/flow/send_credit.h"
#include "floe/tunnel/flow/uplink_window.h"
#include "floe/tunnel/records/tcp_records.h"
#include "floe/types/time.h"
#include "handles.h"
#include "uplink.h"

namespace floe::tunnel {

class ClientConnection {
 public:
  /// With a `server_name` the connection uses TLS, which the gateway does.
  ClientConnection(ConnectionHandle handle, const TransportAddress& remote,
                   std::optional<std::string> server_name, Timestamp deadline)
      : handle_(handle),
        remote_(remote),
        server_name_(std::move(server_name)),
        deadline_(deadline) {}

  ConnectionHandle handle() const { return handle_; }
  TcpId id() const { return id_; }  // 0 before TCP_OPEN
  void set_id(TcpId id) { id_ = id; }
  bool is_waiting() const { return id_ == TcpId{}; }
  bool is_open() const { return deadline_ == kNever; }
  Timestamp deadline() const { return deadline_; }  // for TCP_OPENED

  /// Why the connection cannot be requested; empty when it can.
  std::string_view flaw() const;
  TcpOpen request() const;

  void handle_opened(std::uint32_t window);
  void add_credit(std::uint32_t bytes) { credit_.add(bytes); }

  /// False when the connection is not open, or when more than kStreamBacklogMax would wait.
  bool send(Uplink& uplink, Bytes bytes);
  /// Sends as many of the waiting bytes as the credit and the channel allow. True once, after the
  /// last byte has gone.
  bool drain(Uplink& uplink);

  /// Bytes came. False when the gateway had no credit for them.
  bool receive(std::size_t size) { return window_.consume(size); }
  /// The credit to give to the gateway now, if any.
  std::optional<std::uint32_t> grant() { return window_.grant(); }

 private:
  void send_waiting(Uplink& uplink);

  ConnectionHandle handle_;
  TransportAddress remote_;
  std::optional<std::string> server_name_;
  TcpId id_;
  Timestamp deadline_;
  SendCredit credit_;
  UplinkWindow window_{kTcpWindow};
  ByteVector waiting_;
  bool drain_due_ = false;
};

}  // namespace floe::tunnel
