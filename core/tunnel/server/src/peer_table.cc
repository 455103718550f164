#include "peer_table.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace floe::tunnel {
namespace {

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * 0x9e3779b97f4a7c15u;
  return hash ^ (hash >> 29);
}

std::uint64_t load(Bytes bytes) {
  std::uint64_t value = 0;
  std::memcpy(&value, bytes.data(), std::min(bytes.size(), sizeof value));
  return value;
}

}  // namespace

PeerTable::OpenResult PeerTable::open(PeerId peer, const TransportAddress& remote) {
  if (peer == PeerId{} || peer.value() > capacity_) return OpenResult::id_out_of_range;
  if (address_of(peer) != nullptr) return OpenResult::id_in_use;
  if (slots_.empty()) slots_.resize(std::bit_ceil(std::size_t{2} * capacity_));
  const std::size_t slot = find(remote);
  if (slots_[slot] != 0) return OpenResult::address_in_use;
  if (by_id_.size() < peer.value()) by_id_.resize(peer.value());
  by_id_[peer.value() - std::size_t{1}] = remote;
  slots_[slot] = peer.value();
  ++size_;
  return OpenResult::opened;
}

bool PeerTable::close(PeerId peer) {
  const TransportAddress* remote = address_of(peer);
  if (remote == nullptr) return false;
  erase_slot(find(*remote));
  by_id_[peer.value() - std::size_t{1}].reset();
  --size_;
  return true;
}

const TransportAddress* PeerTable::address_of(PeerId peer) const {
  if (peer == PeerId{} || peer.value() > by_id_.size()) return nullptr;
  const auto& remote = by_id_[peer.value() - std::size_t{1}];
  return remote ? &*remote : nullptr;
}

std::optional<PeerId> PeerTable::id_of(const TransportAddress& remote) const {
  if (size_ == 0) return std::nullopt;
  const Slot peer = slots_[find(remote)];
  if (peer == 0) return std::nullopt;
  return PeerId{peer};
}

std::size_t PeerTable::home_of(const TransportAddress& remote) const {
  const Bytes ip = remote.ip.bytes();
  std::uint64_t hash = mix(hash_key_, remote.port | std::uint64_t{remote.ip.zone()} << 16);
  hash = mix(hash, load(ip));
  if (ip.size() > 8) hash = mix(hash, load(ip.subspan(8)));
  return static_cast<std::size_t>(hash >> 32) & (slots_.size() - 1);
}

std::size_t PeerTable::find(const TransportAddress& remote) const {
  std::size_t slot = home_of(remote);
  while (slots_[slot] != 0 && *address_of(PeerId{slots_[slot]}) != remote) slot = next(slot);
  return slot;
}

void PeerTable::erase_slot(std::size_t slot) {
  slots_[slot] = 0;
  // An entry that follows without a gap may have been pushed out of its home by the erased one.
  for (std::size_t i = next(slot); slots_[i] != 0; i = next(i)) {
    const Slot peer = slots_[i];
    slots_[i] = 0;
    slots_[find(*address_of(PeerId{peer}))] = peer;
  }
}

}  // namespace floe::tunnel
