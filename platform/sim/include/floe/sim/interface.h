// A network interface of a simulated host.
#pragma once

#include <string>
#include <vector>

#include "floe/sim/network.h"

namespace floe::sim {

class Interface {
 public:
  /// The addresses are set by the host. `index` counts from 1: the zone of link-local addresses.
  Interface(Node& host, std::string name, Network& network, const Link& link, std::uint32_t index,
            std::uint32_t attachment_number)
      : name_(std::move(name)),
        index_(index),
        attachment_(host, network, link, attachment_number) {}

  const std::string& name() const { return name_; }
  std::uint32_t index() const { return index_; }
  Network& network() { return attachment_.network(); }
  Link& link() { return attachment_.link(); }
  const std::vector<IpAddress>& addresses() const { return addresses_; }
  bool has_address(const IpAddress& ip) const {
    return std::ranges::find(addresses_, ip) != addresses_.end();
  }

 private:
  friend class SimHost;

  std::string name_;
  std::uint32_t index_;
  Attachment attachment_;
  std::vector<IpAddress> addresses_;
};

}  // namespace floe::sim
