#include "floe/driver/agent_driver.h"

#include <algorithm>
#include <utility>

#include "floe/driver/socket_plan.h"
#include "floe/types/text.h"
#include "server_stream.h"

namespace floe {

/// One socket of the host, which becomes one host candidate.
class AgentDriver::LocalSocket final : private DatagramListener {
 public:
  LocalSocket(AgentDriver& driver, const IpAddress& ip, const ice::LocalSocket& description)
      : driver_(driver), ip_(ip), description_(description) {}

  void open(std::uint16_t port_min, std::uint16_t port_max) {
    socket_ = driver_.host_.datagram_sockets.open({ip_, port_min, port_max}, *this);
  }

  const IpAddress& ip() const { return ip_; }
  bool is_bound() const { return description_.base.port != 0; }
  const TransportAddress& address() const { return description_.base; }
  DatagramSocket& socket() { return *socket_; }

  /// The host's socket is closed; nothing more is heard of it.
  void close() {
    socket_.reset();
    description_.base = {};
  }

  /// The agent forgets the socket, which may be destroyed then.
  void withdraw() {
    if (std::exchange(is_opening_, false)) return driver_.settle_one();
    if (!is_bound()) return;
    driver_.input([&](peer::Connection& connection, Timestamp now) {
      connection.agent().remove_local_socket(now, description_.base);
    });
    description_.base = {};
  }

 private:
  void on_bound(DatagramSocket&, const TransportAddress& local) override {
    is_opening_ = false;
    description_.base = local;
    if (description_.external) description_.external->port = local.port;
    driver_.input([&](peer::Connection& connection, Timestamp now) {
      connection.agent().add_local_socket(now, description_);
    });
    driver_.settle_one();
  }

  void on_socket_failed(DatagramSocket&, BindError error) override {
    const std::string text =
        concat({"the socket on ", ip_.to_text(), " cannot be used: ", to_text(error)});
    driver_.host_.log.log(LogLevel::warning, "ice", text);
    withdraw();
  }

  void on_datagram(DatagramSocket&, const Datagram& datagram) override {
    if (!is_bound()) return;
    driver_.input([&](peer::Connection& connection, Timestamp now) {
      connection.agent().handle_datagram(now, datagram.local, datagram.remote, datagram.payload);
    });
  }

  AgentDriver& driver_;
  IpAddress ip_;
  ice::LocalSocket description_;  // its base has port 0 while it is not bound
  bool is_opening_ = true;
  std::unique_ptr<DatagramSocket> socket_;
};

AgentDriver::AgentDriver(const Host& host, const ice::AgentConfig& config, AgentListener& listener,
                         ice::SharedPacer* shared_pacer)
    : host_(host),
      listener_(listener),
      connection_(config, host.random, host.crypto, shared_pacer),
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
  await_one();  // the host's addresses
  input(
      [](peer::Connection& connection, Timestamp now) { connection.agent().start_gathering(now); });
  look_up_servers();
  follow_network();
}

void AgentDriver::look_up_servers() {
  for (const Server& server : options_->servers) {
    if (is_closed()) return;
    const std::string_view problem = unsupported(server.uri);
    if (!problem.empty()) {
      listener_.on_gathering_error(
          {server.uri.text, std::nullopt, ice::kServerUnreachable, problem});
      continue;
    }
    lookups_.push_back(
        std::make_unique<ServerLookup>(server, static_cast<ServerLookupListener&>(*this)));
    await_one();
    lookups_.back()->start(host_.resolver);
  }
}

/// Empty: the server can be asked.
std::string_view AgentDriver::unsupported(const ServerUri& uri) const {
  if (uri.scheme == ServerScheme::stuns) return "STUN over TLS is not supported here";
  if (!uri.is_turn()) return {};
  const auto transport = uri.relay_transport();
  if (!transport) return "TURN over DTLS is not supported here: use ?transport=tcp";
  const bool can_connect = host_.streams != nullptr || !turn::is_stream(*transport);
  return can_connect ? std::string_view() : "this host has no TCP: use ?transport=udp";
}

void AgentDriver::on_server_looked_up(const ServerLookup& lookup) {
  if (lookup.addresses().empty()) {
    listener_.on_gathering_error(
        {lookup.uri().text, std::nullopt, ice::kServerUnreachable, lookup.error()});
  }
  input([&](peer::Connection& connection, Timestamp now) {
    const auto& [uri, username, password] = lookup.server();
    for (const TransportAddress& address : lookup.addresses()) {
      if (const auto transport = uri.relay_transport()) {
        connection.agent().add_turn_server(now,
                                           {address, *transport, uri.host, {username, password}});
      } else {
        connection.agent().add_stun_server(now, address);
      }
    }
  });
  settle_one();
}

void AgentDriver::on_network_changed() {
  if (options_) follow_network();
}

void AgentDriver::follow_network() {
  if (is_closed()) return;
  const auto addresses = host_.network.addresses();
  if (!addresses) return;
  const List<IpAddress> chosen = addresses_to_bind(*addresses, *options_);
  close_sockets_except(chosen);
  for (const IpAddress& ip : chosen) {
    const bool is_open =
        std::ranges::any_of(sockets_, [&](const auto& socket) { return socket->ip() == ip; });
    // Each address gets a preference of its own, and latecomers what is left.
    if (is_closed()) return;
    if (!is_open && next_preference_ > 0) open_sockets(ip, next_preference_--);
  }
  if (!std::exchange(network_is_known_, true)) settle_one();
}

void AgentDriver::close_sockets_except(const List<IpAddress>& addresses) {
  const auto is_gone = [&](const std::unique_ptr<LocalSocket>& socket) {
    return std::ranges::find(addresses, socket->ip()) == addresses.end();
  };
  for (const auto& socket : sockets_) {
    if (is_gone(socket)) socket->withdraw();
  }
  std::erase_if(sockets_, is_gone);
}

void AgentDriver::open_sockets(const IpAddress& ip, std::uint16_t local_preference) {
  const ice::AgentConfig& config = agent().config();
  for (std::uint8_t stream = 0; stream < config.streams; ++stream) {
    for (ice::ComponentId component = 1; component <= config.components; ++component) {
      open_socket({stream, component}, ip, local_preference);
    }
  }
}

void AgentDriver::open_socket(ice::StreamComponent component, const IpAddress& ip,
                              std::uint16_t local_preference) {
  if (sockets_.size() == ice::kLocalCandidatesMax) return;
  ice::LocalSocket description{component, {ip, 0}, local_preference};
  if (const ExternalAddress* mapping = external_address_of(ip, *options_)) {
    description.external = TransportAddress{mapping->external, 0};
    description.hides_base = mapping->hides_internal;
  }
  await_one();
  sockets_.push_back(std::make_unique<LocalSocket>(*this, ip, description));
  sockets_.back()->open(options_->port_min, options_->port_max);
}

void AgentDriver::settle_one() {
  if (--pending_ > 0) return;
  input([](peer::Connection& connection, Timestamp now) {
    connection.agent().end_of_local_sockets(now);
  });
}

// Pumping ---------------------------------------------------------------------------------------

void AgentDriver::handle_timeout(Timestamp) {
  armed_for_ = kNever;
  std::erase_if(streams_, [](const auto& stream) { return stream->is_closed(); });
  input(
      [](peer::Connection& connection, Timestamp now) { connection.agent().handle_timeout(now); });
}

void AgentDriver::pump() {
  if (pumping_) return;  // the loop below takes what this input caused
  pumping_ = true;
  while (const auto output = connection_.poll_output()) carry_out(*output);
  pumping_ = false;
  const Timestamp deadline = connection_.deadline();
  if (deadline != armed_for_) timer_->arm(armed_for_ = deadline);
}

void AgentDriver::carry_out(const peer::Output& output) {
  if (const auto* of_agent = std::get_if<ice::Output>(&output)) {
    carry_out(*of_agent);
  } else if (const auto* message = std::get_if<signal::Message>(&output)) {
    listener_.on_message_ready(*message);
  } else if (const auto* error = std::get_if<signal::SessionError>(&output)) {
    listener_.on_message_error(*error);
  } else if (const auto* bye = std::get_if<peer::PeerSaidBye>(&output)) {
    listener_.on_peer_bye(bye->reason);
  }
}

void AgentDriver::carry_out(const ice::Output& output) {
  if (const auto* datagram = std::get_if<ice::Transmit>(&output)) {
    transmit(*datagram);
  } else if (const auto* event = std::get_if<ice::Event>(&output)) {
    tell(*event);
  } else if (const auto* message = std::get_if<ice::TcpTransmit>(&output)) {
    if (ServerStream* stream = find_stream(message->id)) stream->send(message->payload);
  } else if (const auto* wanted = std::get_if<ice::TcpConnectionWanted>(&output)) {
    streams_.push_back(std::make_unique<ServerStream>(*this, wanted->id));
    streams_.back()->connect(*wanted);
  } else if (const auto* unwanted = std::get_if<ice::TcpConnectionUnwanted>(&output)) {
    if (ServerStream* stream = find_stream(unwanted->id)) stream->close();
  }
}

AgentDriver::ServerStream* AgentDriver::find_stream(ice::TcpConnectionId id) {
  const auto place =
      std::ranges::find_if(streams_, [&](const auto& stream) { return stream->id() == id; });
  return place == streams_.end() ? nullptr : place->get();
}

void AgentDriver::tell(const ice::Event& event) {
  const auto* failed = std::get_if<ice::GatheringFailed>(&event);
  if (failed == nullptr) return listener_.on_agent_event(event);
  const auto lookup = std::ranges::find_if(lookups_, [&](const auto& known) {
    return known->has(failed->server) && known->uri().relay_transport() == failed->transport;
  });
  std::string_view url;
  if (lookup != lookups_.end()) url = (*lookup)->uri().text;
  const auto base = failed->base.port != 0 ? std::optional(failed->base) : std::nullopt;
  listener_.on_gathering_error({url, base, failed->code, failed->reason.view()});
}

void AgentDriver::transmit(const ice::Transmit& transmit) {
  LocalSocket* socket = find_socket(transmit.local);
  if (socket != nullptr) socket->socket().send(transmit.remote, transmit.payload);
}

AgentDriver::LocalSocket* AgentDriver::find_socket(const TransportAddress& local) {
  const auto place = std::ranges::find_if(
      sockets_, [&](const auto& socket) { return socket->address() == local; });
  return place == sockets_.end() ? nullptr : place->get();
}

bool AgentDriver::send(ice::StreamComponent component, Bytes payload) {
  if (payload.size() > kMaxDatagramSize) return false;
  // Not through the queue of outputs: it may be drained only after the payload is gone, when an
  // event handler sends.
  const auto route = connection_.agent().route_data(host_.clock.now(), component, payload.size());
  if (!route) return false;
  if (agent().is_relayed(route->local)) {
    input([&](peer::Connection& connection, Timestamp now) {
      connection.agent().relay_data(now, *route, payload);
    });
  } else {
    transmit({route->local, route->remote, payload});
  }
  return true;
}

void AgentDriver::close() {
  input([](peer::Connection& connection, Timestamp now) { connection.agent().close(now); });
  // A listener may call this from inside whatever a socket or a lookup tells: they stay until the
  // driver goes, and are silent.
  for (const auto& socket : sockets_) socket->close();
  for (const auto& lookup : lookups_) lookup->cancel();
  for (const auto& stream : streams_) stream->close();
}

}  // namespace floe
