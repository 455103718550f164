#include "floe/sim/nat64_box.h"

namespace floe::sim {

Nat64Box::Nat64Box(Traffic& traffic, const std::string& name, Network& inside, Network& outside,
                   const IpAddress& external, const Nat& nat, const Nat64Prefix& prefix)
    : traffic_(traffic),
      inside_(*this, inside, {.delay = 0ms}, traffic.number_attachment(name + ":inside")),
      outside_(*this, outside, {}, traffic.number_attachment(name + ":outside")),
      external_(external),
      hairpin_(nat.hairpin),
      prefix_(prefix),
      table_(nat, traffic.random()) {
  inside.add_route(prefix_.prefix(), inside_);
  outside.add_address(external_, outside_);
}

void Nat64Box::arrive(Attachment& at, PacketId packet) {
  if (&at == &inside_) return send_out(packet);
  send_in(packet);
}

void Nat64Box::send_out(PacketId id) {
  Packet& packet = traffic_[id];
  const TransportAddress inside = packet.source;
  packet.destination.ip = prefix_.extract(packet.destination.ip);
  const auto port = table_.outbound(traffic_.now(), inside, packet.destination);
  if (!port) return traffic_.lose(id, Fate::table_full);
  packet.source = {external_, *port};
  if (packet.destination.ip != external_) return traffic_.forward(outside_, id);
  // RFC 6146, section 3.8: hairpinning; the other end sees an address of the prefix, as ever.
  if (hairpin_ == Hairpin::none) return traffic_.lose(id, Fate::no_hairpin);
  send_in(id);
}

void Nat64Box::send_in(PacketId id) {
  Packet& packet = traffic_[id];
  const auto inside = table_.inbound(traffic_.now(), packet.destination.port, packet.source);
  if (!inside) return traffic_.lose(id, inside.error());
  packet.destination = *inside;
  packet.source.ip = prefix_.embed(packet.source.ip);
  traffic_.forward(inside_, id);
}

}  // namespace floe::sim
