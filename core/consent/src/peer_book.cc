#include "peer_book.h"

namespace floe::consent {

PeerState* PeerBook::find(const TransportAddress& peer) {
  auto* entry = table_.find(peer);
  return entry == nullptr ? nullptr : &entry->value;
}

const PeerState* PeerBook::find(const TransportAddress& peer) const {
  const auto* entry = table_.find(peer);
  return entry == nullptr ? nullptr : &entry->value;
}

PeerState& PeerBook::get(const TransportAddress& peer) {
  return entry_of(peer).value;
}

PeerBook::Table::Entry& PeerBook::entry_of(const TransportAddress& peer) {
  if (auto* entry = table_.find(peer)) return *entry;
  if (table_.is_full()) make_room();
  return table_.add(peer, without);
}

bool PeerBook::open(Timestamp now, const TransportAddress& peer) {
  Table::Entry& entry = entry_of(peer);
  if (table_.list_of(entry) != opened && table_.size(opened) == kOpenPeersMax) return false;
  // All consents last equally long, so that the list is in the order of their ends.
  entry.value.open_until = now + kConsentLasts;
  table_.move_to(opened, entry);
  return true;
}

void PeerBook::open_relay(Timestamp now, const TransportAddress& server) {
  Table::Entry& entry = entry_of(server);
  if (table_.list_of(entry) == without && table_.size(relays) == kRelaysMax) {
    Table::Entry& oldest = *table_.oldest(relays);
    if (oldest.value.is_relay(now)) return;
    table_.move_to(without, oldest);
  }
  entry.value.relay_until = now + kRelayConsentLasts;
  if (table_.list_of(entry) != opened) table_.move_to(relays, entry);
}

std::optional<TransportAddress> PeerBook::end_of_consent(Timestamp now) {
  Table::Entry* entry = table_.oldest(opened);
  if (entry == nullptr || entry->value.is_open(now)) return std::nullopt;
  const bool is_relay = entry->value.is_relay(now) && table_.size(relays) < kRelaysMax;
  table_.move_to(is_relay ? relays : without, *entry);
  return entry->key;
}

Timestamp PeerBook::deadline() const {
  const Table::Entry* entry = table_.oldest(opened);
  return entry == nullptr ? kNever : entry->value.open_until;
}

void PeerBook::make_room() {
  for (const List list : {without, relays, opened}) {
    if (Table::Entry* entry = table_.oldest(list)) return table_.erase(*entry);
  }
}

}  // namespace floe::consent
