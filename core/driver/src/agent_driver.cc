#include "floe/driver/agent_driver.h"

#include <algorithm>
#include <utility>

#include "floe/driver/socket_plan.h"
#include "listener_calls.h"
#include "local_sockets.h"
#include "server_stream.h"

namespace floe {

AgentDriver::AgentDriver(const Host& host, const ice::AgentConfig& config, AgentListener& listener,
                         ice::SharedPacer* shared_pacer)
    : host_(host),
      listener_(listener),
      connection_(config, host.random, host.crypto, shared_pacer),
      timer_(host.timers.create(*this)),
      sockets_(std::make_unique<LocalSockets>(host_, static_cast<LocalSocketsListener&>(*this))) {
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
    const std::string_view problem = unsupported(server.uri, host_.streams != nullptr);
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
  sockets_->follow(addresses_to_bind(*addresses, *options_, agent().config().implementation,
                                     host_.network.loopback()),
                   *options_, agent().config());
  if (!std::exchange(network_is_known_, true)) settle_one();
}

void AgentDriver::on_local_socket_opening() {
  await_one();
}

void AgentDriver::on_local_socket_bound(const ice::LocalSocket& socket) {
  input([&](peer::Connection& connection, Timestamp now) {
    connection.agent().add_local_socket(now, socket);
  });
  settle_one();
}

void AgentDriver::on_local_socket_failed() {
  settle_one();
}

void AgentDriver::on_local_socket_gone(const TransportAddress& base) {
  input([&](peer::Connection& connection, Timestamp now) {
    connection.agent().remove_local_socket(now, base);
  });
}

void AgentDriver::on_local_datagram(const Datagram& datagram) {
  // Application data is handed over at once, unless older outputs still wait.
  if (depth_ == 0 && !pumping_) {
    const Timestamp now = host_.clock.now();
    const auto component =
        connection_.agent().receive_data(now, {datagram.local, datagram.remote}, datagram.payload);
    if (component) return hand_over(now, *component, datagram.payload);
  }
  input([&](peer::Connection& connection, Timestamp now) {
    connection.agent().handle_datagram(now, datagram.local, datagram.remote, datagram.payload);
  });
}

void AgentDriver::hand_over(Timestamp now, ice::StreamComponent component, Bytes payload) {
  const auto data = connection_.open(now, component, payload, opened_);
  if (!data) return pump();
  listener_.on_agent_event(ice::DataReceived{component.component, *data, component.stream});
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
  input([](peer::Connection& connection, Timestamp now) { connection.handle_timeout(now); });
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
  } else {
    tell_listener(listener_, output);
  }
}

void AgentDriver::carry_out(const ice::Output& output) {
  if (const auto* datagram = std::get_if<ice::Transmit>(&output)) {
    note(sockets_->send(*datagram));
  } else if (const auto* event = std::get_if<ice::Event>(&output)) {
    tell(*event);
  } else if (const auto* message = std::get_if<ice::TcpTransmit>(&output)) {
    if (ServerStream* stream = find_stream(message->id)) note(stream->send(message->payload));
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

ice::SendResult AgentDriver::send(ice::StreamComponent component, Bytes payload) {
  if (payload.size() > kMaxDatagramSize) {
    connection_.agent().count_not_sent(ice::SendResult::too_large);
    return ice::SendResult::too_large;
  }
  const Timestamp now = host_.clock.now();
  const auto sealed = connection_.seal(now, component, payload);
  if (!sealed) return sealed.error();
  return send_sealed(now, component, *sealed);
}

ice::SendResult AgentDriver::send_sealed(Timestamp now, ice::StreamComponent component,
                                         Bytes payload) {
  // The payload does not go through the queue of outputs: when an event handler sends, the queue
  // may be drained only after the payload is gone.
  const auto route = connection_.agent().route_data(now, component, payload.size());
  if (!route) return ice::SendResult::no_path;
  const bool is_relayed = agent().is_relayed(route->local);
  const ice::SendResult result =
      is_relayed ? relay(*route, payload) : sockets_->send({route->local, route->remote, payload});
  if (!result) connection_.agent().count_not_sent(result, &*route, payload.size());
  if (!is_relayed) wake_by(connection_.agent().silence_deadline(now, component));
  return result;
}

ice::SendResult AgentDriver::relay(const ice::Route& route, Bytes payload) {
  ice::SendResult result = ice::SendResult::sent;
  if (depth_ == 0 && !pumping_) relaying_ = &result;
  const ice::SendResult taken = input([&](peer::Connection& connection, Timestamp now) {
    return connection.agent().relay_data(now, route, payload);
  });
  if (relaying_ == &result) relaying_ = nullptr;
  return taken ? result : taken;
}

/// What became of an output. send() counts the datagram that it hands on.
void AgentDriver::note(ice::SendResult result) {
  if (relaying_ != nullptr && !result) *relaying_ = result;
  if (relaying_ == nullptr) connection_.agent().count_not_sent(result);
}

void AgentDriver::wake_by(Timestamp deadline) {
  if (deadline < armed_for_) timer_->arm(armed_for_ = deadline);
}

void AgentDriver::close() {
  input([](peer::Connection& connection, Timestamp now) { connection.close(now); });
  // A listener may call this from inside a callback of a socket or a lookup. So these objects stay
  // until the driver is destroyed, but make no more callbacks.
  sockets_->close();
  for (const auto& lookup : lookups_) lookup->cancel();
  for (const auto& stream : streams_) stream->close();
}

}  // namespace floe
