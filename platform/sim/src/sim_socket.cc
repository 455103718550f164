#include "sim_socket.h"

#include <algorithm>

namespace floe::sim {

// Timers ------------------------------------------------------------------------------------------

SimHost::SimTimer::SimTimer(SimHost& host, TimerListener& listener)
    : HostAlarm(host.sleep_, host.ground_.alarms), host_(host), listener_(listener) {}

void SimHost::SimTimer::arm(Timestamp when) {
  disarm();
  if (when == kNever) return;
  armed_ = true;
  ++host_.timers_armed_;
  set(when);
}

void SimHost::SimTimer::disarm() {
  stop();
  if (armed_) --host_.timers_armed_;
  armed_ = false;
}

void SimHost::SimTimer::on_due() {
  disarm();
  SimHost& host = host_;  // the listener may destroy the timer
  listener_.handle_timeout(host.now());
  for (HostObserver* observer : host.observers_) observer->on_timer_rung();
}

std::unique_ptr<Timer> SimHost::create(TimerListener& listener) {
  return std::make_unique<SimTimer>(*this, listener);
}

// Sockets -----------------------------------------------------------------------------------------

SimHost::SimSocket::SimSocket(SimHost& host, DatagramListener& listener,
                              const TransportAddress& local, BindError problem)
    : HostAlarm(host.sleep_, host.ground_.alarms),
      host_(host),
      listener_(listener),
      local_(local),
      problem_(problem) {
  host_.sockets_.push_back(this);
  if (local_.port != 0) host_.by_local_.insert(EndpointKey::of(local_), this);
  set(host_.now());
}

SimHost::SimSocket::~SimSocket() {
  std::erase(host_.sockets_, this);
  if (local_.port != 0) host_.by_local_.erase(EndpointKey::of(local_));
}

void SimHost::SimSocket::on_due() {
  if (local_.port == 0) {
    state_ = State::dead;
    return listener_.on_socket_failed(*this, problem_);
  }
  state_ = State::bound;
  listener_.on_bound(*this, local_);
}

void SimHost::SimSocket::fail() {
  host_.by_local_.erase(EndpointKey::of(local_));
  local_.port = 0;
  problem_ = BindError::address_not_available;
  const bool was_bound = is_bound();
  state_ = State::dead;
  // While it is opening, the event that was to say how it went says so.
  if (was_bound) listener_.on_socket_failed(*this, problem_);
}

SendStatus SimHost::SimSocket::send(const TransportAddress& to, Bytes payload) {
  if (!is_bound() || host_.is_asleep()) return SendStatus::failed;
  if (payload.size() > kMaxDatagramSize) return SendStatus::too_large;
  if (to.ip.family() != local_.ip.family()) return SendStatus::failed;
  TransportAddress source = local_;
  Interface* out = host_.interface_with(source.ip);
  if (source.ip.is_any()) {
    out = host_.interface_towards(to.ip);
    if (out != nullptr) {
      source.ip = *std::ranges::find(out->addresses(), to.ip.family(), &IpAddress::family);
    }
  }
  // What is for the host itself does not leave it, whichever socket it comes from.
  if (Interface* own = host_.interface_with(to.ip)) out = own;
  if (out == nullptr) return SendStatus::failed;
  ++host_.datagrams_sent_;
  for (HostObserver* observer : host_.observers_) observer->on_sending(source, to, payload);
  host_.ground_.traffic.emit(out->attachment_, source, to, payload);
  return SendStatus::sent;
}

std::unique_ptr<DatagramSocket> SimHost::open(const BindRequest& request,
                                              DatagramListener& listener) {
  const bool has_ip = request.ip.is_any() || has_address(request.ip);
  const std::uint16_t port = has_ip ? choose_port(request) : std::uint16_t{0};
  const BindError problem = has_ip ? BindError::address_in_use : BindError::address_not_available;
  return std::make_unique<SimSocket>(*this, listener, TransportAddress{request.ip, port}, problem);
}

/// 0: all ports of the range are taken.
std::uint16_t SimHost::choose_port(const BindRequest& request) {
  const std::uint32_t first = request.port_max == 0 ? 49152u : request.port_min;
  const std::uint32_t last = request.port_max == 0 ? 65535u : request.port_max;
  const std::uint32_t count = last - first + 1;
  const std::uint32_t start = random_.below(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto port = static_cast<std::uint16_t>(first + (start + i) % count);
    if (by_local_.find(EndpointKey::of({request.ip, port})) == nullptr) return port;
  }
  return 0;
}

SimHost::SimSocket* SimHost::find_socket(const TransportAddress& local) {
  SimSocket* const* found = by_local_.find(EndpointKey::of(local));
  if (found == nullptr) {
    found = by_local_.find(EndpointKey::of({IpAddress::any(local.ip.family()), local.port}));
  }
  return found != nullptr && (*found)->is_bound() ? *found : nullptr;
}

void SimHost::fail_homeless_sockets() {
  const auto is_homeless = [&](const SimSocket* socket) {
    const TransportAddress& local = socket->local();
    return local.port != 0 && !local.ip.is_any() && !has_address(local.ip);
  };
  // Whoever hears of it may open and close sockets.
  for (;;) {
    const auto place = std::ranges::find_if(sockets_, is_homeless);
    if (place == sockets_.end()) return;
    (*place)->fail();
  }
}

}  // namespace floe::sim
