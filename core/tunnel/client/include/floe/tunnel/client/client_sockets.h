// The sockets of one client: those that wait to be bound, and those that have an id.
//
// Holds no socket alive; a socket that is destroyed takes itself out. An id is free again when the
// server has said so.
#pragma once

#include <optional>

#include "floe/tunnel/client/client_socket.h"
#include "floe/types/list.h"

namespace floe::tunnel {

class ClientSockets {
 public:
  void add_waiting(ClientSocket& socket) { waiting_.push_back(&socket); }
  std::size_t waiting() const { return waiting_.size(); }
  /// Takes the first that waits; null when none does.
  ClientSocket* take_waiting();

  /// Gives the socket the lowest free id; empty when all of `max_sockets` are in use.
  std::optional<SocketId> assign(ClientSocket& socket, std::uint16_t max_sockets);
  /// Whether that id was ever given out.
  bool is_known(SocketId id) const { return id.value() <= slots_.size(); }
  /// Null when no such socket lives.
  ClientSocket* find(SocketId id) const;
  /// The server closed it: the id is free. The socket, if it still lives.
  ClientSocket* release(SocketId id);

  /// The application closed it. Its id, if the server has to be told.
  std::optional<SocketId> forget(ClientSocket& socket);

  /// Takes any socket that lives; null when none does.
  ClientSocket* take_any();
  /// Those that live, with an id or waiting.
  std::size_t size() const;

 private:
  struct Slot {
    bool in_use = false;             // the server has it, or was asked to
    ClientSocket* socket = nullptr;  // null when it was destroyed before the server closed it
  };

  static SocketId id_at(std::size_t index) {
    return SocketId{static_cast<std::uint16_t>(index + 1)};
  }

  List<ClientSocket*> waiting_;
  List<Slot> slots_;  // by id
};

}  // namespace floe::tunnel
