// The messages between a client and the signalling server (floe.signal.1).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "floe/signal/offers.h"

namespace floe::signal {

/// [A-Za-z0-9._~-]{1,64}: names of rooms, peers and services, and ids.
bool is_valid_name(std::string_view text);

struct Peer {
  std::string id;      ///< given by the server, unique in the room
  std::string name;    ///< chosen by the peer; several may have the same
  Offers offers = {};  ///< empty: none, or it does not say
  bool operator==(const Peer&) const = default;
};

/// The first message from client to server.
struct Join {
  std::string name;
  std::string token;   ///< opaque to the protocol; empty when there is none
  std::string resume;  ///< from an earlier Joined, to take that place again; empty: a new place
  Offers offers = {};  ///< at most kOffersMax

  bool operator==(const Join&) const = default;
};

/// The server's answer to Join.
struct Joined {
  std::string self;
  std::vector<Peer> peers;  ///< were there before; this client is controlling towards each
  std::string resume;       ///< secret of this place; empty if the server has none

  bool operator==(const Joined&) const = default;
};

struct PeerJoined {
  Peer peer;

  bool operator==(const PeerJoined&) const = default;
};

enum class LeaveReason : std::uint8_t {
  closed,   ///< the peer closed its connection properly
  timeout,  ///< the peer's connection broke, and the peer did not come back
};
std::string_view to_text(LeaveReason reason);

struct PeerLeft {
  std::string peer;
  LeaveReason reason = LeaveReason::closed;

  bool operator==(const PeerLeft&) const = default;
};

enum class RoomErrorCode : std::uint8_t {
  bad_message,
  room_full,
  unauthorized,
  rate,
  no_such_peer,
  other,  ///< a code that this version does not know
};
/// "bad-message" and so on.
std::string_view to_text(RoomErrorCode code);

struct RoomError {
  RoomErrorCode code = RoomErrorCode::other;
  std::string message;  ///< what is wrong, why, and what to do

  bool operator==(const RoomError&) const = default;
};

using RoomMessage = std::variant<Join, Joined, PeerJoined, PeerLeft, RoomError>;

/// Whether this type is for client and server only, so that no peer may send it to another peer.
bool is_room_message_type(std::string_view type);

/// The members of a message between peers that the server reads and writes.
struct Envelope {
  std::string to;                    ///< empty: the only other peer in the room
  std::string from;                  ///< empty: not passed on by a server
  std::optional<std::uint64_t> seq;  ///< counts the messages of `from`, from 1

  bool operator==(const Envelope&) const = default;
};

}  // namespace floe::signal
