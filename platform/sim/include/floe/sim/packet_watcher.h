// Is told of every datagram of a world when a socket sends it, and when its fate is known: for
// programs that draw or count what happens. A Trace keeps only the last ones.
#pragma once

#include <cstdint>
#include <string_view>

#include "floe/sim/fate.h"
#include "floe/types/address.h"
#include "floe/types/bytes.h"

namespace floe::sim {

/// A datagram as its socket sends it: no box has changed its addresses yet. All of it is lent for
/// the duration of the call.
struct SentPacket {
  std::uint64_t number;   ///< of the datagrams of the world, from 1
  std::string_view from;  ///< the host and its interface: "laptop:eth0"
  const TransportAddress& source;
  const TransportAddress& destination;
  Bytes payload;
};

class PacketWatcher {
 public:
  virtual void on_packet_sent(const SentPacket& packet) = 0;
  /// `place` is where the datagram arrived last, or was under way to, such as "router:outside";
  /// empty when it did not find a way out of its network. A datagram that a link duplicates ends
  /// twice. If it is delivered, its socket hears it after this call.
  virtual void on_packet_ended(std::uint64_t number, Fate fate, std::string_view place) = 0;

 protected:
  ~PacketWatcher() = default;
};

}  // namespace floe::sim
