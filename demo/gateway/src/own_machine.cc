#include "own_machine.h"

#include <algorithm>

#include "address_class.h"

namespace floe::gateway {

OwnMachine::OwnMachine(const AddressOptions& options) : targets_(options.own_targets) {
  for (const IpAddress& ip : options.external) external_.insert(WideAddress(ip));
}

void OwnMachine::set_targets(std::vector<OwnTarget> targets) {
  const std::lock_guard lock(mutex_);
  targets_ = std::move(targets);
  ++generation_;
}

void OwnMachine::set_addresses(const std::vector<IpAddress>& addresses) {
  std::set<WideAddress> now;
  for (const IpAddress& ip : addresses) {
    const WideAddress wide(ip);
    if (classify(wide) != AddressClass::loopback) now.insert(wide);
  }
  const std::lock_guard lock(mutex_);
  if (now == addresses_) return;
  addresses_ = std::move(now);
  ++generation_;
}

void OwnMachine::add_listener(const TransportAddress& address) {
  const std::lock_guard lock(mutex_);
  listeners_.insert(key(address));
  ++generation_;
}

void OwnMachine::add_socket(const TransportAddress& advertised, const TransportAddress& bound) {
  const std::lock_guard lock(mutex_);
  Socket& socket = sockets_[key(advertised)];
  if (++socket.owners > 1) return;
  socket.bound = bound;
  if (advertised != bound) translated_[key(bound)] = advertised;
  translates_ = !translated_.empty();
  ++generation_;
}

void OwnMachine::remove_socket(const TransportAddress& advertised) {
  const std::lock_guard lock(mutex_);
  const auto place = sockets_.find(key(advertised));
  if (place == sockets_.end() || --place->second.owners > 0) return;
  translated_.erase(key(place->second.bound));
  translates_ = !translated_.empty();
  sockets_.erase(place);
  ++generation_;
}

bool OwnMachine::is_listener(const WideAddress& ip, std::uint16_t port) const {
  static const WideAddress kAnyIpv4(IpAddress::any(Family::ipv4));
  static const WideAddress kAnyIpv6(IpAddress::any(Family::ipv6));
  const std::lock_guard lock(mutex_);
  if (listeners_.contains({ip, port})) return true;
  // Linux lets a socket that listens on :: take IPv4, too.
  const bool on_all =
      listeners_.contains({kAnyIpv4, port}) || listeners_.contains({kAnyIpv6, port});
  return on_all && (is_here(ip) || classify(ip) == AddressClass::loopback);
}

bool OwnMachine::has_socket(const WideAddress& ip, std::uint16_t port) const {
  const std::lock_guard lock(mutex_);
  return sockets_.contains({ip, port});
}

bool OwnMachine::has_sockets_at(const WideAddress& ip) const {
  const std::lock_guard lock(mutex_);
  const auto first = sockets_.lower_bound({ip, 0});
  return first != sockets_.end() && first->first.first == ip;
}

bool OwnMachine::owns(const WideAddress& ip, std::uint16_t port) const {
  const std::lock_guard lock(mutex_);
  if (!is_here(ip)) return false;
  return std::ranges::none_of(targets_, [&](const OwnTarget& target) {
    return WideAddress(target.ip) == ip && (target.port == 0 || target.port == port);
  });
}

bool OwnMachine::owns(const WideAddress& ip) const {
  const std::lock_guard lock(mutex_);
  if (!is_here(ip)) return false;
  return std::ranges::none_of(
      targets_, [&](const OwnTarget& target) { return WideAddress(target.ip) == ip; });
}

TransportAddress OwnMachine::delivered_at(const TransportAddress& remote) const {
  if (!translates_) return remote;
  const std::lock_guard lock(mutex_);
  const auto socket = sockets_.find(key(remote));
  return socket == sockets_.end() ? remote : socket->second.bound;
}

TransportAddress OwnMachine::known_as(const TransportAddress& remote) const {
  if (!translates_) return remote;
  const std::lock_guard lock(mutex_);
  const auto socket = translated_.find(key(remote));
  return socket == translated_.end() ? remote : socket->second;
}

std::vector<std::string> OwnMachine::to_lines() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> lines{"open sockets of clients of this gateway"};
  for (const OwnTarget& target : targets_) {
    lines.push_back("open if a rule below opens it " +
                    (target.port == 0 ? target.ip.to_text()
                                      : TransportAddress(target.ip, target.port).to_text()));
  }
  lines.emplace_back("closed all other addresses and ports of this machine");
  return lines;
}

}  // namespace floe::gateway
