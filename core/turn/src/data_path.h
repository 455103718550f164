// Data to and from the peers of an allocation, through its server: in ChannelData where a channel
// is bound, else in Send and Data indications (RFC 8656, sections 11 and 12).
//
// A datagram to a peer whose permission is being asked for waits for it, so that the first
// connectivity check is not lost.
//
// Deviation: (RFC 8445, section 14.2) checks that waited are sent together. They were paced when
// they began to wait, and the relay that sends them on opens no NAT binding for them.
#pragma once

#include <optional>
#include <vector>

#include "floe/stun/message_view.h"
#include "floe/turn/allocation_counters.h"
#include "floe/turn/allocation_output.h"
#include "floe/turn/transport.h"
#include "outbox.h"
#include "peer_access.h"

namespace floe::turn {

/// The number of datagrams that may wait.
inline constexpr std::size_t kWaitingMax = 16;
/// The longest datagram that may wait, in bytes; checks and handshakes are no longer.
inline constexpr std::size_t kWaitingSizeMax = 1500;
/// Over UDP, a NAT on the way to the server forgets a five-tuple on which nothing is sent.
inline constexpr Duration kIdleKeepalive = std::chrono::seconds(15);

class DataPath {
 public:
  /// All that is passed by reference must outlive it.
  DataPath(Transport transport, RandomSource& random, const PeerAccess& access, Outbox& out,
           AllocationCounters& counters);

  /// Sends `payload`, or keeps a copy until there is a permission. False: dropped, and counted.
  bool send(Timestamp now, const TransportAddress& peer, Bytes payload);
  /// After each change of permissions: sends the datagrams whose peers have one now, in order, and
  /// drops the datagrams to refused peers.
  void send_waiting(Timestamp now);
  void drop_waiting() { waiting_.clear(); }

  /// The data in a ChannelData or a Data indication. Nothing when it is not usable; it is then
  /// counted.
  std::optional<PeerData> read_channel_data(Timestamp now, Bytes message);
  std::optional<PeerData> read_indication(Timestamp now, const stun::MessageView& indication);

  /// When to send a keepalive, if nothing else is sent before; kNever over a stream.
  Timestamp keepalive_at() const;
  void send_keepalive(Timestamp now);

 private:
  struct Waiting {
    TransportAddress peer;
    ByteVector payload;
  };
  void write(Timestamp now, const TransportAddress& peer, Bytes payload);
  void write_channel_data(Timestamp now, std::uint16_t channel, Bytes payload);
  void write_send_indication(Timestamp now, const TransportAddress& peer, Bytes payload);

  Transport transport_;
  RandomSource& random_;
  const PeerAccess& access_;
  Outbox& out_;
  AllocationCounters& counters_;
  std::vector<Waiting> waiting_;
};

}  // namespace floe::turn
