// The network interfaces of a simulated host, in the order in which they came.
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
  /// One without addresses.
  Interface& add(Node& host, std::string name, Network& network, const Link& link,
                 std::uint32_t attachment_number);
  /// It must have no addresses any more.
  void remove(Interface& interface);

  /// There must be one.
  Interface& first() { return *interfaces_.front(); }
  /// nullptr: there is none, as in the functions below.
  Interface* find(std::string_view name) const;
  Interface* find(const Attachment& attachment) const;
  /// The one that has the address `ip`.
  Interface* with(const IpAddress& ip) const;
  /// The first that has an address of the family and a way to `ip`.
  Interface* towards(const IpAddress& ip) const;

  std::vector<InterfaceAddress> addresses() const;

 private:
  template <class Predicate>
  Interface* first_that(Predicate predicate) const;

  std::vector<std::unique_ptr<Interface>> interfaces_;
  std::vector<std::unique_ptr<Interface>> removed_;  // packets may be under way to them
  std::uint32_t count_ = 0;
};

}  // namespace floe::sim
