#include "channels.h"

#include <algorithm>
#include <utility>

#include "permissions.h"

namespace floe::turn {

const Channels::Entry* Channels::find(const TransportAddress& peer) const {
  const auto place = std::ranges::find(entries_, peer, &Entry::peer);
  return place == entries_.end() ? nullptr : &*place;
}

Channels::Entry* Channels::find(const TransportAddress& peer) {
  return const_cast<Entry*>(std::as_const(*this).find(peer));
}

void Channels::set_wanted(Timestamp now, std::span<const TransportAddress> peers) {
  for (Entry& entry : entries_) {
    entry.is_wanted = std::ranges::find(peers, entry.peer) != peers.end();
  }
  for (const TransportAddress& peer : peers) want(now, peer);
}

/// If there is no room for another channel, data to the peer goes in Send indications.
void Channels::want(Timestamp now, const TransportAddress& peer) {
  if (find(peer) != nullptr) return;
  if (entries_.size() < kChannelsMax) {
    const auto number = static_cast<std::uint16_t>(kChannelMin + entries_.size());
    entries_.push_back({peer, number});
    return;
  }
  const auto free = std::ranges::find_if(entries_, [&](const Entry& entry) {
    // A request may have bound the number although its answer was lost.
    const Timestamp last = std::max(entry.expires_at, entry.asked_at + kChannelLifetime);
    return !entry.is_wanted && now >= last + kChannelCoolDown;
  });
  if (free != entries_.end()) *free = Entry{peer, free->number};
}

std::optional<ChannelRequest> Channels::next_due(Timestamp now) {
  for (Entry& entry : entries_) {
    if (!entry.is_wanted || now < entry.due_at) continue;
    entry.due_at = kNever;
    entry.asked_at = now;
    return ChannelRequest{entry.peer, entry.number};
  }
  return std::nullopt;
}

Timestamp Channels::deadline() const {
  Timestamp earliest = kNever;
  for (const Entry& entry : entries_) {
    if (entry.is_wanted) earliest = std::min(earliest, entry.due_at);
  }
  return earliest;
}

void Channels::bound(Timestamp now, const TransportAddress& peer) {
  Entry* entry = find(peer);
  if (entry == nullptr) return;
  entry->failures = 0;
  entry->expires_at = now + kChannelLifetime;
  entry->due_at = now + kChannelRefresh;
}

void Channels::failed(Timestamp now, const TransportAddress& peer) {
  Entry* entry = find(peer);
  if (entry == nullptr) return;
  if (++entry->failures < kChannelTriesMax) entry->due_at = now + kRetryAfter;
}

std::optional<std::uint16_t> Channels::number_of(Timestamp now,
                                                 const TransportAddress& peer) const {
  const Entry* entry = find(peer);
  if (entry == nullptr || now >= entry->expires_at) return std::nullopt;
  return entry->number;
}

std::optional<TransportAddress> Channels::peer_of(Timestamp now, std::uint16_t number) const {
  const auto place = std::ranges::find(entries_, number, &Entry::number);
  if (place == entries_.end() || place->asked_at == Timestamp::min()) return std::nullopt;
  const Timestamp last = std::max(place->expires_at, place->asked_at + kChannelLifetime);
  if (now >= last) return std::nullopt;
  return place->peer;
}

}  // namespace floe::turn
