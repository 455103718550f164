// The network interfaces of a simulated host, in the order in which they were added.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "floe/api/network_monitor.h"
#include "floe/sim/interface.h"

namespace floe::sim {

class HostInterfaces {
 public:
  /// Adds an interface without addresses.
  Interface& add(Node& host, std::string name, Network& network, const Link& link,
                 std::uint32_t attachment_number);
  /// `interface` must have no addresses any more.
  void remove(Interface& interface);

  /// There must be an interface.
  Interface& first() { return *interfaces_.front(); }
  /// nullptr when there is none; the same for the functions below.
  Interface* find(std::string_view name) const;
  Interface* find(const Attachment& attachment) const;
  /// The interface that has the address `ip`.
  Interface* with(const IpAddress& ip) const;
  /// The first interface that has an address of the family of `ip` and a way to it.
  Interface* towards(const IpAddress& ip) const;

  std::vector<InterfaceAddress> addresses() const;

 private:
  template <class Predicate>
  Interface* first_that(Predicate predicate) const;

  std::vector<std::unique_ptr<Interface>> interfaces_;
  std::vector<std::unique_ptr<Interface>> removed_;  // packets to them may be under way
  std::uint32_t count_ = 0;
};

}  // namespace floe::sim
