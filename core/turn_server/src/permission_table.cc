#include "permission_table.h"

#include <algorithm>

namespace floe::turn {

bool PermissionTable::has(Timestamp now, const IpAddress& peer) const {
  const auto entry = std::ranges::find(entries_, peer, &Permission::peer);
  return entry != entries_.end() && entry->expires > now;
}

PermissionTable::Permission* PermissionTable::find(const IpAddress& peer) {
  const auto entry = std::ranges::find(entries_, peer, &Permission::peer);
  return entry == entries_.end() ? nullptr : &*entry;
}

bool PermissionTable::install(Timestamp now, std::span<const IpAddress> peers) {
  std::erase_if(entries_, [&](const Permission& entry) { return entry.expires <= now; });
  std::size_t added = 0;
  for (const IpAddress& peer : peers) added += find(peer) == nullptr ? 1u : 0u;
  if (entries_.size() + added > kPermissionsMax) return false;
  for (const IpAddress& peer : peers) {
    if (Permission* entry = find(peer)) {
      entry->expires = now + kPermissionLifetime;
    } else {
      entries_.push_back({peer, now + kPermissionLifetime});
    }
  }
  return true;
}

}  // namespace floe::turn
