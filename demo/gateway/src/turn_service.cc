#include "turn_service.h"

#include <algorithm>

#include "floe/turn/attributes/data.h"

namespace floe::gateway {
/// The socket that clients reach over UDP.
class TurnService::UdpListener final : private DatagramListener {
 public:
  UdpListener(TurnService& owner, const TransportAddress& address) : owner_(owner) {
    socket_ = owner.listening_sockets().open_udp({address.ip, address.port, address.port}, *this);
  }

  const TransportAddress& local() const { return socket_->local(); }
  void send(const TransportAddress& to, Bytes message) { socket_->send(to, message); }

 private:
  void on_bound(DatagramSocket&, const TransportAddress&) override {}
  void on_socket_failed(DatagramSocket&, BindError) override {}
  void on_datagram(DatagramSocket&, const Datagram& datagram) override {
    owner_.server_.handle_client_message(
        owner_.now(), {datagram.remote, datagram.local, turn::Transport::udp, 0}, datagram.payload);
    owner_.arm_timer();
  }

  TurnService& owner_;
  std::unique_ptr<native::UdpSocket> socket_;
};

/// The socket that stands for a client; other clients of the gateway may reach it.
class TurnService::RelaySocket final : private DatagramListener, private native::IcmpListener {
 public:
  RelaySocket(TurnService& owner, turn::RelayId id, const TransportAddress& local)
      : owner_(owner), id_(id), bound_(local), advertised_{owner.advertised(local.ip), local.port} {
    socket_ = owner.udp_sockets_.open_udp({local.ip, local.port, local.port}, *this);
    socket_->report_errors_to(*this);
  }
  ~RelaySocket() {
    if (is_bound_) owner_.policy_.remove_own_socket(advertised_);
  }

  void send(const TransportAddress& peer, Bytes payload) {
    socket_->send(owner_.own_machine().delivered_at(peer), payload);
  }

 private:
  void on_bound(DatagramSocket&, const TransportAddress&) override {
    is_bound_ = true;
    owner_.policy_.add_own_socket(advertised_, bound_);
    owner_.server_.on_relay_opened(owner_.now(), id_);
    owner_.arm_timer();
  }
  void on_socket_failed(DatagramSocket&, BindError error) override {
    TurnService& owner = owner_;  // destroys this object below
    const bool is_taken = error == BindError::address_in_use;
    owner.server_.on_relay_failed(
        owner.now(), id_,
        is_taken ? turn::RelayFailure::port_in_use : turn::RelayFailure::no_socket);
    owner.arm_timer();
  }
  void on_datagram(DatagramSocket&, const Datagram& datagram) override {
    owner_.server_.handle_peer_datagram(
        owner_.now(), id_, owner_.own_machine().known_as(datagram.remote), datagram.payload);
  }
  void on_icmp_error(const native::IcmpError& error) override {
    turn::Icmp icmp{.type = error.type, .code = error.code};
    ByteWriter(icmp.error_data).u32(error.mtu);
    owner_.server_.handle_peer_error(owner_.now(), id_, owner_.own_machine().known_as(error.peer),
                                     icmp);
  }

  TurnService& owner_;
  turn::RelayId id_;
  TransportAddress bound_;
  TransportAddress advertised_;
  bool is_bound_ = false;
  std::unique_ptr<native::UdpSocket> socket_;
};

TurnService::TurnService(native::SystemHost& host, native::UdpSocketSource& udp,
                         const TurnOptions& options, const std::vector<IpAddress>& default_relays,
                         AddressPolicy& policy, native::TlsTerminator* tls)
    : host_(host),
      udp_sockets_(udp),
      options_(options),
      policy_(policy),
      tls_(tls),
      access_(host.api().crypto, host.api().random, options),
      server_({*this, host.api().random, policy, access_.newcomers(), access_.residents()},
              server_config(default_relays)),
      timer_(host.loop().create(*this)) {}

TurnService::~TurnService() = default;

turn::ServerConfig TurnService::server_config(const std::vector<IpAddress>& default_relays) const {
  turn::ServerConfig config;
  for (const IpAddress& ip : options_.relay.empty() ? default_relays : options_.relay) {
    config.relays.push_back({ip, advertised(ip)});
  }
  config.ports = {options_.ports.first, options_.ports.last};
  config.allocations_max = options_.allocations_max;
  config.allocations_per_user_max = options_.allocations_per_user_max;
  config.binding.software = "floe";
  if (options_.alternate) {
    config.binding.discovery = stun::DiscoveryAddresses{options_.listen[0], *options_.alternate};
  }
  config.user_of = turn::TimeLimitedAccounts::user_of;
  return config;
}

IpAddress TurnService::advertised(const IpAddress& bound) const {
  const auto external = std::ranges::find(options_.external, bound.family(), &IpAddress::family);
  return external == options_.external.end() ? bound : *external;
}

std::string TurnService::listen() {
  for (const TransportAddress& wanted : options_.listen) {
    std::string mistake = listen_over_udp(wanted);
    if (mistake.empty()) mistake = listen_over_stream(addresses_.back(), nullptr);
    if (!mistake.empty()) return mistake;
  }
  if (options_.alternate) {
    const TransportAddress& primary = options_.listen[0];
    const TransportAddress& other = *options_.alternate;
    for (const TransportAddress& wanted : {TransportAddress{primary.ip, other.port},
                                           TransportAddress{other.ip, primary.port}, other}) {
      std::string mistake = listen_over_udp(wanted);
      if (!mistake.empty()) return mistake;
    }
  }
  for (const TransportAddress& wanted : options_.listen_tls) {
    std::string mistake = listen_over_stream(wanted, tls_);
    if (!mistake.empty()) return mistake;
    addresses_.push_back(streams_.back()->address());
  }
  return {};
}

std::string TurnService::listen_over_udp(const TransportAddress& wanted) {
  udp_.push_back(std::make_unique<UdpListener>(*this, wanted));
  const TransportAddress address = udp_.back()->local();
  if (address.port == 0) return "cannot serve TURN on " + wanted.to_text() + " over UDP";
  policy_.add_own_listener(address);
  addresses_.push_back(address);
  return {};
}

std::string TurnService::listen_over_stream(const TransportAddress& wanted,
                                            native::TlsTerminator* tls) {
  const std::size_t connections_max = 2 * options_.allocations_max;
  TurnStreamOwner& self = *this;
  streams_.push_back(std::make_unique<TurnStreams>(host_, server_, self, tls, connections_max));
  const auto bound = streams_.back()->listen(wanted, shared_ports_.has_value());
  if (!bound) {
    return "cannot serve TURN on " + wanted.to_text() +
           " over TCP: " + std::string(to_text(bound.error()));
  }
  policy_.add_own_listener(*bound);
  return {};
}

void TurnService::reload(const TurnOptions& options) {
  access_.reload(options);
  server_.set_quota(options.allocations_per_user_max, options.allocations_max);
}

void TurnService::drain() {
  server_.drain();
  for (const auto& streams : streams_) streams->stop_listening();
}

void TurnService::send_to_client(const turn::ClientPath& path, Bytes message) {
  if (path.transport == turn::Transport::udp) {
    const auto listener =
        std::ranges::find(udp_, path.local, [](const auto& entry) { return entry->local(); });
    if (listener != udp_.end()) (*listener)->send(path.client, message);
    return;
  }
  for (const auto& streams : streams_) {
    const bool is_it = streams->transport() == path.transport && streams->address() == path.local;
    if (is_it && streams->send(path, message)) return;
  }
  ++dropped_;
}

void TurnService::send_to_peer(turn::RelayId relay, const TransportAddress& peer, Bytes payload) {
  relays_[relay.value()]->send(peer, payload);
}

void TurnService::open_relay(turn::RelayId relay, const TransportAddress& local) {
  const std::size_t place = relay.value();
  if (relays_.size() <= place) relays_.resize(place + 1);
  relays_[place] = std::make_unique<RelaySocket>(*this, relay, local);
}

void TurnService::close_relay(turn::RelayId relay) {
  relays_[relay.value()].reset();
}

void TurnService::handle_timeout(Timestamp time) {
  armed_for_ = kNever;
  server_.handle_timeout(time);
  arm_timer();
}

void TurnService::arm_timer() {
  const Timestamp deadline = server_.deadline();
  if (deadline != armed_for_) timer_->arm(armed_for_ = deadline);
}

}  // namespace floe::gateway
