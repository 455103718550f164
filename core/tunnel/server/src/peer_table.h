// The peers of one socket that have a short id: from id to address and back, each in constant time.
//
// The server does both for every datagram. Memory comes with the first peer and is bounded by the
// capacity. The hash is keyed, though only the client decides which addresses are in the table: a
// source address that an attacker chooses is looked up, never stored.
#pragma once

#include <cstdint>
#include <optional>

#include "floe/tunnel/records/ids.h"
#include "floe/types/address.h"
#include "floe/types/list.h"

namespace floe::tunnel {

class PeerTable {
 public:
  enum class OpenResult : std::uint8_t { opened, id_out_of_range, id_in_use, address_in_use };

  /// Ids go from 1 to `capacity`.
  PeerTable(std::uint16_t capacity, std::uint64_t hash_key)
      : capacity_(capacity), hash_key_(hash_key) {}

  OpenResult open(PeerId peer, const TransportAddress& remote);
  /// False when it was not open.
  bool close(PeerId peer);

  const TransportAddress* address_of(PeerId peer) const;
  std::optional<PeerId> id_of(const TransportAddress& remote) const;
  std::uint16_t size() const { return size_; }

 private:
  using Slot = std::uint16_t;  // a peer id, or 0 for an empty slot

  std::size_t home_of(const TransportAddress& remote) const;
  /// The slot that holds `remote`, or the empty one where it belongs.
  std::size_t find(const TransportAddress& remote) const;
  void erase_slot(std::size_t slot);
  std::size_t next(std::size_t slot) const { return (slot + 1) & (slots_.size() - 1); }

  std::uint16_t capacity_;
  std::uint16_t size_ = 0;
  std::uint64_t hash_key_;
  List<std::optional<TransportAddress>> by_id_;
  List<Slot> slots_;  // open addressing with linear probing; at most half full
};

}  // namespace floe::tunnel
