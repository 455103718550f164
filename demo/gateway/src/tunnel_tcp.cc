// The part of TunnelConnection about TCP connections.
#include <algorithm>

#include "leased_stream.h"
#include "tunnel_connection.h"

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

TunnelConnection::LeasedStream::LeasedStream(TunnelConnection& owner, tunnel::TcpId id,
                                             Quota::Token token, const tunnel::TcpRequest& request)
    : owner_(owner), id_(id), token_(std::move(token)), remote_(request.remote) {
  std::optional<TlsClient> tls;
  if (request.kind == tunnel::TcpKind::turns) tls = TlsClient{std::string(request.server_name)};
  stream_ = owner.service_.host_.tcp_streams().connect_tcp(request.remote, tls, *this);
}

void TunnelConnection::LeasedStream::on_stream_connected(const TransportAddress& local) {
  owner_.session_.on_tcp_opened(id_, local);
  owner_.changed();
}

void TunnelConnection::LeasedStream::on_stream_bytes(Bytes bytes) {
  TunnelConnection& owner = owner_;  // the session may close this
  owner.session_.on_tcp_bytes(id_, bytes);
  owner.changed();
}

void TunnelConnection::LeasedStream::on_stream_drained() {
  owner_.session_.on_tcp_drained(id_);
  owner_.changed();
}

void TunnelConnection::LeasedStream::on_stream_closed(std::string_view reason) {
  // The client is told a number: the words are for the operator, who can do something about it.
  owner_.service_.host_.api().log.log(LogLevel::info, "tunnel",
                                      "TCP to " + remote_.to_text() + ": " + std::string(reason));
  TunnelConnection& owner = owner_;
  owner.session_.on_tcp_closed(id_, reason_of(stream_->error()));
  owner.changed();
  owner.forget(*this);
}

void TunnelConnection::open_tcp(tunnel::TcpId id, const tunnel::TcpRequest& request) {
  auto token = service_.sockets_.take();
  if (token) {
    streams_.push_back(std::make_unique<LeasedStream>(*this, id, std::move(*token), request));
    return;
  }
  // Not from inside the session's call.
  service_.host_.loop().post([this, id, alive = std::weak_ptr<bool>(alive_)] {
    if (alive.expired()) return;
    session_.on_tcp_closed(id, tunnel::TcpCloseReason::limit);
    changed();
  });
}

void TunnelConnection::close_tcp(tunnel::TcpId id) {
  if (LeasedStream* stream = find(id)) forget(*stream);
}

void TunnelConnection::send_tcp(tunnel::TcpId id, Bytes data) {
  // It may have broken a moment ago, and will be heard of.
  if (LeasedStream* stream = find(id)) stream->stream().send(data);
}

void TunnelConnection::set_tcp_reading(tunnel::TcpId id, bool reading) {
  if (LeasedStream* stream = find(id)) stream->stream().set_reading(reading);
}

TunnelConnection::LeasedStream* TunnelConnection::find(tunnel::TcpId id) {
  for (const auto& stream : streams_) {
    if (stream->id() == id) return stream.get();
  }
  return nullptr;
}

/// Destroyed after the callback that runs now, which may be its own.
void TunnelConnection::forget(const LeasedStream& stream) {
  const auto place =
      std::ranges::find_if(streams_, [&](const auto& owned) { return owned.get() == &stream; });
  std::shared_ptr<LeasedStream> last = std::move(*place);
  streams_.erase(place);
  last->stop();
  service_.host_.loop().post([last] {});
}

}  // namespace floe::gateway
