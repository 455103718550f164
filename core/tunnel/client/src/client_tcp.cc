// The part of Client about TCP connections that the gateway opens.
#include <algorithm>
#include <limits>

#include "floe/tunnel/client/client.h"

namespace floe::tunnel {
namespace {

constexpr std::string_view kClosed = "the connection to the gateway is closed";
constexpr std::string_view kUnsupported = "the gateway opens no TCP connections";
constexpr std::string_view kTooMany = "there are too many TCP connections through the gateway";
constexpr std::string_view kLate = "the server does not answer";

std::string_view reason_of(TcpCloseReason reason) {
  switch (reason) {
    case TcpCloseReason::finished:
      return "the server closed the connection";
    case TcpCloseReason::refused:
      return "connection refused";
    case TcpCloseReason::unreachable:
      return "there is no route from the gateway to the server";
    case TcpCloseReason::timed_out:
      return "the server does not answer the gateway";
    case TcpCloseReason::denied:
      return "the gateway's configuration does not name this TURN server";
    case TcpCloseReason::reset:
      return "the server reset the connection";
    case TcpCloseReason::tls_failed:
      return "the gateway could not verify the server by TLS: see its log";
    case TcpCloseReason::limit:
      return "the gateway opens no more TCP connections";
  }
  return "?";
}

}  // namespace

std::unique_ptr<StreamSocket> Client::connect(const TransportAddress& remote,
                                              const std::optional<TlsClient>& tls,
                                              StreamListener& listener) {
  auto stream = std::make_unique<ClientStream>(*this, remote, tls, listener,
                                               clock_.now() + kStreamConnectTimeout);
  streams_.add_waiting(*stream);
  want_flush();
  return stream;
}

void Client::open_waiting_streams() {
  const std::weak_ptr<char> life = life_;
  // Those that a listener opens meanwhile are for the next turn.
  for (std::size_t left = streams_.waiting(); left > 0; --left) {
    ClientStream* stream = streams_.take_waiting();
    if (stream == nullptr) return;
    const std::string_view flaw = flaw_of(*stream);
    if (flaw.empty() && streams_.assign(*stream)) {
      sender_.control(stream->request());
      continue;
    }
    stream->fail(flaw.empty() ? kTooMany : flaw);
    if (life.expired()) return;
  }
}

std::string_view Client::flaw_of(const ClientStream& stream) const {
  if (state_ == State::closed) return kClosed;
  if (!welcome_.capabilities.has(Capability::tcp)) return kUnsupported;
  return stream.flaw();
}

bool Client::send(ClientStream& stream, Bytes bytes) {
  if (bytes.size() > kStreamBacklogMax - stream.waiting_.size()) return false;
  stream.waiting_.insert(stream.waiting_.end(), bytes.begin(), bytes.end());
  stream.drain_due_ = true;
  send_waiting(stream);
  want_flush();
  return true;
}

/// As far as the gateway has given credit, and the channel is not full.
void Client::send_waiting(ClientStream& stream) {
  Bytes left = stream.waiting_;
  while (!left.empty() && stream.credit_ > 0 && sender_.takes_streams()) {
    const auto size = static_cast<std::size_t>(
        std::min<std::uint64_t>({left.size(), stream.credit_, kTcpPieceMax}));
    sender_.control(TcpData{stream.id_, left.first(size)});
    stream.credit_ -= size;
    left = left.subspan(size);
  }
  const auto sent = static_cast<std::ptrdiff_t>(stream.waiting_.size() - left.size());
  stream.waiting_.erase(stream.waiting_.begin(), stream.waiting_.begin() + sent);
}

void Client::flush_streams() {
  const std::weak_ptr<char> life = life_;
  for (std::size_t i = 0; i < ClientStreams::slots(); ++i) {
    ClientStream* stream = streams_.at(i);
    if (stream == nullptr || !stream->drain_due_) continue;
    send_waiting(*stream);
    if (!stream->waiting_.empty()) continue;
    stream->drain_due_ = false;
    stream->listener_.on_stream_drained();
    if (life.expired()) return;
  }
}

void Client::forget(ClientStream& stream) {
  const bool was_waiting = stream.id_ == TcpId{};
  const auto id = streams_.forget(stream);
  if (was_waiting || !id) return;
  sender_.control(TcpClose{*id, TcpCloseReason::finished});
  want_flush();
}

void Client::take(Timestamp, const TcpOpened& opened) {
  ClientStream* stream = streams_.find(opened.connection);
  if (stream == nullptr || stream->is_open()) return;
  stream->deadline_ = kNever;
  stream->credit_ = opened.window;
  stream->listener_.on_stream_connected(opened.local);
}

void Client::take(Timestamp, const TcpData& data) {
  ClientStream* stream = streams_.find(data.connection);
  if (stream == nullptr || !stream->is_open()) {
    ++stats_.strays;
    return;
  }
  if (!stream->window_.consume(data.data.size())) {
    return break_off(CloseCause::protocol, ErrorCode::credit_exceeded,
                     to_text(ErrorCode::credit_exceeded));
  }
  if (const auto credit = stream->window_.grant()) {
    sender_.control(TcpCredit{data.connection, *credit});
  }
  stream->listener_.on_stream_bytes(data.data);
}

void Client::take(Timestamp, const TcpCredit& credit) {
  ClientStream* stream = streams_.find(credit.connection);
  if (stream == nullptr) return;
  const std::uint64_t room = std::numeric_limits<std::uint64_t>::max() - stream->credit_;
  stream->credit_ += std::min<std::uint64_t>(credit.bytes, room);
  want_flush();
}

void Client::take(Timestamp, const TcpClose& close) {
  if (!streams_.is_in_use(close.connection)) return;
  ClientStream* stream = streams_.release(close.connection);
  if (stream == nullptr) return;  // the answer to ours, or one that crossed it
  if (stream->is_open()) sender_.control(TcpClose{close.connection, TcpCloseReason::finished});
  stream->fail(reason_of(close.reason));
}

void Client::refuse_stream(TcpId id, std::string_view why) {
  ClientStream* stream = streams_.release(id);
  if (stream != nullptr) stream->fail(why);
}

void Client::end_late_streams(Timestamp now) {
  const std::weak_ptr<char> life = life_;
  while (ClientStream* stream = streams_.find_late(now)) {
    forget(*stream);
    stream->fail(kLate);
    if (life.expired()) return;
  }
}

void Client::fail_streams() {
  const std::weak_ptr<char> life = life_;
  // Counted, so that a listener who connects again at once does not keep us here.
  for (std::size_t left = streams_.size(); left > 0; --left) {
    ClientStream* stream = streams_.take_any();
    if (stream == nullptr) return;
    stream->fail(kClosed);
    if (life.expired()) return;
  }
}

}  // namespace floe::tunnel
