#include "floe/sim/sim_host.h"

#include <algorithm>

#include "floe/sim/world.h"

namespace floe::sim {

/// The event of an armed timer may outlive it; it then finds `alive` gone.
class SimHost::SimTimer final : public Timer {
 public:
  SimTimer(World& world, TimerListener& listener) : world_(world), listener_(listener) {}

  void arm(Timestamp when) override {
    alive_ = std::make_shared<bool>(true);
    if (when == kNever) return;
    world_.schedule(when, [this, alive = std::weak_ptr<bool>(alive_)] {
      if (!alive.expired()) listener_.on_timer(world_.now());
    });
  }

 private:
  World& world_;
  TimerListener& listener_;
  std::shared_ptr<bool> alive_;
};

class SimHost::SimSocket final : public DatagramSocket {
 public:
  SimSocket(SimHost& host, DatagramListener& listener) : host_(host), listener_(listener) {
    host_.sockets_.push_back(this);
  }
  ~SimSocket() override { std::erase(host_.sockets_, this); }

  /// Tells the listener in the next event how binding went.
  void settle(std::optional<SocketAddress> local) {
    host_.world_.schedule(host_.now(), [this, local, alive = std::weak_ptr<bool>(alive_)] {
      if (alive.expired()) return;
      if (!local) return listener_.on_socket_failed(*this, BindError::address_not_available);
      local_ = local;
      listener_.on_bound(*this, *local);
    });
  }

  SendStatus send(const SocketAddress& to, Bytes payload) override {
    if (!local_) return SendStatus::failed;
    if (payload.size() > kMaxDatagramSize) return SendStatus::too_large;
    ++host_.datagrams_sent_;
    host_.world_.transmit(host_, *local_, to, payload);
    return SendStatus::sent;
  }

  const std::optional<SocketAddress>& local() const { return local_; }
  void deliver(const Datagram& datagram) { listener_.on_datagram(*this, datagram); }

 private:
  SimHost& host_;
  DatagramListener& listener_;
  std::optional<SocketAddress> local_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

SimHost::SimHost(World& world, std::string name, std::vector<IpAddress> addresses, const Link& link,
                 std::uint64_t seed)
    : world_(world),
      name_(std::move(name)),
      addresses_(std::move(addresses)),
      link_(link),
      random_(seed) {}

bool SimHost::has_address(const IpAddress& ip) const {
  return std::ranges::find(addresses_, ip) != addresses_.end();
}

Timestamp SimHost::now() const {
  return world_.now();
}

std::unique_ptr<Timer> SimHost::create(TimerListener& listener) {
  return std::make_unique<SimTimer>(world_, listener);
}

std::unique_ptr<DatagramSocket> SimHost::open(const BindRequest& request,
                                              DatagramListener& listener) {
  auto socket = std::make_unique<SimSocket>(*this, listener);
  const std::uint16_t port = choose_port(request);
  const bool possible = port != 0 && has_address(request.ip);
  socket->settle(possible ? std::optional(SocketAddress{request.ip, port}) : std::nullopt);
  return socket;
}

/// 0: all ports of the range are taken.
std::uint16_t SimHost::choose_port(const BindRequest& request) {
  const std::uint32_t first = request.port_max == 0 ? 49152u : request.port_min;
  const std::uint32_t last = request.port_max == 0 ? 65535u : request.port_max;
  const std::uint32_t count = last - first + 1;
  const std::uint32_t start = random_.below(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto port = static_cast<std::uint16_t>(first + (start + i) % count);
    const bool taken = std::ranges::any_of(sockets_, [&](const SimSocket* socket) {
      return socket->local() == SocketAddress{request.ip, port};
    });
    if (!taken) return port;
  }
  return 0;
}

std::optional<std::vector<InterfaceAddress>> SimHost::addresses() const {
  std::vector<InterfaceAddress> list;
  for (const IpAddress& ip : addresses_) list.push_back({ip, "sim"});
  return list;
}

void SimHost::log(LogLevel level, std::string_view area, std::string_view text) {
  std::string line = name_ + " [" + std::string(to_text(level)) + "] ";
  line += area;
  line += ": ";
  line += text;
  world_.trace().note(world_.now(), line);
}

void SimHost::deliver(const Datagram& datagram) {
  const auto place = std::ranges::find_if(
      sockets_, [&](const SimSocket* socket) { return socket->local() == datagram.local; });
  if (place != sockets_.end()) (*place)->deliver(datagram);
}

}  // namespace floe::sim
