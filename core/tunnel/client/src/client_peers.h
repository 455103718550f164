// The peers that one socket of a client sends to, and which of them get a short id.
//
// A peer gets a short id after kUsesBeforeShortId datagrams, so a gatherer that asks a STUN server
// twice costs no control records. The table is bounded; the least recently used peer makes room. A
// peer whose PEER_OPENED is outstanding stays, so that at most one answer per id is under way.
//
// When an id is opened for another peer, the records that arrive before PEER_OPENED still mean the
// old peer, since the server sends in order. That is why an entry has two addresses.
#pragma once

#include <cstdint>
#include <optional>

#include "floe/tunnel/records/ids.h"
#include "floe/tunnel/records/peer_permission.h"
#include "floe/types/address.h"
#include "floe/types/list.h"

namespace floe::tunnel {

inline constexpr std::uint16_t kMaxTrackedPeers = 64;
inline constexpr std::uint32_t kUsesBeforeShortId = 4;

class ClientPeers {
 public:
  /// The steps to send a datagram, in this order.
  struct Route {
    std::optional<PeerId> close;  ///< send PEER_CLOSE: the peer made room
    std::optional<PeerId> open;   ///< send PEER_OPEN with the datagram's address
    std::optional<PeerId> peer;   ///< the short form may be used
    bool denied = false;          ///< the server would drop it
  };

  ClientPeers() = default;
  /// `max_peers` is the number that the server grants; 0 for no short ids.
  explicit ClientPeers(std::uint16_t max_peers);

  /// A datagram is about to be sent to `remote`.
  Route use(const TransportAddress& remote);

  void on_opened(PeerId peer, const PeerPermission& permission);
  /// The server answered PEER_OPEN with an error: the full form stays in use.
  void on_refused(PeerId peer);
  void on_permission(PeerId peer, const PeerPermission& permission);

  /// The peer that an id means in an arriving record; null when the server has not confirmed the
  /// id.
  const TransportAddress* address_of(PeerId peer) const;
  /// Empty when that address has no confirmed short id.
  std::optional<PeerPermission> permission_of(const TransportAddress& remote) const;

 private:
  enum class State : std::uint8_t { counting, opening, open, refused };

  struct Peer {
    TransportAddress remote;
    std::optional<TransportAddress> announced;  // what the server last confirmed for this id
    State state = State::counting;
    std::uint32_t uses = 0;
    std::uint64_t used_at = 0;  // the value of uses_ then
    PeerPermission permission;
  };

  static PeerId id_at(std::size_t index) { return PeerId{static_cast<std::uint16_t>(index + 1)}; }
  Peer* at(PeerId peer);
  std::optional<std::size_t> find(const TransportAddress& remote) const;
  /// The index of a new entry for `remote`; empty when none can make room.
  std::optional<std::size_t> admit(const TransportAddress& remote, Route& route);

  std::uint16_t max_peers_ = 0;
  List<Peer> peers_;  // by id
  std::uint64_t uses_ = 0;
  mutable std::size_t found_last_ = 0;
};

}  // namespace floe::tunnel
