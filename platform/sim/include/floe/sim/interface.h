// A network interface of a simulated host.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "floe/sim/network.h"

namespace floe::sim {

class Interface {
 public:
  /// The host sets the addresses. `index` counts from 1; it is the zone of link-local addresses.
  Interface(Node& host, std::string name, Network& network, const Link& link, std::uint32_t index,
            std::uint32_t attachment_number)
      : name_(std::move(name)),
        index_(index),
        attachment_(host, network, link, attachment_number) {}

  const std::string& name() const { return name_; }
  std::uint32_t index() const { return index_; }
  Network& network() { return attachment_.network(); }
  Link& link() { return attachment_.link(); }
  Attachment& attachment() { return attachment_; }
  const std::vector<IpAddress>& addresses() const { return addresses_; }
  bool has_address(const IpAddress& ip) const {
    return std::ranges::find(addresses_, ip) != addresses_.end();
  }
  /// Its first address of the family.
  std::optional<IpAddress> address_of(Family family) const {
    const auto place = std::ranges::find(addresses_, family, &IpAddress::family);
    return place == addresses_.end() ? std::nullopt : std::optional(*place);
  }

 private:
  friend class SimHost;

  /// Replaces the addresses here and in the network. A link-local one gets `index_` as its zone.
  void set_addresses(std::vector<IpAddress> addresses) {
    for (const IpAddress& ip : addresses_) network().remove_address(ip);
    addresses_ = std::move(addresses);
    for (IpAddress& ip : addresses_) {
      if (ip.is_link_local()) ip = *IpAddress::from_bytes(ip.bytes(), index_);
      network().add_address(ip, attachment_);
    }
  }

  std::string name_;
  std::uint32_t index_;
  Attachment attachment_;
  std::vector<IpAddress> addresses_;
};

}  // namespace floe::sim
