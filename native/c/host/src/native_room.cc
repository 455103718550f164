#include "native_room.h"

#include <algorithm>

#include "conversion.h"
#include "floe/api/datagram_socket.h"
#include "native_host.h"

namespace floe::c {
namespace {

/// `mdns` is at most FLOE_MDNS_OFF.
constexpr MdnsMode mdns_from_c(std::uint32_t mdns) {
  if (mdns == FLOE_MDNS_OFF) return MdnsMode::off;
  return mdns == FLOE_MDNS_HIDE ? MdnsMode::hide : MdnsMode::resolve;
}

RoomOptions to_options(const floe_room_config& config) {
  RoomOptions options;
  options.url = config.url;
  options.name = config.name;
  if (config.token != nullptr) options.token = config.token;
  if (config.components != 0) options.connection.agent.components = config.components;
  if (config.connections_max != 0) options.connections_max = config.connections_max;
  options.connection.gather.port_min = config.port_min;
  options.connection.gather.port_max = config.port_max;
  options.connection.gather.servers = *read_servers(config);
  options.connection.agent.nomination = nomination_from_c(config.nomination);
  options.connection.agent.policy = policy_from_c(config.policy);
  options.connection.mdns = mdns_from_c(config.mdns);
  return options;
}

constexpr floe_room_state room_state_of(signal::ClientState state) {
  switch (state) {
    case signal::ClientState::idle:
      return FLOE_ROOM_IDLE;
    case signal::ClientState::connecting:
      return FLOE_ROOM_CONNECTING;
    case signal::ClientState::joining:
      return FLOE_ROOM_JOINING;
    case signal::ClientState::joined:
      return FLOE_ROOM_JOINED;
    case signal::ClientState::waiting:
      return FLOE_ROOM_WAITING;
    case signal::ClientState::closed:
      return FLOE_ROOM_CLOSED;
  }
  return FLOE_ROOM_CLOSED;
}

}  // namespace

Result<std::vector<Server>, floe_error> read_servers(const floe_room_config& config) {
  std::vector<Server> servers;
  if (config.stun_servers == nullptr && config.stun_server_count != 0) return FLOE_ERROR_ARGUMENT;
  if (config.turn_servers == nullptr && config.turn_server_count != 0) return FLOE_ERROR_ARGUMENT;
  for (std::size_t i = 0; i < config.stun_server_count; ++i) {
    if (config.stun_servers[i] == nullptr) return FLOE_ERROR_ARGUMENT;
    auto uri = parse_server_uri(config.stun_servers[i]);
    if (!uri || uri->scheme != ServerScheme::stun) return FLOE_ERROR_ADDRESS;
    servers.emplace_back(std::move(*uri));
  }
  const auto text_of = [](const char* text) { return std::string(text == nullptr ? "" : text); };
  for (std::size_t i = 0; i < config.turn_server_count; ++i) {
    const floe_turn_server_uri& server = config.turn_servers[i];
    if (server.uri == nullptr) return FLOE_ERROR_ARGUMENT;
    auto uri = parse_server_uri(server.uri);
    if (!uri || !uri->relay_transport()) return FLOE_ERROR_ADDRESS;
    servers.emplace_back(std::move(*uri), text_of(server.username), text_of(server.password));
  }
  return servers;
}

Result<Bytes, floe_error> check_datagram(std::uint16_t components, std::uint16_t component,
                                         const void* data, std::size_t size) {
  if (data == nullptr && size != 0) return FLOE_ERROR_ARGUMENT;
  if (component == 0 || component > components) return FLOE_ERROR_ARGUMENT;
  if (size > kMaxDatagramSize) return FLOE_ERROR_TOO_BIG;
  return Bytes(static_cast<const std::uint8_t*>(data), size);
}

RoomObject::RoomObject(HostObject& owner, native::SystemHost& host, const floe_room_config& config)
    : owner_(owner),
      config_(config),
      room_(host.api(), host.message_channels(), to_options(config)) {
  set_callbacks();
}

template <class Function, class... Arguments>
void RoomObject::call(Function function, Arguments... arguments) {
  if (function == nullptr) return;
  const Calls::Callback callback(owner_.calls());
  function(config_.user, arguments...);
}

void RoomObject::set_callbacks() {
  room_.on_connection = [this](Connection& connection, const signal::Peer& peer) {
    begin(connection, peer);
  };
  room_.on_connection_gone = [this](Connection& connection, const signal::Peer&) {
    end(connection);
  };
  room_.on_state = [this](signal::ClientState state) {
    call(config_.on_room_state, room_state_of(state));
  };
  if (config_.on_error != nullptr) {
    room_.on_error = [this](std::string_view text) {
      call(config_.on_error, std::string(text).c_str());
    };
  }
}

floe_error RoomObject::send(std::uint16_t component, const void* data, std::size_t size) {
  const auto datagram = check_datagram(components(), component, data, size);
  if (!datagram) return datagram.error();
  bool is_sent = false;
  floe_error error = FLOE_ERROR_NOT_CONNECTED;
  // A callback may end a connection meanwhile.
  for (std::size_t i = 0; i < connections_.size(); ++i) {
    const ice::SendResult result = connections_[i]->connection.send(*datagram, component);
    is_sent = is_sent || result;
    if (result != ice::SendResult::no_path) error = c::to_c(result);
  }
  return is_sent ? FLOE_OK : error;
}

void RoomObject::begin(Connection& connection, const signal::Peer& peer) {
  connections_.push_back(
      std::make_unique<floe_connection>(floe_connection{owner_, connection, peer, components()}));
  floe_connection* handle = connections_.back().get();
  connection.on_datagram = [this, handle](ice::ComponentId component, Bytes datagram) {
    call(config_.on_datagram, handle, component, datagram.data(), datagram.size());
  };
  connection.on_state = [this, handle](ice::State state) {
    call(config_.on_state, handle, c::to_c(state));
  };
  call(config_.on_connection, handle);
}

void RoomObject::end(const Connection& connection) {
  const auto place = std::ranges::find_if(
      connections_, [&](const auto& handle) { return &handle->connection == &connection; });
  if (place == connections_.end()) return;
  call(config_.on_gone, place->get());
  std::erase_if(connections_,
                [&](const auto& handle) { return &handle->connection == &connection; });
}

}  // namespace floe::c

floe_room_state floe_room_get_state(const floe_room* room) {
  return room == nullptr ? FLOE_ROOM_CLOSED : floe::c::room_state_of(room->object.state());
}
