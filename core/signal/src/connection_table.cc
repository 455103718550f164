#include "connection_table.h"

namespace floe::signal {

bool ConnectionTable::add(ConnectionId id, std::string_view room, const IpAddress& network,
                          std::uint32_t messages_per_second, Timestamp join_deadline) {
  Connection connection{std::string(room), network, TokenBucket(messages_per_second), 0,
                        join_deadline};
  const bool is_new = connections_.try_emplace(id, std::move(connection)).second;
  if (is_new) deadlines_.insert({join_deadline, id});
  return is_new;
}

ConnectionTable::Connection* ConnectionTable::find(ConnectionId id) {
  const auto found = connections_.find(id);
  return found == connections_.end() ? nullptr : &found->second;
}

void ConnectionTable::set_joined(ConnectionId id) {
  Connection& connection = connections_.find(id)->second;
  deadlines_.erase({connection.join_deadline, id});
  connection.join_deadline = kNever;
}

std::optional<std::string> ConnectionTable::remove(ConnectionId id) {
  const auto found = connections_.find(id);
  if (found == connections_.end()) return std::nullopt;
  std::string room = std::move(found->second.room);
  deadlines_.erase({found->second.join_deadline, id});
  connections_.erase(found);
  return room;
}

std::optional<ConnectionId> ConnectionTable::find_late(Timestamp now) const {
  if (deadlines_.empty() || deadlines_.begin()->first > now) return std::nullopt;
  return deadlines_.begin()->second;
}

Timestamp ConnectionTable::deadline() const {
  return deadlines_.empty() ? kNever : deadlines_.begin()->first;
}

}  // namespace floe::signal
