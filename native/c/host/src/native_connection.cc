// The functions of floe/floe_native.h about connections.
#include "conversion.h"
#include "native_host.h"
#include "native_room.h"

using floe::c::HostCall;

floe_error floe_connection_send(floe_connection* connection, std::uint16_t component,
                                const void* data, std::size_t size) {
  if (connection == nullptr) return FLOE_ERROR_ARGUMENT;
  const auto datagram = floe::c::check_datagram(connection->components, component, data, size);
  if (!datagram) return datagram.error();
  const HostCall call(connection->host);
  return floe::c::to_c(connection->connection.send(*datagram, component));
}

void floe_connection_restart(floe_connection* connection) {
  if (connection == nullptr) return;
  const HostCall call(connection->host);
  connection->connection.restart();
}

void floe_connection_close(floe_connection* connection, const char* reason) {
  if (connection == nullptr) return;
  const HostCall call(connection->host);
  connection->connection.close(reason == nullptr ? "closed" : reason);
}

floe_state floe_connection_get_state(const floe_connection* connection) {
  return connection == nullptr ? FLOE_STATE_CLOSED : floe::c::to_c(connection->connection.state());
}

const char* floe_connection_peer_name(const floe_connection* connection) {
  return connection == nullptr ? "" : connection->peer.name.c_str();
}

const char* floe_connection_peer_id(const floe_connection* connection) {
  return connection == nullptr ? "" : connection->peer.id.c_str();
}

void floe_connection_set_user(floe_connection* connection, void* user) {
  if (connection != nullptr) connection->user = user;
}

void* floe_connection_get_user(const floe_connection* connection) {
  return connection == nullptr ? nullptr : connection->user;
}
