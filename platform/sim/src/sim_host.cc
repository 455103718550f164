#include "floe/sim/sim_host.h"

#include <algorithm>

#include "sim_socket.h"

namespace floe::sim {

SimHost::SimHost(const HostGround& ground, std::string name, std::uint64_t seed)
    : ground_(ground), name_(std::move(name)), random_(seed), change_(*this) {}

// Interfaces --------------------------------------------------------------------------------------

Interface& SimHost::add_interface(std::string name, Network& network,
                                  std::vector<IpAddress> addresses, const Link& link) {
  const std::uint32_t number = ground_.traffic.number_attachment(name_ + ':' + name);
  interfaces_.push_back(std::make_unique<Interface>(*this, std::move(name), network, link,
                                                    ++interface_count_, number));
  give_addresses(*interfaces_.back(), std::move(addresses));
  announce_change();
  return *interfaces_.back();
}

void SimHost::remove_interface(std::string_view name) {
  const auto place = std::ranges::find_if(
      interfaces_, [&](const auto& candidate) { return candidate->name() == name; });
  if (place == interfaces_.end()) return;
  take_addresses(**place);
  removed_interfaces_.push_back(std::move(*place));
  interfaces_.erase(place);
  announce_change();
}

void SimHost::set_addresses(Interface& interface, std::vector<IpAddress> addresses) {
  take_addresses(interface);
  give_addresses(interface, std::move(addresses));
  announce_change();
}

void SimHost::give_addresses(Interface& interface, std::vector<IpAddress> addresses) {
  interface.addresses_ = std::move(addresses);
  for (IpAddress& ip : interface.addresses_) {
    if (ip.is_link_local()) ip = *IpAddress::from_bytes(ip.bytes(), interface.index());
    interface.network().add_address(ip, interface.attachment_);
  }
}

void SimHost::take_addresses(Interface& interface) {
  for (const IpAddress& ip : interface.addresses_) interface.network().remove_address(ip);
  interface.addresses_.clear();
}

Interface* SimHost::interface(std::string_view name) {
  const auto place = std::ranges::find_if(
      interfaces_, [&](const auto& candidate) { return candidate->name() == name; });
  return place == interfaces_.end() ? nullptr : place->get();
}

Interface* SimHost::interface_with(const IpAddress& ip) {
  for (const auto& candidate : interfaces_) {
    if (candidate->has_address(ip)) return candidate.get();
  }
  return nullptr;
}

/// The first that has an address of the family and a way to `ip`.
Interface* SimHost::interface_towards(const IpAddress& ip) {
  for (const auto& candidate : interfaces_) {
    const bool has_family = std::ranges::any_of(
        candidate->addresses(), [&](const IpAddress& own) { return own.family() == ip.family(); });
    if (has_family && candidate->network().next_hop(ip) != nullptr) return candidate.get();
  }
  return nullptr;
}

bool SimHost::has_address(const IpAddress& ip) const {
  return std::ranges::any_of(interfaces_,
                             [&](const auto& candidate) { return candidate->has_address(ip); });
}

std::optional<std::vector<InterfaceAddress>> SimHost::addresses() const {
  std::vector<InterfaceAddress> list;
  for (const auto& candidate : interfaces_) {
    for (const IpAddress& ip : candidate->addresses()) list.push_back({ip, candidate->name()});
  }
  return list;
}

void SimHost::remove_listener(NetworkListener& listener) {
  std::erase(listeners_, &listener);
}

void SimHost::announce_change() {
  // Before anybody uses the host there is nobody to be told.
  if (!listeners_.empty() || !sockets_.empty() || !streams_.empty()) change_.set(now());
}

void SimHost::tell_of_change() {
  fail_homeless_sockets();
  fail_homeless_streams();
  const std::vector<NetworkListener*> told = listeners_;
  for (NetworkListener* listener : told) {
    if (std::ranges::count(listeners_, listener) > 0) listener->on_network_changed();
  }
}

// Sleep -------------------------------------------------------------------------------------------

void SimHost::wake() {
  sleep_.end(now());
  for (auto& action : std::exchange(late_calls_, {})) {
    schedule(now(), std::move(action));
  }
}

void SimHost::schedule(Timestamp at, std::function<void()> action) {
  ground_.calls.schedule(at, [this, action = std::move(action)] {
    if (!is_asleep()) return action();
    late_calls_.push_back(action);
  });
}

// Datagrams and words -----------------------------------------------------------------------------

void SimHost::arrive(Attachment& at, PacketId id) {
  Traffic& traffic = ground_.traffic;
  if (is_asleep()) return traffic.lose(id, Fate::asleep);
  Datagram datagram{traffic[id].destination, traffic[id].source, traffic[id].payload};
  SimSocket* socket = find_socket(datagram.local);
  if (socket == nullptr) return traffic.lose(id, Fate::no_socket);
  traffic.note_delivered(id);
  if (datagram.remote.ip.is_link_local()) give_zone(datagram, at);
  for (HostObserver* observer : observers_) observer->on_arriving(datagram);
  socket->deliver(datagram);
  for (HostObserver* observer : observers_) observer->on_arrived(datagram);
  traffic.release(id);
}

/// Link-local addresses mean something together with the interface only.
void SimHost::give_zone(Datagram& datagram, const Attachment& at) {
  const auto place = std::ranges::find_if(
      interfaces_, [&](const auto& candidate) { return &candidate->attachment_ == &at; });
  if (place == interfaces_.end()) return;
  for (TransportAddress* address : {&datagram.local, &datagram.remote}) {
    address->ip = *IpAddress::from_bytes(address->ip.bytes(), (*place)->index());
  }
}

void SimHost::log(LogLevel, std::string_view, std::string_view text) {
  ground_.trace.note(now(), name_, text);
}

}  // namespace floe::sim
