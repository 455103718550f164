// A TCP connection in the service of one client.
#pragma once

#include <memory>

#include "lease.h"

namespace floe::gateway {

/// Its owner destroys it at the end of the turn in which is_over() becomes true.
class LeasedStream final : private StreamListener {
 public:
  /// `lease` must outlive the stream.
  LeasedStream(const Lease& lease, tunnel::TcpId id, Quota::Token token,
               const tunnel::TcpRequest& request);

  tunnel::TcpId id() const { return id_; }
  void send(Bytes data) { stream_->send(data); }
  void set_reading(bool reading) { stream_->set_reading(reading); }
  /// Closes the connection; the session hears no more of it.
  void close();
  /// True: the stream has ended, and another stream may have its id.
  bool is_over() const { return stream_ == nullptr; }

 private:
  void on_stream_connected(const TransportAddress& local) override;
  void on_stream_bytes(Bytes bytes) override;
  void on_stream_drained() override;
  void on_stream_closed(std::string_view reason) override;

  const Lease& lease_;
  tunnel::TcpId id_;
  Quota::Token token_;
  TransportAddress remote_;
  std::unique_ptr<native::TcpStream> stream_;  // null once it is over
};

}  // namespace floe::gateway
