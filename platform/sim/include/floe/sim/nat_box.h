// A NAT between a network and its parent: IPv4 on both sides.
//
// The inside network has a route to it for packets to the outside. Packets from outside reach it
// because it has its external address on the parent network. It has one external address only, so
// it meets RFC 4787, REQ-2.
#pragma once

#include <string>

#include "floe/sim/mapping_table.h"
#include "floe/sim/traffic.h"

namespace floe::sim {

class NatBox final : public Node {
 public:
  /// All references must outlive this box.
  NatBox(Traffic& traffic, const std::string& name, Network& inside, Network& outside,
         const IpAddress& external, const Nat& nat);

  /// The device forgets its mappings, as it does when its power fails.
  void reboot() { table_.clear(); }
  /// The provider gives the device another address; mappings to the old one are gone.
  void set_external(const IpAddress& external);

  const IpAddress& external() const { return external_; }
  Link& outside_link() { return outside_.link(); }
  std::size_t mapping_count() const { return table_.size(traffic_.now()); }

 private:
  void arrive(Attachment& at, PacketId packet) override;
  Attachment* pass_stream(Attachment& at, TransportAddress& source,
                          const TransportAddress& destination) override;
  void send_out(PacketId id);
  void send_in(PacketId id);
  void turn_round(PacketId id);

  Traffic& traffic_;
  Attachment inside_;
  Attachment outside_;
  IpAddress external_;
  Hairpin hairpin_;
  MappingTable table_;
};

}  // namespace floe::sim
