#include "turn_machine.h"

#include <algorithm>

#include "floe/stun/message_view.h"

namespace floe::sim {
namespace {

/// A response without its MAC and what follows it; other messages as they are.
ByteVector without_mac(Bytes message) {
  ByteVector rest(message.begin(), message.end());
  const auto view = stun::MessageView::parse(message);
  if (!view || !view->is_response() || !view->has_integrity_sha256()) return rest;
  rest.resize(view->integrity_sha256_offset());
  const std::size_t length = rest.size() - stun::kHeaderSize;
  rest[2] = static_cast<std::uint8_t>(length >> 8);
  rest[3] = static_cast<std::uint8_t>(length & 0xff);
  return rest;
}

}  // namespace

/// The socket that stands for a client.
class TurnMachine::RelaySocket final : private DatagramListener {
 public:
  RelaySocket(TurnMachine& owner, turn::RelayId id, const TransportAddress& local)
      : owner_(owner), id_(id) {
    socket_ = owner.host_.api().datagram_sockets.open({local.ip, local.port, local.port}, *this);
  }

  void send(const TransportAddress& peer, Bytes payload) { socket_->send(peer, payload); }

 private:
  void on_bound(DatagramSocket&, const TransportAddress&) override {
    TurnMachine& owner = owner_;
    owner.server_->on_relay_opened(owner.now(), id_);
    owner.arm_timer();
  }
  void on_socket_failed(DatagramSocket&, BindError error) override {
    TurnMachine& owner = owner_;  // which destroys this
    owner.server_->on_relay_failed(owner.now(), id_,
                                   error == BindError::address_in_use
                                       ? turn::RelayFailure::port_in_use
                                       : turn::RelayFailure::no_socket);
    owner.arm_timer();
  }
  void on_datagram(DatagramSocket&, const Datagram& datagram) override {
    if (owner_.is_silent()) return;
    owner_.server_->handle_peer_datagram(owner_.now(), id_, datagram.remote, datagram.payload);
  }

  TurnMachine& owner_;
  turn::RelayId id_;
  std::unique_ptr<DatagramSocket> socket_;
};

TurnMachine::TurnMachine(SimHost& host, const std::vector<IpAddress>& ips,
                         const TurnServerOptions& options)
    : host_(host),
      ips_(ips),
      options_(options),
      timer_(host.api().timers.create(*this)),
      streams_(host, ips, options.port, options.tls_port, *this) {
  for (const IpAddress& ip : ips_) {
    listeners_.push_back(host.api().datagram_sockets.open({ip, options.port, options.port}, *this));
  }
  restart();
}

TurnMachine::~TurnMachine() = default;

void TurnMachine::restart() {
  relays_.clear();
  streams_.close_all();
  const Host api = host_.api();
  const stun::Accounts& accounts = *this;
  door_.emplace(api.crypto, accounts, stun::LongTermRealm{.realm = options_.realm},
                as_bytes("every key would do here"));
  turn::ServerConfig config;
  for (const IpAddress& ip : ips_) config.relays.push_back({ip, ip});
  config.allocations_per_user_max = options_.allocations_per_user_max;
  if (options_.alternate) config.binding.alternate = stun::Alternate{*options_.alternate};
  const turn::ServerParts parts{*this, api.random, *this, *door_, *door_};
  server_ = std::make_unique<turn::Server>(parts, config);
  arm_timer();
}

std::optional<std::string> TurnMachine::password_of(std::string_view username) const {
  if (username != options_.username) return std::nullopt;
  return options_.password;
}

void TurnMachine::on_datagram(DatagramSocket&, const Datagram& datagram) {
  on_message({datagram.remote, datagram.local, turn::Transport::udp, 0}, datagram.payload);
}

void TurnMachine::on_message(const turn::ClientPath& path, Bytes message) {
  if (is_silent()) return;
  server_->handle_client_message(now(), path, message);
  arm_timer();
}

void TurnMachine::on_closed(const turn::ClientPath& path) {
  server_->handle_tcp_closed(now(), path);
  arm_timer();
}

void TurnMachine::handle_timeout(Timestamp time) {
  server_->handle_timeout(time);
  arm_timer();
}

void TurnMachine::arm_timer() {
  timer_->arm(server_->deadline());
}

void TurnMachine::send_to_client(const turn::ClientPath& path, Bytes answer) {
  if (is_silent()) return;
  const ByteVector stripped = options_.is_unsigned ? without_mac(answer) : ByteVector();
  const Bytes message = options_.is_unsigned ? Bytes(stripped) : answer;
  if (path.transport != turn::Transport::udp) return streams_.send(path, message);
  const auto place = std::ranges::find(ips_, path.local.ip);
  if (place == ips_.end()) return;
  listeners_[static_cast<std::size_t>(place - ips_.begin())]->send(path.client, message);
}

void TurnMachine::send_to_peer(turn::RelayId relay, const TransportAddress& peer, Bytes payload) {
  relays_.at(relay)->send(peer, payload);
}

void TurnMachine::open_relay(turn::RelayId relay, const TransportAddress& local) {
  relays_[relay] = std::make_unique<RelaySocket>(*this, relay, local);
}

void TurnMachine::close_relay(turn::RelayId relay) {
  relays_.erase(relay);
}

}  // namespace floe::sim
