#include "floe/sim/nat_box.h"

namespace floe::sim {

NatBox::NatBox(Traffic& traffic, const std::string& name, Network& inside, Network& outside,
               const IpAddress& external, const Nat& nat)
    : traffic_(traffic),
      inside_(*this, inside, {.delay = 0ms}, traffic.number_attachment(name + ":inside")),
      outside_(*this, outside, {}, traffic.number_attachment(name + ":outside")),
      external_(external),
      hairpin_(nat.hairpin),
      table_(nat, traffic.random()) {
  inside.add_route(Prefix::all(Family::ipv4), inside_);
  outside.add_address(external_, outside_);
}

void NatBox::set_external(const IpAddress& external) {
  outside_.network().remove_address(external_);
  external_ = external;
  outside_.network().add_address(external_, outside_);
  table_.clear();
}

void NatBox::arrive(Attachment& at, PacketId packet) {
  if (&at == &outside_) return send_in(packet);
  if (traffic_[packet].destination.ip == external_) return turn_round(packet);
  send_out(packet);
}

/// Streams that are opened from inside pass, and keep their port.
Attachment* NatBox::pass_stream(Attachment& at, TransportAddress& source, const TransportAddress&) {
  if (&at != &inside_) return nullptr;
  source.ip = external_;
  return &outside_;
}

void NatBox::send_out(PacketId id) {
  Packet& packet = traffic_[id];
  const auto port = table_.outbound(traffic_.now(), packet.source, packet.destination);
  if (!port) return traffic_.lose(id, Fate::table_full);
  packet.source = {external_, *port};
  traffic_.forward(outside_, id);
}

void NatBox::send_in(PacketId id) {
  Packet& packet = traffic_[id];
  // A packet that was under way when the address changed.
  if (packet.destination.ip != external_) return traffic_.lose(id, Fate::no_route);
  const auto inside = table_.inbound(traffic_.now(), packet.destination.port, packet.source);
  if (!inside) return traffic_.lose(id, inside.error());
  packet.destination = *inside;
  traffic_.forward(inside_, id);
}

/// RFC 4787, section 6: hairpinning. The filter sees the sender's external address.
void NatBox::turn_round(PacketId id) {
  if (hairpin_ == Hairpin::none) return traffic_.lose(id, Fate::no_hairpin);
  Packet& packet = traffic_[id];
  const auto port = table_.outbound(traffic_.now(), packet.source, packet.destination);
  if (!port) return traffic_.lose(id, Fate::table_full);
  const TransportAddress source{external_, *port};
  const auto inside = table_.inbound(traffic_.now(), packet.destination.port, source);
  if (!inside) return traffic_.lose(id, inside.error());
  if (hairpin_ == Hairpin::external_source) packet.source = source;
  packet.destination = *inside;
  traffic_.forward(inside_, id);
}

}  // namespace floe::sim
