#include "floe/tunnel/client/client_sockets.h"

#include <algorithm>

namespace floe::tunnel {

ClientSocket* ClientSockets::take_waiting() {
  if (waiting_.empty()) return nullptr;
  ClientSocket* socket = waiting_.front();
  waiting_.erase(waiting_.begin());
  return socket;
}

std::optional<SocketId> ClientSockets::assign(ClientSocket& socket, std::uint16_t max_sockets) {
  const auto free = std::ranges::find(slots_, false, &Slot::in_use);
  const auto index = static_cast<std::size_t>(free - slots_.begin());
  if (index >= max_sockets) return std::nullopt;
  if (index == slots_.size()) slots_.push_back({});
  slots_[index] = {true, &socket};
  socket.id_ = id_at(index);
  return socket.id_;
}

ClientSocket* ClientSockets::find(SocketId id) const {
  if (id == SocketId{} || id.value() > slots_.size()) return nullptr;
  return slots_[id.value() - std::size_t{1}].socket;
}

ClientSocket* ClientSockets::release(SocketId id) {
  if (id == SocketId{} || id.value() > slots_.size()) return nullptr;
  Slot& slot = slots_[id.value() - std::size_t{1}];
  ClientSocket* socket = slot.socket;
  slot = {};
  return socket;
}

std::optional<SocketId> ClientSockets::forget(ClientSocket& socket) {
  if (socket.id_ == SocketId{}) {
    waiting_.remove(&socket);
    return std::nullopt;
  }
  slots_[socket.id_.value() - std::size_t{1}].socket = nullptr;
  return socket.id_;
}

ClientSocket* ClientSockets::take_any() {
  for (Slot& slot : slots_) {
    if (slot.socket == nullptr) continue;
    ClientSocket* socket = slot.socket;
    slot = {};
    return socket;
  }
  return take_waiting();
}

std::size_t ClientSockets::size() const {
  const auto bound = std::ranges::count_if(slots_, [](const Slot& slot) { return slot.socket; });
  return static_cast<std::size_t>(bound) + waiting_.size();
}

}  // namespace floe::tunnel
