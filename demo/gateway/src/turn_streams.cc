#include "turn_streams.h"

#include "floe/turn/stream_framing.h"
#include "floe/turn_server/channel_table.h"

namespace floe::gateway {

class TurnStreams::Connection final : private StreamListener, private TimerListener {
 public:
  Connection(TurnStreams& owner, Quota::Token token, native::UniqueFd fd,
             const turn::ClientPath& path)
      : owner_(owner),
        token_(std::move(token)),
        path_(path),
        reassembler_(turn::kStreamFrameSizeMax, turn::kServedChannelMax),
        timer_(owner.host_.loop().create(*this)),
        stream_(owner.host_.tcp_streams().adopt(std::move(fd), *this)) {
    timer_->arm(now() + kStrangerTimeout);
  }
  ~Connection() { cease_to_be_stranger(); }

  const TransportAddress& client() const { return path_.client; }
  bool send(Bytes frame) { return stream_->send(frame); }

 private:
  void on_stream_connected(const TransportAddress&) override {}
  void on_stream_bytes(Bytes bytes) override {
    reassembler_.append(bytes);
    while (const auto frame = reassembler_.next()) {
      owner_.server_.handle_client_message(now(), path_, *frame);
    }
    owner_.owner_.on_server_changed();
    if (is_stranger_ && owner_.server_.has_allocation(path_)) cease_to_be_stranger();
    if (reassembler_.broken()) close();
  }
  void on_stream_closed(std::string_view) override { close(); }

  void handle_timeout(Timestamp) override {
    const bool has_allocation = owner_.server_.has_allocation(path_);
    if (!has_allocation) return close();
    cease_to_be_stranger();
    timer_->arm(now() + kStrangerTimeout);
  }

  void cease_to_be_stranger() {
    if (std::exchange(is_stranger_, false)) owner_.strangers_.leave(path_.client.ip);
  }

  /// Destroys this object.
  void close() {
    TurnStreams& owner = owner_;
    owner.server_.handle_tcp_closed(now(), path_);
    owner.owner_.on_server_changed();
    owner.forget(path_.stream);
  }

  Timestamp now() const { return owner_.host_.loop().now(); }

  TurnStreams& owner_;
  Quota::Token token_;
  turn::ClientPath path_;
  bool is_stranger_ = true;
  turn::StreamReassembler reassembler_;
  std::unique_ptr<Timer> timer_;
  std::unique_ptr<native::TcpStream> stream_;
};

TurnStreams::TurnStreams(native::SystemHost& host, turn::Server& server, TurnStreamOwner& owner,
                         native::TlsTerminator* tls, std::size_t connections_max)
    : host_(host), server_(server), owner_(owner), tls_(tls), quota_(connections_max) {}

TurnStreams::~TurnStreams() = default;

Result<TransportAddress, native::ListenError> TurnStreams::listen(const TransportAddress& address,
                                                                  bool share_port) {
  listener_.emplace(host_.loop(), static_cast<native::ConnectionAcceptor&>(*this));
  const auto bound = listener_->listen(address, share_port);
  if (bound) address_ = *bound;
  return bound;
}

void TurnStreams::on_accepted(native::UniqueFd fd, const TransportAddress& peer) {
  if (tls_ == nullptr) return on_decrypted(std::move(fd), peer);
  tls_->take(std::move(fd), peer, *this);
}

void TurnStreams::on_decrypted(native::UniqueFd fd, const TransportAddress& peer) {
  auto token = quota_.take();
  if (!token || !strangers_.enter(peer.ip)) return;
  if (unused_.empty()) {
    unused_.push_back(static_cast<std::uint32_t>(connections_.size()));
    connections_.emplace_back();
  }
  const std::uint32_t stream = unused_.back();
  unused_.pop_back();
  connections_[stream] =
      std::make_unique<Connection>(*this, std::move(*token), std::move(fd),
                                   turn::ClientPath{peer, address_, transport(), stream});
}

void TurnStreams::forget(std::uint32_t stream) {
  connections_[stream].reset();
  unused_.push_back(stream);
  if (listener_) listener_->resume();
}

bool TurnStreams::send(const turn::ClientPath& path, Bytes frame) {
  if (path.stream >= connections_.size() || !connections_[path.stream]) return false;
  Connection& connection = *connections_[path.stream];
  return connection.client() == path.client && connection.send(frame);
}

}  // namespace floe::gateway
