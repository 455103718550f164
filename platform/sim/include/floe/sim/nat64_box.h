// A NAT64: hosts of an IPv6 network reach those of an IPv4 one under addresses of a prefix
// (RFC 6146).
//
// The mappings are those of a NAT whose inside endpoints are IPv6 ones. RFC 6146 wants their
// mapping endpoint-independent (section 3.5.1.1) and leaves filtering to choose.
#pragma once

#include <string>

#include "floe/sim/mapping_table.h"
#include "floe/sim/nat64_prefix.h"
#include "floe/sim/traffic.h"

namespace floe::sim {

class Nat64Box final : public Node {
 public:
  /// `inside` is the IPv6 network. What is passed by reference must outlive it.
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
