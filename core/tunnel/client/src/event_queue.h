// The events of a session in order, until the driver has polled them.
//
// A datagram that arrives has a place of its own, where its event is made without a copy. That
// keeps the order, because a record is read when all events of the record before are polled.
#pragma once

#include <variant>

#include "client_output.h"
#include "floe/types/list.h"

namespace floe::tunnel {

class EventQueue {
 public:
  void push(const ClientOutput& event) { events_.push_back(event); }
  void push_datagram(SocketHandle socket, const TransportAddress& local,
                     const TransportAddress& remote, Bytes payload) {
    auto& event = *std::get_if<DatagramArrived>(&datagram_);
    event.socket = socket;
    event.datagram.local = local;
    event.datagram.remote = remote;
    event.datagram.payload = payload;
    has_datagram_ = true;
  }

  /// The oldest event; null when there is none. It is valid until the next push() or poll(), that
  /// of a datagram until the next datagram.
  const ClientOutput* poll() {
    if (has_datagram_) {
      has_datagram_ = false;
      return &datagram_;
    }
    if (next_ < events_.size()) return &events_[next_++];
    events_.clear();  // keeps its memory
    next_ = 0;
    return nullptr;
  }

 private:
  List<ClientOutput> events_;
  std::size_t next_ = 0;
  ClientOutput datagram_ = DatagramArrived{};
  bool has_datagram_ = false;
};

}  // namespace floe::tunnel
