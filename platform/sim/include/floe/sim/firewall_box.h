// A firewall between a network and its parent, for the families that the network has prefixes of.
//
// The parent network learns a route to the prefixes, since their addresses are as good outside.
#pragma once

#include <optional>
#include <string>

#include "floe/sim/contact_filter.h"
#include "floe/sim/firewall.h"
#include "floe/sim/traffic.h"

namespace floe::sim {

class FirewallBox final : public Node {
 public:
  /// With `only`, the other address family has a box of its own. All references must outlive this
  /// box.
  FirewallBox(Traffic& traffic, const std::string& name, Network& inside, Network& outside,
              const Firewall& firewall, std::optional<Family> only);

  /// The device forgets its flows.
  void reboot() { flows_.clear(); }

  Link& outside_link() { return outside_.link(); }

 private:
  struct Flow {
    Timestamp refreshed_at;
    ContactFilter filter;
  };

  void arrive(Attachment& at, PacketId packet) override;
  Attachment* pass_stream(Attachment& at, TransportAddress& source,
                          const TransportAddress& destination) override;
  bool note_outbound(const Packet& packet);
  bool admits(const Packet& packet);
  void remove_expired();

  Traffic& traffic_;
  Attachment inside_;
  Attachment outside_;
  Firewall firewall_;
  FlatMap<EndpointKey, Flow> flows_;  // by inside endpoint
};

}  // namespace floe::sim
