// The events of a session in order, until the driver has polled them.
#pragma once

#include <optional>

#include "client_output.h"
#include "floe/types/list.h"

namespace floe::tunnel {

class EventQueue {
 public:
  void push(const ClientOutput& event) { events_.push_back(event); }

  /// The oldest event; empty when there is none.
  std::optional<ClientOutput> poll() {
    if (next_ == events_.size()) return std::nullopt;
    const ClientOutput event = events_[next_++];
    if (next_ == events_.size()) {
      events_.clear();  // keeps its memory
      next_ = 0;
    }
    return event;
  }

 private:
  List<ClientOutput> events_;
  std::size_t next_ = 0;
};

}  // namespace floe::tunnel
