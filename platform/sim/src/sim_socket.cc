#include "sim_socket.h"

namespace floe::sim {

SimSocket::SimSocket(HostState& host, HostSockets& sockets, DatagramListener& listener,
                     const TransportAddress& local, BindError problem)
    : HostAlarm(host.sleep, host.ground.alarms),
      sockets_(sockets),
      listener_(listener),
      local_(local),
      problem_(problem) {
  sockets_.add(*this);
  set(host.now());
}

SimSocket::~SimSocket() {
  sockets_.remove(*this);
}

void SimSocket::on_due() {
  if (local_.port == 0) {
    state_ = State::dead;
    return listener_.on_socket_failed(*this, problem_);
  }
  state_ = State::bound;
  listener_.on_bound(*this, local_);
}

void SimSocket::fail() {
  sockets_.unbind(local_);
  local_.port = 0;
  problem_ = BindError::address_not_available;
  const bool was_bound = is_bound();
  state_ = State::dead;
  // While the socket is still opening, the pending event tells the listener.
  if (was_bound) listener_.on_socket_failed(*this, problem_);
}

SendStatus SimSocket::send(const TransportAddress& to, Bytes payload) {
  return is_bound() ? sockets_.send(local_, to, payload) : SendStatus::failed;
}

}  // namespace floe::sim
