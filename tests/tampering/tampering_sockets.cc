#include "tampering_sockets.h"

namespace floe::tampering {

/// Stands between a socket and its user, who must not destroy it while a datagram arrives.
class TamperingSockets::Socket final : public native::UdpSocket, private DatagramListener {
 public:
  Socket(native::UdpSocketSource& honest, std::optional<DatagramAttackKind> attack,
         const BindRequest& request, DatagramListener& user)
      : user_(user), outwards_(attack), inwards_(attack) {
    socket_ = honest.open_udp(request, *this);
  }

  SendStatus send(const TransportAddress& to, Bytes payload) override {
    SendStatus status = SendStatus::sent;
    for (const ByteVector& datagram : outwards_.pass(payload)) status = socket_->send(to, datagram);
    return status;
  }
  void set_reading(bool reading) override { socket_->set_reading(reading); }
  void report_errors_to(native::IcmpListener& listener) override {
    socket_->report_errors_to(listener);
  }
  const TransportAddress& local() const override { return socket_->local(); }

 private:
  void on_bound(DatagramSocket&, const TransportAddress& local) override {
    user_.on_bound(*this, local);
  }
  void on_socket_failed(DatagramSocket&, BindError error) override {
    user_.on_socket_failed(*this, error);
  }
  void on_datagram(DatagramSocket&, const Datagram& arrived) override {
    for (const ByteVector& datagram : inwards_.pass(arrived.payload)) {
      user_.on_datagram(*this, {arrived.local, arrived.remote, datagram});
    }
  }

  DatagramListener& user_;
  DatagramAttack outwards_;
  DatagramAttack inwards_;
  std::unique_ptr<native::UdpSocket> socket_;
};

std::unique_ptr<native::UdpSocket> TamperingSockets::open_udp(const BindRequest& request,
                                                              DatagramListener& listener) {
  return std::make_unique<Socket>(honest_, attack_, request, listener);
}

}  // namespace floe::tampering
