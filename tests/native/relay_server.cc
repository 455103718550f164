#include "relay_server.h"

#include <sys/socket.h>

#include <array>
#include <catch2/catch_test_macros.hpp>

#include "floe/native/posix_address.h"
#include "floe/turn/stream_framing.h"
#include "floe/turn/understands.h"

namespace floe::native::test {

class RelayServer::Relay final : private DatagramListener {
 public:
  Relay(RelayServer& owner, turn::RelayId id, const TransportAddress& local)
      : owner_(owner), id_(id) {
    socket_ = owner.sockets_.open({local.ip, local.port, local.port}, *this);
  }
  void send(const TransportAddress& peer, Bytes payload) { socket_->send(peer, payload); }

 private:
  void on_bound(DatagramSocket&, const TransportAddress&) override {
    owner_.server_->on_relay_opened(owner_.loop_.now(), id_);
  }
  void on_socket_failed(DatagramSocket&, BindError) override {
    owner_.server_->on_relay_failed(owner_.loop_.now(), id_, turn::RelayFailure::port_in_use);
  }
  void on_datagram(DatagramSocket&, const Datagram& datagram) override {
    owner_.server_->handle_peer_datagram(owner_.loop_.now(), id_, datagram.remote,
                                         datagram.payload);
  }

  RelayServer& owner_;
  turn::RelayId id_;
  std::unique_ptr<DatagramSocket> socket_;
};

class RelayServer::Connection final : private WatchListener {
 public:
  Connection(RelayServer& owner, UniqueFd fd, std::uint32_t number)
      : owner_(owner), fd_(std::move(fd)), watch_(owner.loop_, fd_.get(), *this) {
    path_ = {*peer_address_of(fd_.get()), *local_address_of(fd_.get()), turn::Transport::tcp,
             number};
    watch_.set_interest(true, false);
  }
  void send(Bytes message) {
    ByteVector padded(message.begin(), message.end());
    padded.resize((padded.size() + 3) / 4 * 4);
    (void)::send(fd_.get(), padded.data(), padded.size(), MSG_NOSIGNAL);
  }

 private:
  void on_ready(Readiness) override {
    std::array<std::uint8_t, 65536> buffer;
    const ssize_t count = recv(fd_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count <= 0) {
      watch_.set_interest(false, false);
      return owner_.server_->handle_tcp_closed(owner_.loop_.now(), path_);
    }
    stream_.append(Bytes(buffer).first(static_cast<std::size_t>(count)));
    while (const auto frame = stream_.next()) {
      if (frame->size() < owner_.frame_size_min_) continue;
      owner_.server_->handle_client_message(owner_.loop_.now(), path_, *frame);
    }
  }

  RelayServer& owner_;
  UniqueFd fd_;
  Watch watch_;
  turn::ClientPath path_;
  turn::StreamReassembler stream_;
};

namespace {

constexpr int kPortsTried = 10;

}  // namespace

RelayServer::RelayServer(Loop& loop)
    : loop_(loop),
      sockets_(loop, random_),
      tcp_(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
  // A port that is free for UDP may be in use by somebody's TCP.
  bool is_bound = false;
  for (int i = 0; i < kPortsTried && !is_bound; ++i) {
    address_.port = 0;
    udp_ = sockets_.open({IpAddress::loopback(Family::ipv4), 0, 0}, *this);
    REQUIRE(run_until(loop, [&] { return address_.port != 0; }));
    const PosixAddress same(address_);
    is_bound = bind(tcp_.get(), same.get(), same.length()) == 0;
  }
  REQUIRE(is_bound);
  REQUIRE(listen(tcp_.get(), 8) == 0);
  tcp_watch_.emplace(loop, tcp_.get(), static_cast<WatchListener&>(*this));
  tcp_watch_->set_interest(true, false);
  const stun::Accounts& accounts = *this;
  door_.emplace(crypto_, accounts, stun::LongTermRealm{.realm = "example.org"},
                as_bytes("0123456789abcdef"));
  turn::ServerConfig config;
  config.relays = {{address_.ip, address_.ip}};
  config.binding.software = "floe test";
  server_ = std::make_unique<turn::Server>(turn::ServerParts{*this, random_, *this, *door_, *door_},
                                           config);
}

RelayServer::~RelayServer() = default;

void RelayServer::on_datagram(DatagramSocket&, const Datagram& datagram) {
  server_->handle_client_message(
      loop_.now(), {datagram.remote, datagram.local, turn::Transport::udp, 0}, datagram.payload);
}

void RelayServer::on_ready(Readiness) {
  UniqueFd accepted(accept4(tcp_.get(), nullptr, nullptr, SOCK_CLOEXEC));
  if (!accepted.is_open()) return;
  const auto number = static_cast<std::uint32_t>(connections_.size());
  connections_.push_back(std::make_unique<Connection>(*this, std::move(accepted), number));
}

namespace {

/// A response without its MAC and what follows it; other messages as they are.
ByteVector without_mac(Bytes message) {
  ByteVector rest(message.begin(), message.end());
  const auto view = stun::MessageView::parse(message, turn::understands);
  if (!view || !view->is_response() || !view->has_integrity_sha256()) return rest;
  rest.resize(view->integrity_sha256_offset());
  const std::size_t length = rest.size() - stun::kHeaderSize;
  rest[2] = static_cast<std::uint8_t>(length >> 8);
  rest[3] = static_cast<std::uint8_t>(length & 0xff);
  return rest;
}

}  // namespace

void RelayServer::send_to_client(const turn::ClientPath& path, Bytes signed_message) {
  const ByteVector message = signs_ ? ByteVector(signed_message.begin(), signed_message.end())
                                    : without_mac(signed_message);
  if (path.transport == turn::Transport::udp) {
    udp_->send(path.client, message);
  } else {
    connections_[path.stream]->send(message);
  }
}

void RelayServer::send_to_peer(turn::RelayId relay, const TransportAddress& peer, Bytes payload) {
  relays_.at(relay)->send(peer, payload);
}

void RelayServer::open_relay(turn::RelayId relay, const TransportAddress& local) {
  relays_[relay] = std::make_unique<Relay>(*this, relay, local);
}

void RelayServer::close_relay(turn::RelayId relay) {
  relays_.erase(relay);
}

std::optional<std::string> RelayServer::password_of(std::string_view username) const {
  if (username != "alice") return std::nullopt;
  return "secret";
}

}  // namespace floe::native::test
