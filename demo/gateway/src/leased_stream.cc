#include "leased_stream.h"

namespace floe::gateway {
namespace {

tunnel::TcpCloseReason reason_of(native::StreamError error) {
  switch (error) {
    case native::StreamError::closed:
      return tunnel::TcpCloseReason::finished;
    case native::StreamError::refused:
      return tunnel::TcpCloseReason::refused;
    case native::StreamError::unreachable:
      return tunnel::TcpCloseReason::unreachable;
    case native::StreamError::timed_out:
      return tunnel::TcpCloseReason::timed_out;
    case native::StreamError::reset:
      return tunnel::TcpCloseReason::reset;
    case native::StreamError::tls:
      return tunnel::TcpCloseReason::tls_failed;
    case native::StreamError::limit:
      return tunnel::TcpCloseReason::limit;
  }
  return tunnel::TcpCloseReason::finished;
}

}  // namespace

LeasedStream::LeasedStream(const Lease& lease, tunnel::TcpId id, Quota::Token token,
                           const tunnel::TcpRequest& request)
    : lease_(lease), id_(id), token_(std::move(token)), remote_(request.remote) {
  std::optional<TlsClient> tls;
  if (request.kind == tunnel::TcpKind::turns) tls = TlsClient{std::string(request.server_name)};
  stream_ = lease.resources.host.tcp_streams().connect_tcp(request.remote, tls, *this);
}

void LeasedStream::close() {
  stream_.reset();
  lease_.end_turn.request();
}

void LeasedStream::on_stream_connected(const TransportAddress& local) {
  lease_.session.connections().handle_opened(
      id_, {lease_.resources.addresses.told(local.ip), local.port, local.protocol});
  lease_.end_turn.request();
}

void LeasedStream::on_stream_bytes(Bytes bytes) {
  lease_.session.connections().handle_bytes(id_, bytes);
  lease_.end_turn.request();
}

void LeasedStream::on_stream_drained() {
  lease_.session.connections().handle_drained(id_);
  lease_.end_turn.request();
}

void LeasedStream::on_stream_closed(std::string_view reason) {
  // The client gets a number. The text goes to the log: the operator can do something about it.
  lease_.resources.host.api().log.log(LogLevel::info, "tunnel",
                                      "TCP to " + remote_.to_text() + ": " + std::string(reason));
  lease_.session.connections().handle_closed(id_, reason_of(stream_->error()));
  close();
}

}  // namespace floe::gateway
