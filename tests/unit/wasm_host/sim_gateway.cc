#include "sim_gateway.h"

namespace floe::wasm::test {

class SimGateway::Socket final : private DatagramListener {
 public:
  Socket(SimGateway& gateway, tunnel::SocketId id, const BindRequest& request)
      : gateway_(gateway), id_(id), socket_(gateway.host_.datagram_sockets.open(request, *this)) {}
  SendStatus send(const TransportAddress& to, Bytes payload) { return socket_->send(to, payload); }

 private:
  void on_bound(DatagramSocket&, const TransportAddress& local) override {
    gateway_.begin_turn();
    gateway_.session_.sockets().handle_bound(id_, local, std::nullopt);
  }
  void on_socket_failed(DatagramSocket&, BindError error) override {
    gateway_.begin_turn();
    gateway_.session_.sockets().handle_socket_failed(id_, error);
  }
  void on_datagram(DatagramSocket&, const Datagram& datagram) override {
    gateway_.begin_turn();
    gateway_.session_.sockets().handle_datagram(gateway_.now(), id_, datagram);
  }

  SimGateway& gateway_;
  tunnel::SocketId id_;
  std::unique_ptr<DatagramSocket> socket_;
};

/// A connection that is refused: no server of the world takes one.
class SimGateway::Stream final : private StreamListener {
 public:
  Stream(SimGateway& gateway, tunnel::TcpId id, const TransportAddress& remote)
      : gateway_(gateway),
        id_(id),
        stream_(gateway.host_.streams->connect(remote, std::nullopt, *this)) {}

 private:
  void on_stream_connected(const TransportAddress&) override {}
  void on_stream_bytes(Bytes) override {}
  void on_stream_closed(std::string_view) override {
    gateway_.begin_turn();
    gateway_.session_.connections().handle_closed(id_, tunnel::TcpCloseReason::refused);
    gateway_.streams_.erase(id_);  // destroys this
  }

  SimGateway& gateway_;
  tunnel::TcpId id_;
  std::unique_ptr<StreamSocket> stream_;
};

SimGateway::SimGateway(sim::SimHost& host)
    : host_(host.api()),
      addresses_(host_.network.addresses().value()),
      session_(now(), messages_, *this, *this, {}),
      timer_(host_.timers.create(*this)) {}

SimGateway::~SimGateway() = default;

void SimGateway::handle_message(Bytes message) {
  begin_turn();
  session_.handle_message(now(), message);
}

Result<tunnel::Admission, tunnel::AdmissionRefusal> SimGateway::admit(
    const tunnel::Hello&, const tunnel::SessionLimits& limits) {
  return tunnel::Admission{host_.random.next_u64(), limits, addresses_};
}

void SimGateway::open_socket(tunnel::SocketId id, const BindRequest& request) {
  sockets_[id] = std::make_unique<Socket>(*this, id, request);
}

void SimGateway::close_socket(tunnel::SocketId id) {
  sockets_.erase(id);
}

SendStatus SimGateway::send_datagram(tunnel::SocketId id, const TransportAddress& to,
                                     Bytes payload) {
  const auto found = sockets_.find(id);
  return found == sockets_.end() ? SendStatus::failed : found->second->send(to, payload);
}

void SimGateway::resolve(tunnel::LookupId lookup, tunnel::LookupFamily, std::string_view name) {
  asked_names_.emplace_back(lookup, name);
}

void SimGateway::open_tcp(tunnel::TcpId id, const tunnel::TcpRequest& request) {
  streams_[id] = std::make_unique<Stream>(*this, id, request.remote);
}

void SimGateway::close_tcp(tunnel::TcpId id) {
  streams_.erase(id);
}

bool SimGateway::send_message(Bytes message) {
  on_message(message);
  return true;
}

void SimGateway::handle_timeout(Timestamp now) {
  answer_lookups();
  session_.handle_timeout(now);
  session_.flush(now);
  timer_->arm(session_.deadline());
}

/// Knows numeric addresses only.
void SimGateway::answer_lookups() {
  for (const auto& [lookup, name] : std::exchange(asked_names_, {})) {
    std::vector<IpAddress> found;
    if (const auto ip = IpAddress::parse(name)) found.push_back(*ip);
    const auto status =
        found.empty() ? tunnel::LookupStatus::no_such_name : tunnel::LookupStatus::found;
    session_.lookups().handle_resolved(lookup, status, found);
  }
}

}  // namespace floe::wasm::test
