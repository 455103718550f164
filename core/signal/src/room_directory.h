// The rooms of a signalling server by their names. A room is made for the first peer that joins,
// and removed with the last peer.
//
// Limits: RoomLimits.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "floe/api/random.h"
#include "floe/signal/room_action.h"
#include "floe/signal/room_counters.h"
#include "floe/signal/room_limits.h"
#include "floe/types/time.h"
#include "hold_budget.h"
#include "relayed_message.h"
#include "room.h"

namespace floe::signal {

class RoomDirectory {
 public:
  /// Objects passed by reference must outlive the directory.
  RoomDirectory(const RoomLimits& limits, RoomActions& actions, RoomCounters& counters,
                RandomSource& random);
  RoomDirectory(const RoomDirectory&) = delete;
  RoomDirectory& operator=(const RoomDirectory&) = delete;

  /// Nothing when all rooms are in use.
  std::optional<Room::Joining> join(Timestamp now, const std::string& name,
                                    const Room::Entrant& entrant, const Join& join);
  // Without effect when there is no such room.
  void relay(Timestamp now, const std::string& name, ConnectionId from,
             const RelayedMessage& message);
  void leave(Timestamp now, const std::string& name, ConnectionId connection, LeaveReason reason);

  void handle_timeout(Timestamp now);
  Timestamp deadline() const;
  std::size_t size() const { return rooms_.size(); }

 private:
  struct Entry {
    Room room;
    Timestamp noted_deadline = kNever;
  };
  using Rooms = std::map<std::string, Entry>;

  void handle_change(Rooms::iterator place);

  std::size_t rooms_max_;
  HoldBudget budget_;
  Room::Shared shared_;
  Rooms rooms_;
  std::set<std::pair<Timestamp, std::string>> deadlines_;
};

}  // namespace floe::signal
