#include "server_access.h"

#include <algorithm>

namespace floe::probes {

std::optional<std::string> ServerAccess::open(std::size_t ways) {
  const Timestamp begun = host_.now();
  if (auto error = find_server()) return error;
  const Timestamp found = host_.now();
  lookup_time_ = found - begun;
  auto error = is_stream() ? open_streams(ways) : open_sockets(ways);
  open_time_ = host_.now() - found;
  return error;
}

std::string_view ServerAccess::transport_text() const {
  switch (options_.transport) {
    case turn::Transport::udp:
      return "UDP";
    case turn::Transport::tcp:
      return "TCP";
    case turn::Transport::tls:
      return "TLS";
  }
  return "?";
}

std::optional<std::string> ServerAccess::open_streams(std::size_t streams) {
  std::optional<TlsClient> tls;
  if (options_.transport == turn::Transport::tls) tls = TlsClient{options_.server.host};
  for (std::size_t way = 0; way < streams; ++way) {
    streams_.push_back(std::make_unique<ServerStream>([this, way](Bytes bytes) {
      if (on_arrival) on_arrival(way, {local(way), server_, bytes});
    }));
    streams_.back()->connect(*host_.api().streams, server_, tls);
  }
  for (const auto& stream : streams_) {
    while (!stream->is_settled()) host_.wait(kNever);
    if (stream->error().empty()) continue;
    const bool is_tls = options_.transport == turn::Transport::tls;
    return std::string(transport_text()) + " to " + server_text() + " failed: " + stream->error() +
           (is_tls ? ". Check the port, the name, and whether --tls-ca is needed"
                   : ". Check the port, and whether the server speaks TCP");
  }
  return std::nullopt;
}

std::optional<std::string> ServerAccess::find_server() {
  ServerLookup lookup(options_.server, *this);
  lookup.start(host_.api().resolver);
  while (!is_looked_up_) host_.wait(kNever);
  const std::string& name = options_.server.host;
  if (addresses_.empty()) {
    return "no address was found for " + name + ": " + lookup_error_ +
           ". Check the name, or give an address instead";
  }
  std::optional<Family> family = options_.family;
  if (!family && options_.bind) family = options_.bind->family();
  const auto found = std::ranges::find_if(addresses_, [&](const TransportAddress& address) {
    return !family || address.ip.family() == *family;
  });
  if (found == addresses_.end()) {
    return name +
           " has no address of the family that --bind or --family asks for: leave it out, or "
           "ask another server";
  }
  server_ = *found;
  return std::nullopt;
}

std::optional<std::string> ServerAccess::open_sockets(std::size_t sockets) {
  const auto ip = options_.bind ? options_.bind : host_.address_towards(server_);
  if (!ip) {
    return "no route leads to " + server_.to_text() + ": check that this machine is connected";
  }
  sockets_.resize(sockets);
  for (Socket& entry : sockets_) entry.socket = host_.api().datagram_sockets.open({*ip}, *this);
  const auto is_settled = [this] {
    return bind_error_ || std::ranges::all_of(sockets_, &Socket::is_bound);
  };
  while (!is_settled()) host_.wait(kNever);
  if (!bind_error_) return std::nullopt;
  return "no socket could be bound to " + ip->to_text() + ": " +
         std::string(to_text(*bind_error_)) + ". Name an address of this machine with --bind";
}

std::string ServerAccess::server_text() const {
  const std::string address = server_.to_text();
  const bool is_named = !IpAddress::parse(options_.server.host);
  return is_named ? options_.server.host + " (" + address + ")" : address;
}

std::string_view ServerAccess::lost(std::size_t way) const {
  return is_stream() ? std::string_view(streams_[way]->error()) : std::string_view();
}

void ServerAccess::send(std::size_t way, const TransportAddress& to, Bytes bytes) {
  if (is_stream()) return streams_[way]->send(bytes);
  // A datagram that cannot be sent gets no answer, and the caller waits for the answer.
  (void)sockets_[way].socket->send(to, bytes);
}

void ServerAccess::wait(Timestamp deadline) {
  if (deadline > host_.now()) host_.wait(deadline);
}

ServerAccess::Socket& ServerAccess::entry_of(const DatagramSocket& socket) {
  return *std::ranges::find_if(sockets_,
                               [&](const Socket& entry) { return entry.socket.get() == &socket; });
}

void ServerAccess::on_bound(DatagramSocket& socket, const TransportAddress& local) {
  Socket& entry = entry_of(socket);
  entry.local = local;
  entry.is_bound = true;
}

void ServerAccess::on_socket_failed(DatagramSocket&, BindError error) {
  bind_error_ = error;
}

void ServerAccess::on_datagram(DatagramSocket& socket, const Datagram& datagram) {
  const auto index = static_cast<std::size_t>(&entry_of(socket) - sockets_.data());
  if (on_arrival) on_arrival(index, datagram);
}

void ServerAccess::on_server_looked_up(const ServerLookup& lookup) {
  addresses_ = lookup.addresses();
  lookup_error_ = lookup.error();
  is_looked_up_ = true;
}

}  // namespace floe::probes
