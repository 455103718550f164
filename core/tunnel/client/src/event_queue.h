// The events of a session in order, until the driver has polled them.
//
// The event of an arriving datagram has a place of its own, where it is made without a copy. The
// order stays right, because a record is read only when all events of the last record were polled.
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

  /// The oldest event; null when there is none. It is valid until the next push() or poll(); a
  /// datagram's event is valid until the next datagram.
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
