#include "floe/sim/host_sockets.h"

#include <algorithm>

#include "sim_socket.h"

namespace floe::sim {

std::unique_ptr<DatagramSocket> HostSockets::open(const BindRequest& request,
                                                  DatagramListener& listener) {
  const bool has_ip = request.ip.is_any() || host_.has_address(request.ip);
  const std::uint16_t port = has_ip ? choose_port(request) : std::uint16_t{0};
  const BindError problem = has_ip ? BindError::address_in_use : BindError::address_not_available;
  const TransportAddress local{request.ip, port};
  return std::make_unique<SimSocket>(host_, *this, listener, local, problem);
}

/// Returns 0 when all ports of the range are taken.
std::uint16_t HostSockets::choose_port(const BindRequest& request) {
  const std::uint32_t first = request.port_max == 0 ? 49152u : request.port_min;
  const std::uint32_t last = request.port_max == 0 ? 65535u : request.port_max;
  const std::uint32_t count = last - first + 1;
  const std::uint32_t start = host_.random.below(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto port = static_cast<std::uint16_t>(first + (start + i) % count);
    if (by_local_.find(EndpointKey::of({request.ip, port})) == nullptr) return port;
  }
  return 0;
}

void HostSockets::add(SimSocket& socket) {
  sockets_.push_back(&socket);
  const TransportAddress& local = socket.local();
  if (local.port != 0) by_local_.insert(EndpointKey::of(local), &socket);
}

void HostSockets::remove(SimSocket& socket) {
  std::erase(sockets_, &socket);
  if (socket.local().port != 0) unbind(socket.local());
}

SimSocket* HostSockets::find(const TransportAddress& local) {
  SimSocket* const* found = by_local_.find(EndpointKey::of(local));
  if (found == nullptr) {
    found = by_local_.find(EndpointKey::of({IpAddress::any(local.ip.family()), local.port}));
  }
  return found != nullptr && (*found)->is_bound() ? *found : nullptr;
}

void HostSockets::fail_homeless() {
  const auto is_homeless = [&](const SimSocket* socket) {
    const TransportAddress& local = socket->local();
    return local.port != 0 && !local.ip.is_any() && !host_.has_address(local.ip);
  };
  // A listener that hears of the failure may open and close sockets.
  for (;;) {
    const auto place = std::ranges::find_if(sockets_, is_homeless);
    if (place == sockets_.end()) return;
    (*place)->fail();
  }
}

SendStatus HostSockets::send(const TransportAddress& from, const TransportAddress& to,
                             Bytes payload) {
  if (host_.sleep.is_asleep()) return SendStatus::failed;
  if (payload.size() > kMaxDatagramSize) return SendStatus::too_large;
  if (to.ip.family() != from.ip.family()) return SendStatus::failed;
  TransportAddress source = from;
  Interface* out = host_.interfaces.with(source.ip);
  if (source.ip.is_any()) {
    out = host_.interfaces.towards(to.ip);
    if (out != nullptr) source.ip = *out->address_of(to.ip.family());
  }
  // A datagram to the host itself does not leave it, whichever socket it comes from.
  if (Interface* own = host_.interfaces.with(to.ip)) out = own;
  if (out == nullptr) return SendStatus::failed;
  ++datagrams_sent_;
  for (HostObserver* observer : host_.observers) observer->on_sending(source, to, payload);
  host_.ground.traffic.emit(out->attachment(), source, to, payload);
  return SendStatus::sent;
}

void HostSockets::deliver(const Attachment& at, PacketId id) {
  Traffic& traffic = host_.ground.traffic;
  Datagram datagram{traffic[id].destination, traffic[id].source, traffic[id].payload};
  SimSocket* socket = find(datagram.local);
  if (socket == nullptr) return traffic.lose(id, Fate::no_socket);
  traffic.note_delivered(id);
  if (datagram.remote.ip.is_link_local()) give_zone(datagram, at);
  for (HostObserver* observer : host_.observers) observer->on_arriving(datagram);
  socket->deliver(datagram);
  for (HostObserver* observer : host_.observers) observer->on_arrived(datagram);
  traffic.release(id);
}

/// A link-local address is only complete together with its interface.
void HostSockets::give_zone(Datagram& datagram, const Attachment& at) {
  const Interface* const interface = host_.interfaces.find(at);
  if (interface == nullptr) return;
  for (TransportAddress* address : {&datagram.local, &datagram.remote}) {
    address->ip = *IpAddress::from_bytes(address->ip.bytes(), interface->index());
  }
}

}  // namespace floe::sim
