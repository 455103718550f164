#include "room_directory.h"

#include <algorithm>

namespace floe::signal {

RoomDirectory::RoomDirectory(const RoomLimits& limits, RoomActions& actions, RoomCounters& counters,
                             RandomSource& random)
    : rooms_max_(limits.rooms),
      budget_(limits.held_bytes, limits.held_bytes_per_network),
      shared_{actions,
              counters,
              budget_,
              random,
              std::min(limits.peers_per_room, kPeersListedMax + 1),
              limits.held_bytes_per_room} {}

std::optional<Room::Joining> RoomDirectory::join(Timestamp now, const std::string& name,
                                                 const Room::Entrant& entrant, const Join& join) {
  auto place = rooms_.find(name);
  if (place == rooms_.end()) {
    if (rooms_.size() >= rooms_max_) return std::nullopt;
    place = rooms_.try_emplace(name, Entry{Room(shared_)}).first;
  }
  Room& room = place->second.room;
  room.handle_timeout(now);  // expired messages must not be delivered
  const Room::Joining joining = room.join(entrant, join);
  handle_change(place);
  return joining;
}

void RoomDirectory::relay(Timestamp now, const std::string& name, ConnectionId from,
                          const RelayedMessage& message) {
  const auto place = rooms_.find(name);
  if (place == rooms_.end()) return;
  place->second.room.relay(now, from, message);
  handle_change(place);
}

void RoomDirectory::leave(Timestamp now, const std::string& name, ConnectionId connection,
                          LeaveReason reason) {
  const auto place = rooms_.find(name);
  if (place == rooms_.end()) return;
  place->second.room.leave(now, connection, reason);
  handle_change(place);
}

void RoomDirectory::handle_timeout(Timestamp now) {
  while (!deadlines_.empty() && deadline() <= now) {
    const auto place = rooms_.find(deadlines_.begin()->second);
    place->second.room.handle_timeout(now);
    handle_change(place);
  }
}

Timestamp RoomDirectory::deadline() const {
  return deadlines_.empty() ? kNever : deadlines_.begin()->first;
}

/// Notes the room's new deadline. An empty room is erased.
void RoomDirectory::handle_change(Rooms::iterator place) {
  auto& [name, entry] = *place;
  const Timestamp deadline = entry.room.empty() ? kNever : entry.room.deadline();
  if (deadline != entry.noted_deadline) {
    deadlines_.erase({entry.noted_deadline, name});
    entry.noted_deadline = deadline;
    if (deadline != kNever) deadlines_.insert({deadline, name});
  }
  if (entry.room.empty()) rooms_.erase(place);
}

}  // namespace floe::signal
