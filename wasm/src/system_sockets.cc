#include "system_sockets.h"

#include <optional>

namespace floe::wasm {

class SystemSockets::Socket final : public DatagramSocket {
 public:
  Socket(SystemSockets& owner, const BindRequest& request, DatagramListener& listener)
      : owner_(owner), listener_(listener), number_(owner.sockets_.add(*this)) {
    emit(Event::system_open).text(request.ip.to_text()).u16(request.port_min).u16(request.port_max);
  }

  ~Socket() override {
    owner_.sockets_.remove(number_);
    if (!failed_) emit(Event::system_close_socket);
  }

  SendStatus send(const TransportAddress& to, Bytes payload) override {
    if (!local_ || failed_ || to.ip.is_ipv4() != local_->ip.is_ipv4()) return SendStatus::failed;
    if (payload.size() > kMaxDatagramSize) return SendStatus::too_large;
    emit(Event::system_send).address(to).bytes(payload);
    ++owner_.sent_;
    return SendStatus::sent;
  }

  void bound(const TransportAddress& local) {
    local_ = local;
    listener_.on_bound(*this, local);
  }

  void fail(BindError error) {
    failed_ = true;
    listener_.on_socket_failed(*this, error);
  }

  void deliver(const TransportAddress& remote, Bytes payload) {
    if (local_) listener_.on_datagram(*this, {*local_, remote, payload});
  }

 private:
  EventWriter& emit(Event kind) { return owner_.events_.begin(kind, owner_.handle_).u32(number_); }

  SystemSockets& owner_;
  DatagramListener& listener_;
  std::uint32_t number_;
  std::optional<TransportAddress> local_;
  bool failed_ = false;
};

std::unique_ptr<DatagramSocket> SystemSockets::open(const BindRequest& request,
                                                    DatagramListener& listener) {
  return std::make_unique<Socket>(*this, request, listener);
}

void SystemSockets::on_bound(CommandReader& in) {
  Socket* socket = sockets_.find(in.u32());
  const TransportAddress local = in.address();
  if (socket != nullptr && in.ok()) socket->bound(local);
}

void SystemSockets::on_failed(CommandReader& in) {
  Socket* socket = sockets_.find(in.u32());
  if (socket != nullptr) socket->fail(static_cast<BindError>(in.u8()));
}

void SystemSockets::on_datagram(CommandReader& in) {
  Socket* socket = sockets_.find(in.u32());
  const TransportAddress remote = in.address();
  if (socket == nullptr || !in.ok()) return;
  ++received_;
  socket->deliver(remote, in.rest());
}

void SystemSockets::fail_all() {
  for (const std::uint32_t number : sockets_.numbers()) {
    if (Socket* socket = sockets_.find(number)) socket->fail(BindError::closed);
  }
}

}  // namespace floe::wasm
