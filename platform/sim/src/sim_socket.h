// A UDP socket of a simulated host.
#pragma once

#include "floe/sim/host_sockets.h"

namespace floe::sim {

class SimSocket final : public DatagramSocket, private HostAlarm {
 public:
  /// `local` has port 0 when no port is free; the listener hears of that in the next event.
  /// `host`, `sockets` and `listener` must outlive the socket.
  SimSocket(HostState& host, HostSockets& sockets, DatagramListener& listener,
            const TransportAddress& local, BindError problem);
  ~SimSocket() override;

  SendStatus send(const TransportAddress& to, Bytes payload) override;

  bool is_bound() const { return state_ == State::bound; }
  const TransportAddress& local() const { return local_; }
  void deliver(const Datagram& datagram) { listener_.on_datagram(*this, datagram); }
  /// The host lost its address.
  void fail();

 private:
  enum class State : std::uint8_t { opening, bound, dead };

  void on_due() override;

  HostSockets& sockets_;
  DatagramListener& listener_;
  TransportAddress local_;
  BindError problem_;
  State state_ = State::opening;
};

}  // namespace floe::sim
