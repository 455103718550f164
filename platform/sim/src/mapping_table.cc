#include "floe/sim/mapping_table.h"

#include <algorithm>

namespace floe::sim {

MappingTable::MappingTable(const Nat& nat, RandomSource& random)
    : nat_(nat), random_(random), next_port_(random.below(kPortCount)) {}

std::optional<std::uint16_t> MappingTable::outbound(Timestamp now, const TransportAddress& inside,
                                                    const TransportAddress& far_end) {
  const InsideKey key{EndpointKey::of(inside), relevant_part(nat_.mapping, far_end)};
  const std::uint16_t* known = ports_.find(key);
  if (known != nullptr && !is_live(now, *by_port_.find(*known))) {
    remove_expired(now);
    known = nullptr;
  }
  const auto port = known != nullptr ? std::optional(*known) : add(now, key, inside);
  if (!port) return std::nullopt;
  Mapping& mapping = *by_port_.find(*port);
  mapping.refreshed_at = now;
  mapping.filter.refresh(now, far_end);
  return port;
}

Result<TransportAddress, Fate> MappingTable::inbound(Timestamp now, std::uint16_t port,
                                                     const TransportAddress& far_end) {
  Mapping* mapping = by_port_.find(port);
  if (mapping == nullptr || !is_live(now, *mapping)) return Fate::no_mapping;
  if (!mapping->filter.admits(now, far_end)) return Fate::filtered;
  if (nat_.inbound_refreshes) {
    mapping->refreshed_at = now;
    mapping->filter.refresh(now, far_end);
  }
  return mapping->inside;
}

std::optional<std::uint16_t> MappingTable::add(Timestamp now, const InsideKey& key,
                                               const TransportAddress& inside) {
  if (by_port_.size() >= nat_.mappings_max) remove_expired(now);
  if (by_port_.size() >= nat_.mappings_max) return std::nullopt;
  auto port = choose_port(inside.port);
  if (!port) {
    remove_expired(now);
    port = choose_port(inside.port);
  }
  if (!port) return std::nullopt;
  by_port_.insert(*port, Mapping{key, inside, now, ContactFilter(nat_.filtering, nat_.lifetime)});
  ports_.insert(key, *port);
  return port;
}

/// The wanted port or the next one up that is free; nothing when all are taken.
std::optional<std::uint16_t> MappingTable::choose_port(std::uint16_t inside_port) {
  std::uint32_t wanted = 0;
  switch (nat_.ports) {
    case PortChoice::preserved:
      wanted = inside_port < kPortMin ? random_.below(kPortCount) : inside_port - kPortMin;
      break;
    case PortChoice::sequential:
      wanted = next_port_;
      break;
    case PortChoice::random:
      wanted = random_.below(kPortCount);
      break;
  }
  for (std::uint32_t i = 0; i < kPortCount; ++i) {
    const std::uint32_t offset = (wanted + i) % kPortCount;
    const auto port = static_cast<std::uint16_t>(kPortMin + offset);
    if (by_port_.find(port) != nullptr) continue;
    if (nat_.ports == PortChoice::sequential) next_port_ = (offset + 1) % kPortCount;
    return port;
  }
  return std::nullopt;
}

void MappingTable::remove_expired(Timestamp now) {
  ports_.erase_if([&](const auto& entry) { return !is_live(now, *by_port_.find(entry.second)); });
  by_port_.erase_if([&](const auto& entry) { return !is_live(now, entry.second); });
}

void MappingTable::clear() {
  ports_.clear();
  by_port_.clear();
}

std::size_t MappingTable::size(Timestamp now) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      by_port_, [&](const auto& entry) { return is_live(now, entry.second); }));
}

}  // namespace floe::sim
