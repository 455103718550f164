// The protocol ids that a client has assigned to objects of one kind: 1, 2 and so on.
//
// An id is in use from the request until the server's last record about it, even if the application
// has closed the object before. Each id has an owner, the value of a handle.
#pragma once

#include <cstdint>
#include <optional>

#include "floe/types/list.h"

namespace floe::tunnel {

class WireIds {
 public:
  static constexpr std::uint32_t kNoOwner = 0;

  /// Gives `owner` the lowest free id; 0 when all of 1 to `max` are in use.
  std::uint16_t assign(std::uint32_t owner, std::size_t max);
  /// kNoOwner for an id that is free, or whose owner was closed.
  std::uint32_t owner_of(std::uint16_t id) const;
  bool is_in_use(std::uint16_t id) const;
  /// Whether that id was ever assigned; 0 counts as known.
  bool is_known(std::uint16_t id) const { return id <= slots_.size(); }

  /// The owner is closed. The id stays in use.
  void disown(std::uint16_t id);
  /// The server has closed the object: the id is free. Returns the id's owner.
  std::uint32_t release(std::uint16_t id);

 private:
  struct Slot {
    bool in_use = false;
    std::uint32_t owner = kNoOwner;
  };

  const Slot* find(std::uint16_t id) const;

  List<Slot> slots_;  // by id, from 1
};

}  // namespace floe::tunnel
