// The sockets and timers of a simulated host.
#pragma once

#include "floe/sim/sim_host.h"

namespace floe::sim {

class SimHost::SimTimer final : public Timer, private HostAlarm {
 public:
  SimTimer(SimHost& host, TimerListener& listener);
  ~SimTimer() override { disarm(); }

  void arm(Timestamp when) override;

 private:
  void on_due() override;
  void disarm();

  SimHost& host_;
  TimerListener& listener_;
  bool armed_ = false;
};

class SimHost::SimSocket final : public DatagramSocket, private HostAlarm {
 public:
  /// `local` has port 0 when there is none to bind to; the listener hears of it in the next event.
  SimSocket(SimHost& host, DatagramListener& listener, const TransportAddress& local,
            BindError problem);
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

  SimHost& host_;
  DatagramListener& listener_;
  TransportAddress local_;
  BindError problem_;
  State state_ = State::opening;
};

}  // namespace floe::sim
