// One room of the signalling server: the peers in it, and the messages that wait for them.
//
// Driven by Rooms, which has read the messages and checked who sends them. A room passes messages
// on without understanding them (RelayedMessage).
//
//   present --connection closed properly--> gone                others hear peer-left "closed"
//   present --connection broke------------> away for 30 s       its messages are held
//   away ----the same name of the same owner, or the resume secret, joins-> present
//                                                       the others are told nothing
//   away ----30 s passed------------------> gone                others hear peer-left "timeout"
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "candidate_quota.h"
#include "floe/api/random.h"
#include "floe/signal/room_action.h"
#include "floe/signal/room_counters.h"
#include "floe/signal/room_message.h"
#include "floe/types/address.h"
#include "message_hold.h"
#include "relayed_message.h"

namespace floe::signal {

class Room {
 public:
  /// The objects that all rooms share; they outlive each room.
  struct Shared {
    RoomActions& actions;
    RoomCounters& counters;
    HoldBudget& budget;
    RandomSource& random;
    std::size_t peers_max;
    std::size_t held_bytes_max;  ///< of one room
  };

  explicit Room(const Shared& shared) : shared_(shared), held_for_first_(shared.budget) {}

  /// Who joins, as the server knows it.
  struct Entrant {
    ConnectionId connection;
    std::string owner;  ///< whose place it will be
    IpAddress network;
  };
  struct Joining {
    bool accepted = false;                  ///< false: the room is full
    std::optional<ConnectionId> displaced;  ///< the connection that still had this place
  };
  Joining join(const Entrant& entrant, const Join& join);
  /// The message must have a `type` that peers may send.
  void relay(Timestamp now, ConnectionId from, const RelayedMessage& message);
  void leave(Timestamp now, ConnectionId connection, LeaveReason reason);

  void handle_timeout(Timestamp now);
  Timestamp deadline() const;
  bool empty() const { return members_.empty(); }

 private:
  struct Member {
    Peer peer;
    std::string owner;
    std::string resume;
    IpAddress network;
    std::optional<ConnectionId> connection;  // nothing while the peer is away
    Timestamp gone_at = kNever;              // when an away peer is removed
    std::uint64_t seq = 0;
    CandidateQuota quota;
    MessageHold held;
  };
  struct Destination {
    Member* member = nullptr;  // nullptr: the room has no other peer yet
    std::optional<RoomErrorCode> error;
    std::string_view text;
  };

  Member* find(ConnectionId connection);
  Member* find_place(const Entrant& entrant, const Join& join);
  bool may_hold(std::size_t size) const;
  Member* find_other(const Member& except, std::string_view id);
  void welcome(Member& member);
  Destination find_destination(const Member& sender, const RelayedMessage& message);
  void deliver(Timestamp now, Member& sender, Member* receiver, const RelayedMessage& message);
  void remove(std::size_t index, LeaveReason reason);

  void send(ConnectionId connection, std::string text);
  void send_held(ConnectionId connection, MessageHold& held);
  void send_to_others(const Member& except, const RoomMessage& message);
  void refuse(const Member& member, RoomErrorCode code, std::string_view text);

  Shared shared_;
  std::vector<Member> members_;  // in the order in which they came
  std::uint64_t last_id_ = 0;
  MessageHold held_for_first_;
};

}  // namespace floe::signal
