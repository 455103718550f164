#include "sim/postbox.h"

namespace floe::sim {

Postbox::Postbox(World& world, SimHost& host, const IpAddress& ip, std::uint16_t port)
    : world_(world), socket_(host.api().datagram_sockets.open({ip, port, port}, *this)) {
  world.run_for(0ms);
}

std::optional<TransportAddress> Postbox::seen_by(Postbox& receiver) {
  return seen_by(receiver, receiver.local());
}

std::optional<TransportAddress> Postbox::seen_by(Postbox& receiver, const TransportAddress& at) {
  const std::size_t before = receiver.letters_.size();
  send(at);
  world_.run_for(1s);
  if (receiver.letters_.size() == before) return std::nullopt;
  return receiver.letters_.back().from;
}

void Postbox::on_bound(DatagramSocket&, const TransportAddress& local) {
  local_ = local;
  is_bound_ = true;
}

void Postbox::on_socket_failed(DatagramSocket&, BindError error) {
  is_bound_ = false;
  failure_ = error;
}

void Postbox::on_datagram(DatagramSocket&, const Datagram& datagram) {
  letters_.push_back(
      {datagram.remote, datagram.local, std::string(as_text(datagram.payload)), world_.now()});
}

}  // namespace floe::sim
