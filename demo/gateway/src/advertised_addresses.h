// The addresses that clients are told: behind a 1:1 NAT others than those that sockets are bound
// to.
//
// A client never learns an address of the machine that stands for no socket of clients: it would
// tell a page how the operator's network is numbered.
#pragma once

#include <optional>
#include <vector>

#include "floe/api/network_monitor.h"

namespace floe::gateway {

class AdvertisedAddresses {
 public:
  /// `external` stand for the addresses of `bound`, each for those of its family.
  AdvertisedAddresses(const std::vector<IpAddress>& bound, const std::vector<IpAddress>& external);

  /// What clients may bind.
  const std::vector<InterfaceAddress>& list() const { return list_; }
  /// Where a socket is bound to that a client wants at `advertised`; nothing for other addresses.
  std::optional<IpAddress> bound(const IpAddress& advertised) const;
  /// What a client is told of `local`, an address of this machine, perhaps one that is not in the
  /// list: then the list's address of its family, or 0.0.0.0 or ::.
  IpAddress told(const IpAddress& local) const;

 private:
  std::vector<IpAddress> bound_;  // of the entries of list_
  std::vector<InterfaceAddress> list_;
};

}  // namespace floe::gateway
