#include "udp_object.h"

namespace floe::wasm {

UdpObject::UdpObject(WasmHost& host, std::uint32_t handle, std::shared_ptr<NetworkObject> network,
                     std::optional<IpAddress> ip, std::uint16_t port_min, std::uint16_t port_max)
    : Object(host, handle),
      network_(std::move(network)),
      ip_(ip),
      port_min_(port_min),
      port_max_(port_max) {
  network_->parts().addresses.add_listener(*this);
  open_if_possible();
}

UdpObject::~UdpObject() {
  network_->parts().addresses.remove_listener(*this);
}

void UdpObject::open_if_possible() {
  if (socket_) return;
  const NetworkParts network = network_->parts();
  const auto addresses = network.addresses.addresses();
  if (!ip_ && addresses && !addresses->empty()) ip_ = addresses->front().ip;
  if (ip_) socket_ = network.sockets.open({*ip_, port_min_, port_max_}, *this);
}

void UdpObject::handle_command(Command, std::uint16_t, CommandReader&) {
  refuse("bad-command", "A UDP socket does not know this command.");
}

bool UdpObject::send_datagram(std::uint16_t, CommandReader in) {
  const TransportAddress to = in.address();
  const Bytes datagram = in.rest();
  if (!network_->takes_datagram(datagram.size())) return false;
  const bool sent = in.ok() && socket_ && socket_->send(to, datagram) == SendStatus::sent;
  ++(sent ? sent_ : dropped_);
  return true;
}

void UdpObject::on_bound(DatagramSocket&, const TransportAddress& local) {
  emit(Event::udp_bound).address(local);
}

void UdpObject::on_socket_failed(DatagramSocket&, BindError error) {
  emit(Event::udp_failed).text(to_text(error));
}

void UdpObject::on_datagram(DatagramSocket&, const Datagram& datagram) {
  ++received_;
  emit(Event::udp_datagram)
      .address(datagram.remote)
      .address(datagram.local)
      .bytes(datagram.payload);
}

void UdpObject::write_stats(json::Writer& out) const {
  out.begin_object();
  out.name("packetsSent").unsigned_integer(sent_);
  out.name("packetsDropped").unsigned_integer(dropped_);
  out.name("packetsReceived").unsigned_integer(received_);
  out.end_object();
}

}  // namespace floe::wasm
