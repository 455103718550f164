// A NAT64 (RFC 6146): hosts of an IPv6 network reach the hosts of an IPv4 network under addresses
// of an IPv6 prefix.
//
// It maps like a NAT, but its inside endpoints are IPv6. RFC 6146 wants endpoint-independent
// mapping (section 3.5.1.1); filtering can be chosen.
#pragma once

#include <string>

#include "floe/sim/mapping_table.h"
#include "floe/sim/nat64_prefix.h"
#include "floe/sim/traffic.h"

namespace floe::sim {

class Nat64Box final : public Node {
 public:
  /// `inside` is the IPv6 network. All references must outlive this box.
  Nat64Box(Traffic& traffic, const std::string& name, Network& inside, Network& outside,
           const IpAddress& external, const Nat& nat, const Nat64Prefix& prefix);

  void reboot() { table_.clear(); }

  const Nat64Prefix& prefix() const { return prefix_; }
  const IpAddress& external() const { return external_; }
  Link& outside_link() { return outside_.link(); }

 private:
  void arrive(Attachment& at, PacketId packet) override;
  void send_out(PacketId id);
  void send_in(PacketId id);

  Traffic& traffic_;
  Attachment inside_;
  Attachment outside_;
  IpAddress external_;
  Hairpin hairpin_;
  Nat64Prefix prefix_;
  MappingTable table_;
};

}  // namespace floe::sim
