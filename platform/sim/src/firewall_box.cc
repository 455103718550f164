#include "floe/sim/firewall_box.h"

namespace floe::sim {

FirewallBox::FirewallBox(Traffic& traffic, const std::string& name, Network& inside,
                         Network& outside, const Firewall& firewall, std::optional<Family> only)
    : traffic_(traffic),
      inside_(*this, inside, {.delay = 0ms}, traffic.number_attachment(name + ":inside")),
      outside_(*this, outside, {}, traffic.number_attachment(name + ":outside")),
      firewall_(firewall) {
  for (const Prefix& prefix : inside.prefixes()) {
    if (only && prefix.family() != *only) continue;
    inside.add_route(Prefix::all(prefix.family()), inside_);
    outside.add_route(prefix, outside_);
  }
}

void FirewallBox::arrive(Attachment& at, PacketId id) {
  const Packet& packet = traffic_[id];
  if (firewall_.blocks_udp) return traffic_.lose(id, Fate::blocked);
  if (&at == &inside_) {
    if (!note_outbound(packet)) return traffic_.lose(id, Fate::table_full);
    return traffic_.forward(outside_, id);
  }
  if (!admits(packet)) return traffic_.lose(id, Fate::filtered);
  traffic_.forward(inside_, id);
}

/// Streams that are opened from inside pass, if their port may.
Attachment* FirewallBox::pass_stream(Attachment& at, TransportAddress&,
                                     const TransportAddress& destination) {
  const std::uint16_t only = firewall_.only_tcp_port;
  return &at == &inside_ && (only == 0 || only == destination.port) ? &outside_ : nullptr;
}

/// False: no room for another flow.
bool FirewallBox::note_outbound(const Packet& packet) {
  const Timestamp now = traffic_.now();
  const EndpointKey key = EndpointKey::of(packet.source);
  Flow* flow = flows_.find(key);
  if (flow == nullptr) {
    if (flows_.size() >= firewall_.flows_max) remove_expired();
    if (flows_.size() >= firewall_.flows_max) return false;
    flow = &flows_.insert(key, {now, ContactFilter(firewall_.filtering, firewall_.lifetime)});
  }
  flow->refreshed_at = now;
  flow->filter.refresh(now, packet.destination);
  return true;
}

bool FirewallBox::admits(const Packet& packet) {
  const Timestamp now = traffic_.now();
  Flow* flow = flows_.find(EndpointKey::of(packet.destination));
  if (flow == nullptr || !flow->filter.admits(now, packet.source)) return false;
  if (firewall_.inbound_refreshes) {
    flow->refreshed_at = now;
    flow->filter.refresh(now, packet.source);
  }
  return true;
}

void FirewallBox::remove_expired() {
  const Timestamp now = traffic_.now();
  flows_.erase_if(
      [&](const auto& entry) { return now - entry.second.refreshed_at >= firewall_.lifetime; });
}

}  // namespace floe::sim
