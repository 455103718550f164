// One connection to a server that a command asks.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "floe/api/stream_socket.h"

namespace floe::probes {

class ServerStream final : private StreamListener {
 public:
  explicit ServerStream(std::function<void(Bytes)> on_bytes) : on_bytes_(std::move(on_bytes)) {}

  void connect(StreamSockets& streams, const TransportAddress& server,
               const std::optional<TlsClient>& tls) {
    socket_ = streams.connect(server, tls, *this);
  }
  void send(Bytes bytes) { (void)socket_->send(bytes); }

  bool is_settled() const { return is_connected_ || !error_.empty(); }
  const TransportAddress& local() const { return local_; }
  /// Why it has closed, or could not be opened; empty while it is open.
  const std::string& error() const { return error_; }

 private:
  void on_stream_connected(const TransportAddress& local) override {
    is_connected_ = true;
    local_ = local;
  }
  void on_stream_bytes(Bytes bytes) override { on_bytes_(bytes); }
  void on_stream_closed(std::string_view reason) override { error_ = reason; }

  std::function<void(Bytes)> on_bytes_;
  std::unique_ptr<StreamSocket> socket_;
  TransportAddress local_;
  std::string error_;
  bool is_connected_ = false;
};

}  // namespace floe::probes
