// Sees what a simulated host does with the network, for checkers and statistics.
#pragma once

#include "floe/api/datagram_socket.h"

namespace floe::sim {

class HostObserver {
 public:
  /// A socket of the host sends; this may happen between on_arriving() and on_arrived().
  virtual void on_sending(const TransportAddress& from, const TransportAddress& to,
                          Bytes payload) = 0;
  /// Before and after the socket's listener is given the datagram.
  virtual void on_arriving(const Datagram& datagram) = 0;
  virtual void on_arrived(const Datagram& datagram) = 0;
  /// A timer of the host has rung and its listener has returned.
  virtual void on_timer_rung() = 0;

 protected:
  ~HostObserver() = default;
};

}  // namespace floe::sim
