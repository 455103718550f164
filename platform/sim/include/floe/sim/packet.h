// A datagram on its way, and the store for all datagrams of a world.
#pragma once

#include <cstdint>
#include <vector>

#include "floe/types/address.h"
#include "floe/types/bytes.h"
#include "floe/types/strong_id.h"

namespace floe::sim {

class Attachment;

using PacketId = StrongId<struct PacketIdTag, std::uint32_t>;

struct Packet {
  std::uint64_t number = 0;  ///< of the datagrams of the world, from 1; a duplicate has the same
  TransportAddress source;   ///< as the receiver would see it now: boxes rewrite both addresses
  TransportAddress destination;
  std::uint64_t payload_hash = 0;
  Attachment* next = nullptr;        ///< where it arrives next, or arrived last
  std::uint32_t capture_record = 0;  ///< its last one, if the world is captured
  std::uint8_t hops = 0;
  ByteVector payload;
};

/// A slot is used again, and its payload keeps the memory that it had.
class PacketPool {
 public:
  PacketPool() { packets_.reserve(kReserved); }

  PacketId take() {
    if (free_.empty()) {
      packets_.emplace_back();
      return PacketId(static_cast<std::uint32_t>(packets_.size() - 1));
    }
    const PacketId id = free_.back();
    free_.pop_back();
    return id;
  }
  void give_back(PacketId id) { free_.push_back(id); }

  /// A reference is valid until the next take(); the bytes of its payload stay where they are.
  Packet& operator[](PacketId id) { return packets_[id.value()]; }

  std::size_t in_use() const { return packets_.size() - free_.size(); }

 private:
  static constexpr std::size_t kReserved = 16;

  std::vector<Packet> packets_;
  std::vector<PacketId> free_;
};

}  // namespace floe::sim
