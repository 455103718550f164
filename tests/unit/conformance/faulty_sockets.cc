#include "faulty_sockets.h"

#include <utility>

namespace floe::testing {

/// A sound socket, with the fault on its way to the listener and back. It may outlive the Socket
/// that the listener knows.
class FaultySockets::Line final : public DatagramSocket, private DatagramListener {
 public:
  Line(FaultySockets& owner, DatagramListener& told) : owner_(owner), listener_(told) {
    owner_.lines_.push_back(this);
  }
  ~Line() override { std::erase(owner_.lines_, this); }

  void open(const BindRequest& request) { sound_ = owner_.sound_.open(request, *this); }

  SendStatus send(const TransportAddress& to, Bytes payload) override {
    if (owner_.fault_ == Fault::datagram_comes_inside_send) {
      for (Line* line : owner_.lines_) {
        if (line->local_ != to) continue;
        line->listener_.on_datagram(*line, {to, local_, payload});
        return SendStatus::sent;
      }
    }
    return sound_->send(to, payload);
  }

 private:
  void on_bound(DatagramSocket&, const TransportAddress& local) override {
    local_ = local;
    listener_.on_bound(*this, local);
  }
  void on_socket_failed(DatagramSocket&, BindError error) override {
    listener_.on_socket_failed(*this, error);
  }
  void on_datagram(DatagramSocket&, const Datagram& sound) override {
    Datagram datagram = sound;
    const std::size_t size = datagram.payload.size();
    if (owner_.fault_ == Fault::datagram_has_another_source) ++datagram.remote.port;
    if (owner_.fault_ == Fault::datagram_loses_its_last_byte && size > 0) {
      datagram.payload = datagram.payload.first(size - 1);
    }
    if (owner_.fault_ == Fault::datagram_is_cut_at_2048_bytes && size > 2048) {
      datagram.payload = datagram.payload.first(2048);
    }
    FaultySockets& owner = owner_;  // the listener may destroy this
    owner.delivering_ = this;
    listener_.on_datagram(*this, datagram);
    owner.delivering_ = nullptr;
  }

  FaultySockets& owner_;
  DatagramListener& listener_;
  TransportAddress local_;
  std::unique_ptr<DatagramSocket> sound_;
};

class FaultySockets::Socket final : public DatagramSocket {
 public:
  Socket(FaultySockets& owner, std::unique_ptr<Line> line)
      : owner_(owner), line_(std::move(line)) {}
  ~Socket() override { owner_.close(std::move(line_)); }
  SendStatus send(const TransportAddress& to, Bytes payload) override {
    return line_->send(to, payload);
  }

 private:
  FaultySockets& owner_;
  std::unique_ptr<Line> line_;
};

FaultySockets::FaultySockets(DatagramSockets& sound, Fault fault) : sound_(sound), fault_(fault) {}

FaultySockets::~FaultySockets() = default;

std::unique_ptr<DatagramSocket> FaultySockets::open(const BindRequest& request,
                                                    DatagramListener& listener) {
  BindRequest asked = request;
  if (fault_ == Fault::socket_takes_the_first_port_only) asked.port_max = asked.port_min;
  auto line = std::make_unique<Line>(*this, listener);
  line->open(asked);
  if (fault_ == Fault::socket_is_bound_inside_open) listener.on_bound(*line, {request.ip, 1});
  return std::make_unique<Socket>(*this, std::move(line));
}

void FaultySockets::close(std::unique_ptr<Line> line) {
  const bool is_another = delivering_ != nullptr && delivering_ != line.get();
  if (fault_ == Fault::datagram_comes_after_another_destroyed_the_socket && is_another) {
    undead_.push_back(std::move(line));
  }
}

}  // namespace floe::testing
