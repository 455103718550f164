// Whether a client and a peer may exchange data: the one question that a server session asks before
// each datagram passes, in either direction, and before it opens a TCP connection.
//
// A gateway implements it; the session never decides. It sees the payload, because a policy that
// demands consent must tell a connectivity check from other datagrams.
#pragma once

#include <cstdint>

#include "floe/tunnel/records/ids.h"
#include "floe/tunnel/records/peer_permission.h"
#include "floe/tunnel/records/tcp_records.h"
#include "floe/types/address.h"
#include "floe/types/bytes.h"
#include "floe/types/time.h"

namespace floe::tunnel {

enum class Direction : std::uint8_t {
  outbound,  ///< from the client to a peer
  inbound,   ///< from a peer to the client
};

enum class Protocol : std::uint8_t { udp, tcp };

struct Flow {
  Direction direction = Direction::outbound;
  Protocol protocol = Protocol::udp;
  SocketId socket;
  /// As the client wrote it or the network delivered it: the policy must make it canonical.
  TransportAddress remote;
  /// Valid for the duration of the call. Empty for TCP, where the policy is asked once.
  Bytes payload;
  TcpKind tcp_kind = TcpKind::ice;  ///< of TCP only
  std::string_view server_name =
      {};  ///< of TcpKind::turns only; valid for the duration of the call
};

/// The policy's answer about a Flow.
struct FlowVerdict {
  bool allowed = false;
  DenyReason reason = DenyReason::none;  ///< when not allowed
};

class Policy {
 public:
  virtual ~Policy() = default;
  /// Called once for every datagram, and before each TCP connection is opened: must not block, and
  /// should take constant time.
  virtual FlowVerdict allow(Timestamp now, const Flow& flow) = 0;
  /// The permission that a client is told when it gives a peer a short id. Report changes to
  /// SessionSockets::handle_permission().
  virtual PeerPermission permission(Timestamp now, SocketId socket,
                                    const TransportAddress& remote) = 0;
};

}  // namespace floe::tunnel
