// The connections of one end to its peers in a room of a signalling server: which peers get one,
// what each connection is told, and when it is over.
//
// Sans-I/O: the inputs are the server's events, the states of the connections and the time. After
// each input, take outputs until poll_output() gives nothing, then arm one timer for deadline().
// The machine holds no connection: an output asks for one, by the id of the peer. floe::Room
// carries the outputs out over the drivers of a host.
//
//   a peer --handle_peer_joined(), or its first message--> ConnectionWanted
//   a connection --closed, or not working after its peer left--> ConnectionOver
//
// An end that seeks a service connects to the peers that offer it, and to those that do not say
// what they offer. When it has all its connections, a peer that offers the service takes the place
// of one that does not say so and to which no path works.
//
// A connection between two peers does not depend on the server. So it goes on for as long as it
// works, even if this end or the peer has lost its place in the room.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "floe/ice/output.h"
#include "floe/ice/role.h"
#include "floe/signal/message.h"
#include "floe/signal/room_message.h"
#include "floe/types/time.h"

namespace floe::peer {

/// Make a connection to this peer and start it.
struct ConnectionWanted {
  signal::Peer peer;
  ice::Role role = ice::Role::controlled;
};

/// Hand this message to the connection of `peer`.
struct MessageForConnection {
  std::string peer;  ///< an id
  signal::Message message;
};

/// Let the connection of `peer` repeat its description: the peer may have missed a message.
struct RepeatWanted {
  std::string peer;
};

/// Destroy the connection of `peer`.
struct ConnectionOver {
  std::string peer;
};

/// The peer gets no connection, because the maximum number exists already.
struct PeerNotAnswered {
  std::string peer;
};

using RoomOutput = std::variant<ConnectionWanted, MessageForConnection, RepeatWanted,
                                ConnectionOver, PeerNotAnswered>;

class Room {
 public:
  /// `seeks` is the name of a service; empty: any.
  explicit Room(std::size_t connections_max, std::string seeks = {})
      : connections_max_(connections_max), seeks_(std::move(seeks)) {}

  /// Whether this peer offers what is sought, or does not say what it offers.
  bool may_be_sought(const signal::Peer& peer) const;

  // Events of the server (signal::SignalingClient).

  /// This end is in the room, for the first time or again.
  void handle_joined();
  void handle_peer_joined(const signal::Peer& peer, ice::Role role);
  void handle_peer_left(Timestamp now, std::string_view peer);
  void handle_message(signal::Message message, const signal::Peer& from);

  /// The new state of the connection of `peer`.
  void handle_state(Timestamp now, std::string_view peer, ice::State state);

  void handle_timeout(Timestamp now);
  /// When handle_timeout() is to be called; kNever when no connection seems to be over.
  Timestamp deadline() const { return deadline_; }

  std::optional<RoomOutput> poll_output();

 private:
  struct Member {
    std::string id;
    ice::State state = ice::State::fresh;
    bool has_left = false;
    bool is_sought = false;  // it says that it offers what is sought
  };

  Member* find(std::string_view peer);
  bool connect(const signal::Peer& peer, ice::Role role);
  bool make_room();
  static bool is_over(const Member& member);
  void sweep_if_over(Timestamp now, const Member& member);

  std::size_t connections_max_;
  std::string seeks_;
  std::vector<Member> members_;  // at most connections_max_
  std::deque<RoomOutput> outputs_;
  Timestamp deadline_ = kNever;
};

}  // namespace floe::peer
