#include "floe/driver/agent_driver.h"

#include <algorithm>

namespace floe {

/// One socket of the host, which becomes one host candidate.
class AgentDriver::LocalSocket final : private DatagramListener {
 public:
  LocalSocket(AgentDriver& driver, ice::Component component, std::uint16_t local_preference)
      : driver_(driver), component_(component), local_preference_(local_preference) {}

  void open(const BindRequest& request) {
    socket_ = driver_.host_.datagram_sockets.open(request, *this);
  }

  const std::optional<SocketAddress>& address() const { return address_; }
  DatagramSocket& socket() { return *socket_; }

 private:
  void on_bound(DatagramSocket&, const SocketAddress& local) override {
    address_ = local;
    driver_.input([&](ice::Agent& agent, Timestamp now) {
      agent.add_local_socket(now, component_, local, local_preference_);
    });
    driver_.on_socket_settled();
  }

  void on_socket_failed(DatagramSocket&, BindError error) override {
    const std::string text = std::string("a socket cannot be used: ") + std::string(to_text(error));
    driver_.host_.log.log(LogLevel::warning, "ice", text);
    if (!address_) return driver_.on_socket_settled();
    driver_.input(
        [&](ice::Agent& agent, Timestamp now) { agent.remove_local_socket(now, *address_); });
    address_.reset();
  }

  void on_datagram(DatagramSocket&, const Datagram& datagram) override {
    if (!address_) return;
    driver_.input([&](ice::Agent& agent, Timestamp now) {
      agent.handle_datagram(now, datagram.local, datagram.remote, datagram.payload);
    });
  }

  AgentDriver& driver_;
  ice::Component component_;
  std::uint16_t local_preference_;
  std::optional<SocketAddress> address_;  // once bound
  std::unique_ptr<DatagramSocket> socket_;
};

AgentDriver::AgentDriver(const Host& host, const ice::AgentConfig& config, AgentListener& listener,
                         ice::SharedPacer* shared_pacer)
    : host_(host),
      components_(config.components),
      listener_(listener),
      agent_(config, host.random, host.crypto, shared_pacer),
      timer_(host.timers.create(*this)) {
  host_.network.add_listener(*this);
}

AgentDriver::~AgentDriver() {
  host_.network.remove_listener(*this);
}

// Gathering -------------------------------------------------------------------------------------

void AgentDriver::gather(const GatherOptions& options) {
  if (options_) return;
  options_ = options;
  input([](ice::Agent& agent, Timestamp now) { agent.start_gathering(now); });
  open_sockets();
}

void AgentDriver::on_network_changed() {
  if (options_) open_sockets();
}

void AgentDriver::open_sockets() {
  const auto addresses = host_.network.addresses();
  if (sockets_opened_ || !addresses) return;
  sockets_opened_ = true;
  sockets_pending_ = 1;  // held until all are asked for
  // The host names its best address first; each gets a local preference of its own.
  std::uint16_t local_preference = 65535;
  for (const InterfaceAddress& address : *addresses) {
    if (options_->family && address.ip.family() != *options_->family) continue;
    for (ice::Component component = 1; component <= components_; ++component) {
      open_socket(component, address.ip, local_preference);
    }
    if (local_preference > 0) --local_preference;
  }
  on_socket_settled();
}

void AgentDriver::open_socket(ice::Component component, const IpAddress& ip,
                              std::uint16_t local_preference) {
  if (sockets_.size() == ice::kLocalCandidatesMax) return;
  ++sockets_pending_;
  sockets_.push_back(std::make_unique<LocalSocket>(*this, component, local_preference));
  sockets_.back()->open({ip, options_->port_min, options_->port_max});
}

void AgentDriver::on_socket_settled() {
  if (--sockets_pending_ > 0) return;
  input([](ice::Agent& agent, Timestamp now) { agent.end_of_local_sockets(now); });
}

// Pumping ---------------------------------------------------------------------------------------

void AgentDriver::on_timer(Timestamp) {
  armed_for_ = kNever;
  input([](ice::Agent& agent, Timestamp now) { agent.handle_deadline(now); });
}

void AgentDriver::pump() {
  if (pumping_) return;  // the loop below takes what this input caused
  pumping_ = true;
  while (const auto output = agent_.poll_output()) {
    if (const auto* datagram = std::get_if<ice::Transmit>(&*output)) {
      transmit(*datagram);
    } else {
      listener_.on_agent_event(*std::get_if<ice::Event>(&*output));
    }
  }
  pumping_ = false;
  const Timestamp deadline = agent_.deadline();
  if (deadline != armed_for_) timer_->arm(armed_for_ = deadline);
}

void AgentDriver::transmit(const ice::Transmit& transmit) {
  LocalSocket* socket = find_socket(transmit.local);
  if (socket != nullptr) socket->socket().send(transmit.remote, transmit.payload);
}

AgentDriver::LocalSocket* AgentDriver::find_socket(const SocketAddress& local) {
  const auto place = std::ranges::find_if(
      sockets_, [&](const auto& socket) { return socket->address() == local; });
  return place == sockets_.end() ? nullptr : place->get();
}

bool AgentDriver::send(ice::Component component, Bytes payload) {
  if (payload.size() > kMaxDatagramSize) return false;
  // Not through the queue of outputs: it may be drained only after the payload is gone, when an
  // event handler sends.
  const auto route = agent_.route_data(host_.clock.now(), component, payload.size());
  if (!route) return false;
  transmit({route->local, route->remote, payload});
  return true;
}

void AgentDriver::close() {
  input([](ice::Agent& agent, Timestamp now) { agent.close(now); });
  sockets_.clear();
}

}  // namespace floe
