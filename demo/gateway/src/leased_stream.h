// A TCP connection in the service of one client.
#pragma once

#include "tunnel_connection.h"

namespace floe::gateway {

class TunnelConnection::LeasedStream final : private StreamListener {
 public:
  LeasedStream(TunnelConnection& owner, tunnel::TcpId id, Quota::Token token,
               const tunnel::TcpRequest& request);

  tunnel::TcpId id() const { return id_; }
  native::TcpStream& stream() { return *stream_; }
  /// Closes it; nothing more is heard of it.
  void stop() { stream_.reset(); }

 private:
  void on_stream_connected(const TransportAddress& local) override;
  void on_stream_bytes(Bytes bytes) override;
  void on_stream_drained() override;
  void on_stream_closed(std::string_view reason) override;

  TunnelConnection& owner_;
  tunnel::TcpId id_;
  Quota::Token token_;
  TransportAddress remote_;
  std::unique_ptr<native::TcpStream> stream_;
};

}  // namespace floe::gateway
