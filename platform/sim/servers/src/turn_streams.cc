#include "turn_streams.h"

#include "floe/turn/stream_framing.h"

namespace floe::sim {

class TurnStreams::Stream final : public StreamListener {
 public:
  Stream(Listener& listener, std::unique_ptr<StreamSocket> socket, const turn::ClientPath& path)
      : listener_(listener), socket_(std::move(socket)), path_(path) {}

  void send(Bytes message) {
    if (socket_) (void)socket_->send(message);
  }
  void close() { socket_.reset(); }

 private:
  void on_stream_connected(const TransportAddress&) override {}
  void on_stream_bytes(Bytes bytes) override {
    frames_.append(bytes);
    while (const auto frame = frames_.next()) listener_.on_message(path_, *frame);
  }
  void on_stream_closed(std::string_view) override {
    socket_.reset();
    listener_.on_closed(path_);
  }

  Listener& listener_;
  std::unique_ptr<StreamSocket> socket_;
  turn::ClientPath path_;
  turn::StreamReassembler frames_;
};

/// Stands for the end of a connection that was not taken.
class TurnStreams::Nobody final : public StreamListener {
  void on_stream_connected(const TransportAddress&) override {}
  void on_stream_bytes(Bytes) override {}
  void on_stream_closed(std::string_view) override {}
};

/// Where clients of one transport come to one address.
class TurnStreams::Door final : public StreamAcceptor {
 public:
  Door(TurnStreams& owner, const TransportAddress& local, turn::Transport transport)
      : owner_(owner), local_(local), transport_(transport) {}

  StreamListener& accept(std::unique_ptr<StreamSocket> socket,
                         const TransportAddress& remote) override {
    if (!owner_.listener_.takes_connections()) {
      socket.reset();
      return nobody_;
    }
    const auto place = static_cast<std::uint32_t>(owner_.streams_.size());
    const turn::ClientPath path{remote, local_, transport_, place};
    owner_.streams_.push_back(std::make_unique<Stream>(owner_.listener_, std::move(socket), path));
    return *owner_.streams_.back();
  }

 private:
  TurnStreams& owner_;
  TransportAddress local_;
  turn::Transport transport_;
  Nobody nobody_;
};

TurnStreams::TurnStreams(SimHost& host, const std::vector<IpAddress>& ips, std::uint16_t port,
                         std::uint16_t tls_port, Listener& listener)
    : listener_(listener) {
  const auto open = [&](const TransportAddress& local,
                        turn::Transport transport) -> StreamAcceptor& {
    doors_.push_back(std::make_unique<Door>(*this, local, transport));
    return *doors_.back();
  };
  for (const IpAddress& ip : ips) {
    const TransportAddress plain{ip, port};
    const TransportAddress secure{ip, tls_port};
    host.listen(plain, open(plain, turn::Transport::tcp));
    host.listen(secure, open(secure, turn::Transport::tls), ip.to_text());
  }
}

TurnStreams::~TurnStreams() = default;

void TurnStreams::send(const turn::ClientPath& path, Bytes message) {
  streams_[path.stream]->send(message);
}

void TurnStreams::close_all() {
  for (const auto& stream : streams_) stream->close();
}

}  // namespace floe::sim
