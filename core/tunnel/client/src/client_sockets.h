// The UDP sockets of a client's session: sockets that wait for their BIND, and sockets that the
// gateway has.
//
// A socket is removed when the application closes it or when it fails; no event about it follows.
// This class sends BIND, PEER_OPEN and so on through the Uplink, and puts events into the
// EventQueue.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "client_socket_state.h"
#include "event_queue.h"
#include "floe/tunnel/client/client_stats.h"
#include "floe/tunnel/records/peer_records.h"
#include "floe/tunnel/records/session_records.h"
#include "floe/tunnel/records/socket_records.h"
#include "gateway_drops.h"
#include "tunnel_clock.h"
#include "uplink.h"
#include "wire_ids.h"

namespace floe::tunnel {

/// What a record of a datagram has besides it: header, socket, stamp, IPv6 address.
inline constexpr std::size_t kSendOverheadMax = 48;

class ClientSockets {
 public:
  /// All four must outlive it.
  ClientSockets(Uplink& uplink, EventQueue& events, ClientStats& stats, const TunnelClock& clock)
      : uplink_(uplink), events_(events), stats_(stats), clock_(clock) {}

  /// The server's limits: sockets can be bound from now on.
  void handle_welcome(const Welcome& welcome);

  /// The socket waits for bind_waiting().
  SocketHandle open(const BindRequest& request);
  void close(SocketHandle socket);
  /// Returns `failed` before SocketBound and when there is no such socket.
  SendStatus send(Timestamp now, SocketHandle socket, const TransportAddress& to, Bytes payload);
  /// Whether a datagram of `size` bytes would go on at once; also before any could be sent.
  bool takes_datagram(std::size_t size) const {
    return sockets_.empty() || uplink_.takes_datagram(size + kSendOverheadMax);
  }
  /// Null when there is no such socket.
  const ClientSocketState* find(SocketHandle socket) const {
    return find_by_handle(sockets_, socket);
  }

  /// Sends BIND for the waiting sockets while ids are free.
  void bind_waiting();
  /// Every socket fails.
  void fail_all(BindError error);

  void handle(Timestamp now, const Received& received);
  void handle(Timestamp now, const ReceivedShort& received);
  void handle(Timestamp now, const Bound& bound);
  void handle(Timestamp now, const SocketClosed& closed);
  void handle(Timestamp now, const Dropped& dropped);
  void handle(Timestamp now, const PeerOpened& opened);
  void handle(Timestamp now, const PermissionChanged& changed);
  /// ERROR came as the answer to PEER_OPEN.
  void handle_peer_refused(SocketId socket, PeerId peer);

  /// The drops of all sockets so far, as the gateway reports them.
  DropCounters gateway_drops() const { return gateway_drops_.totals(); }

 private:
  ClientSocketState* find(SocketId id) const;
  void bind(ClientSocketState& socket);
  void count_received(Timestamp now, const std::optional<Stamp>& stamp, Bytes payload);

  Uplink& uplink_;
  EventQueue& events_;
  ClientStats& stats_;
  const TunnelClock& clock_;
  std::uint16_t max_sockets_ = 0;
  std::uint16_t max_peers_ = 0;
  bool has_stamps_ = false;
  std::vector<std::unique_ptr<ClientSocketState>> sockets_;  // in the order of opening
  std::uint32_t last_handle_ = 0;
  WireIds ids_;
  GatewayDrops gateway_drops_;
};

}  // namespace floe::tunnel
