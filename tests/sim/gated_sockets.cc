#include "gated_sockets.h"

#include "floe/stun/message.h"

namespace floe::sim {

class GatedSockets::Socket final : public DatagramSocket, private DatagramListener {
 public:
  Socket(GatedSockets& all, const BindRequest& request, DatagramListener& listener)
      : all_(all),
        listener_(listener),
        gate_(all.key_, all.scans_),
        socket_(all.sockets_.open(request, *this)) {}

  SendStatus send(const TransportAddress& to, Bytes payload) override {
    GateDrops& drops = all_.drops_;
    std::size_t& count = stun::looks_like_stun(payload) ? drops.stun_out : drops.other_out;
    const Timestamp now = all_.clock_.now();
    if (!all_.passes(gate_.outbound(now, to, payload), count)) return SendStatus::sent;
    return socket_->send(to, payload);
  }

 private:
  void on_bound(DatagramSocket&, const TransportAddress& local) override {
    listener_.on_bound(*this, local);
  }
  void on_socket_failed(DatagramSocket&, BindError error) override {
    listener_.on_socket_failed(*this, error);
  }
  void on_datagram(DatagramSocket&, const Datagram& datagram) override {
    GateDrops& drops = all_.drops_;
    std::size_t& count = stun::looks_like_stun(datagram.payload) ? drops.stun_in : drops.other_in;
    const Timestamp now = all_.clock_.now();
    const auto verdict = gate_.inbound(now, datagram.remote, datagram.payload);
    if (all_.passes(verdict, count)) listener_.on_datagram(*this, datagram);
  }

  GatedSockets& all_;
  DatagramListener& listener_;
  consent::ConsentGate gate_;
  std::unique_ptr<DatagramSocket> socket_;
};

std::unique_ptr<DatagramSocket> GatedSockets::open(const BindRequest& request,
                                                   DatagramListener& listener) {
  return std::make_unique<Socket>(*this, request, listener);
}

bool GatedSockets::passes(consent::Verdict verdict, std::size_t& drops) {
  if (verdict == consent::Verdict::pass) return true;
  ++drops;
  if (verdict == consent::Verdict::over_rate) ++drops_.over_rate;
  return false;
}

}  // namespace floe::sim
