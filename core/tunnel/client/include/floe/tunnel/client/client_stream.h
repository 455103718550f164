// A TCP connection that the gateway opens, as an application of the tunnel's client sees it.
//
// Made by Client::connect(). Waits for WELCOME and a free id, then for TCP_OPENED. What is sent
// waits for the gateway's credit, kStreamBacklogMax bytes at most.
#pragma once

#include <optional>

#include "floe/api/stream_socket.h"
#include "floe/tunnel/flow/uplink_window.h"
#include "floe/tunnel/records/ids.h"
#include "floe/tunnel/records/limits.h"
#include "floe/tunnel/records/tcp_records.h"

namespace floe::tunnel {

class Client;

class ClientStream final : public StreamSocket {
 public:
  ClientStream(Client& client, const TransportAddress& remote, const std::optional<TlsClient>& tls,
               StreamListener& listener, Timestamp deadline)
      : client_(&client), remote_(remote), tls_(tls), listener_(listener), deadline_(deadline) {}
  ~ClientStream() override;
  ClientStream(const ClientStream&) = delete;
  ClientStream& operator=(const ClientStream&) = delete;

  bool send(Bytes bytes) override;

 private:
  friend class Client;
  friend class ClientStreams;

  bool is_open() const { return client_ != nullptr && deadline_ == kNever; }
  /// Why it cannot be asked for; empty when it can.
  std::string_view flaw() const;
  TcpOpen request() const;
  /// After this the stream may be gone.
  void fail(std::string_view reason);

  Client* client_;  // null once the stream is over
  TransportAddress remote_;
  std::optional<TlsClient> tls_;
  StreamListener& listener_;
  TcpId id_;            // 0 before TCP_OPEN
  Timestamp deadline_;  // of TCP_OPENED
  std::uint64_t credit_ = 0;
  UplinkWindow window_{kTcpWindow};
  ByteVector waiting_;
  bool drain_due_ = false;
};

}  // namespace floe::tunnel
