#include "permissions.h"

#include <algorithm>
#include <utility>

namespace floe::turn {

const Permissions::Entry* Permissions::find(const IpAddress& peer) const {
  const auto place = std::ranges::find(entries_, peer, &Entry::peer);
  return place == entries_.end() ? nullptr : &*place;
}

Permissions::Entry* Permissions::find(const IpAddress& peer) {
  return const_cast<Entry*>(std::as_const(*this).find(peer));
}

std::size_t Permissions::set_wanted(std::span<const IpAddress> peers) {
  for (Entry& entry : entries_) {
    entry.is_wanted = std::ranges::find(peers, entry.peer) != peers.end();
  }
  return static_cast<std::size_t>(
      std::ranges::count_if(peers, [this](const IpAddress& peer) { return !want(peer); }));
}

/// What is wanted no more makes room, refused or not: first what the server does not hold, then
/// what it will forget first.
bool Permissions::want(const IpAddress& peer) {
  if (find(peer) != nullptr) return true;
  if (entries_.size() == kPermissionsMax) {
    const auto spare = std::ranges::min_element(entries_, {}, [](const Entry& entry) {
      return entry.is_wanted ? kNever : entry.expires_at;
    });
    if (spare->is_wanted) return false;
    entries_.erase(spare);
  }
  entries_.push_back({.peer = peer});
  return true;
}

std::optional<IpAddress> Permissions::next_due(Timestamp now) {
  for (Entry& entry : entries_) {
    if (!entry.is_wanted || entry.is_refused || now < entry.due_at) continue;
    entry.due_at = kNever;
    return entry.peer;
  }
  return std::nullopt;
}

Timestamp Permissions::deadline() const {
  Timestamp earliest = kNever;
  for (const Entry& entry : entries_) {
    if (entry.is_wanted && !entry.is_refused) earliest = std::min(earliest, entry.due_at);
  }
  return earliest;
}

void Permissions::granted(Timestamp now, const IpAddress& peer) {
  Entry* entry = find(peer);
  if (entry == nullptr) return;
  entry->failures = 0;
  entry->is_refused = false;
  entry->expires_at = now + kPermissionLifetime;
  entry->due_at = now + kPermissionRefresh;
}

void Permissions::refused(const IpAddress& peer) {
  Entry* entry = find(peer);
  if (entry == nullptr) return;
  entry->is_refused = true;
  entry->expires_at = Timestamp::min();
}

bool Permissions::failed(Timestamp now, const IpAddress& peer) {
  Entry* entry = find(peer);
  if (entry == nullptr) return false;
  if (++entry->failures >= kPermissionTriesMax) {
    refused(peer);
    return true;
  }
  entry->due_at = now + kRetryAfter;
  return false;
}

void Permissions::postpone(const IpAddress& peer, Timestamp until) {
  Entry* entry = find(peer);
  if (entry != nullptr && entry->due_at < until) entry->due_at = until;
}

bool Permissions::has(Timestamp now, const IpAddress& peer) const {
  const Entry* entry = find(peer);
  return entry != nullptr && now < entry->expires_at;
}

bool Permissions::is_refused(const IpAddress& peer) const {
  const Entry* entry = find(peer);
  return entry != nullptr && entry->is_refused;
}

bool Permissions::is_coming(Timestamp now, const IpAddress& peer) const {
  const Entry* entry = find(peer);
  return entry != nullptr && entry->is_wanted && !entry->is_refused && now >= entry->expires_at;
}

}  // namespace floe::turn
