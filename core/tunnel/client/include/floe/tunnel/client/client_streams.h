// The streams of one client: those that wait to be asked for, and those that have an id.
//
// Holds no stream alive; one that is destroyed takes itself out. An id is free again when the
// server has said so.
#pragma once

#include <array>
#include <optional>

#include "floe/tunnel/client/client_stream.h"
#include "floe/types/list.h"

namespace floe::tunnel {

class ClientStreams {
 public:
  void add_waiting(ClientStream& stream) { waiting_.push_back(&stream); }
  std::size_t waiting() const { return waiting_.size(); }
  /// Takes the first that waits; null when none does.
  ClientStream* take_waiting();

  /// Gives the stream the lowest free id; empty when all are in use.
  std::optional<TcpId> assign(ClientStream& stream);
  /// Null when no such stream lives.
  ClientStream* find(TcpId id) const;
  /// Whether the server knows a connection of that id, alive here or not.
  bool is_in_use(TcpId id) const;
  /// The server closed it: the id is free. The stream, if it still lives.
  ClientStream* release(TcpId id);

  /// The application closed it. Its id, if the server has to be told.
  std::optional<TcpId> forget(ClientStream& stream);

  /// One that was to be open by now; null when there is none. It stays where it is.
  ClientStream* find_late(Timestamp now) const;
  /// Takes any stream that lives; null when none does.
  ClientStream* take_any();
  /// Those that live, with an id or waiting.
  std::size_t size() const;
  Timestamp deadline() const;

  /// By index from 0; null where none lives.
  ClientStream* at(std::size_t index) const { return slots_[index].stream; }
  static constexpr std::size_t slots() { return kMaxConnections; }

 private:
  struct Slot {
    bool in_use = false;             // the server has it, or was asked to
    ClientStream* stream = nullptr;  // null when it was destroyed before the server closed it
  };

  static constexpr bool is_valid(TcpId id) { return id.value() - 1u < kMaxConnections; }
  template <class Function>
  void for_each(Function function) const;

  List<ClientStream*> waiting_;
  std::array<Slot, kMaxConnections> slots_{};  // by id, from 1
};

}  // namespace floe::tunnel
