// The functions of floe/floe_native.h about connections.
#include <algorithm>

#include "conversion.h"
#include "counters.h"
#include "native_host.h"
#include "native_room.h"
#include "sized_struct.h"

using floe::c::HostCall;

namespace {

struct CandidateBuffer {
  std::uint16_t component;
  floe_candidate* candidates;
  std::size_t max;
  std::size_t* count;
};

floe_error copy(const floe::List<floe::ice::Candidate>& candidates,
                const floe_connection& connection, const CandidateBuffer& to) {
  if (to.component == 0 || to.component > connection.components) return FLOE_ERROR_ARGUMENT;
  if (to.count == nullptr || (to.candidates == nullptr && to.max != 0)) return FLOE_ERROR_ARGUMENT;
  *to.count = 0;
  for (const floe::ice::Candidate& candidate : candidates) {
    if (candidate.component != to.component) continue;
    if (*to.count < to.max) to.candidates[*to.count] = floe::c::to_c(candidate);
    ++*to.count;
  }
  return FLOE_OK;
}

}  // namespace

floe_error floe_connection_send(floe_connection* connection, std::uint16_t component,
                                const void* data, std::size_t size) {
  if (connection == nullptr) return FLOE_ERROR_ARGUMENT;
  const auto datagram = floe::c::check_datagram(connection->components, component, data, size);
  if (!datagram) return datagram.error();
  const HostCall call(connection->host);
  const floe::ice::SendResult result = connection->connection.send(*datagram, component);
  const bool is_closed = connection->connection.state() == floe::ice::State::closed;
  return is_closed && !result ? FLOE_ERROR_CLOSED : floe::c::to_c(result);
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

floe_error floe_connection_selected_pair(const floe_connection* connection, std::uint16_t component,
                                         floe_selected_pair* pair) {
  if (connection == nullptr || pair == nullptr) return FLOE_ERROR_ARGUMENT;
  if (component == 0 || component > connection->components) return FLOE_ERROR_ARGUMENT;
  const auto selected = connection->connection.agent().selected_pair(component);
  if (!selected) return FLOE_ERROR_NOT_CONNECTED;
  *pair = floe::c::to_c(*selected, component);
  return FLOE_OK;
}

floe_error floe_connection_count(const floe_connection* connection, floe_counters* counters) {
  if (connection == nullptr || counters == nullptr) return FLOE_ERROR_ARGUMENT;
  floe_counters known{};
  floe::c::count(connection->connection.agent().counters(), known);
  floe::c::count(connection->connection.session().counters(), known);
  return floe::c::write_sized(known, counters) ? FLOE_OK : FLOE_ERROR_SIZE;
}

floe_error floe_connection_local_candidates(const floe_connection* connection,
                                            std::uint16_t component, floe_candidate* candidates,
                                            std::size_t max, std::size_t* count) {
  if (connection == nullptr) return FLOE_ERROR_ARGUMENT;
  const CandidateBuffer buffer{component, candidates, max, count};
  return copy(connection->connection.agent().local_candidates(), *connection, buffer);
}

floe_error floe_connection_remote_candidates(const floe_connection* connection,
                                             std::uint16_t component, floe_candidate* candidates,
                                             std::size_t max, std::size_t* count) {
  if (connection == nullptr) return FLOE_ERROR_ARGUMENT;
  const CandidateBuffer buffer{component, candidates, max, count};
  return copy(connection->connection.agent().remote_candidates(), *connection, buffer);
}

std::size_t floe_connection_max_datagram_size(const floe_connection* connection,
                                              std::uint16_t component) {
  if (connection == nullptr || component == 0 || component > connection->components) return 0;
  return connection->connection.max_datagram_size(component);
}

floe_error floe_connection_security(const floe_connection* connection, floe_security* security) {
  if (connection == nullptr || security == nullptr) return FLOE_ERROR_ARGUMENT;
  if (!connection->secured) return FLOE_ERROR_NOT_CONNECTED;
  const floe_security known = floe::c::to_c(*connection->secured);
  return floe::c::write_sized(known, security) ? FLOE_OK : FLOE_ERROR_SIZE;
}

floe_error floe_connection_export_keying_material(const floe_connection* connection,
                                                  std::uint16_t component, const char* label,
                                                  std::uint8_t* out, std::size_t size) {
  if (connection == nullptr || label == nullptr || out == nullptr) return FLOE_ERROR_ARGUMENT;
  if (component == 0 || component > connection->components || size == 0) return FLOE_ERROR_ARGUMENT;
  const floe::Connection& end = connection->connection;
  if (!connection->secured || end.max_datagram_size(component) == 0) {
    return FLOE_ERROR_NOT_CONNECTED;
  }
  const auto keys = end.export_keying_material(label, size, component);
  if (!keys) return FLOE_ERROR_ARGUMENT;
  std::ranges::copy(*keys, out);
  return FLOE_OK;
}

const char* floe_connection_explanation(floe_connection* connection) {
  if (connection == nullptr) return "";
  connection->explanation =
      connection->insecure.empty() ? connection->connection.explanation() : connection->insecure;
  return connection->explanation.c_str();
}

const char* floe_connection_peer_name(const floe_connection* connection) {
  return connection == nullptr ? "" : connection->peer.name.c_str();
}

const char* floe_connection_peer_id(const floe_connection* connection) {
  return connection == nullptr ? "" : connection->peer.id.c_str();
}

int floe_connection_peer_offers(const floe_connection* connection, const char* service) {
  if (connection == nullptr || service == nullptr) return 0;
  return connection->peer.offers.has(service) ? 1 : 0;
}

void floe_connection_set_user(floe_connection* connection, void* user) {
  if (connection != nullptr) connection->user = user;
}

void* floe_connection_get_user(const floe_connection* connection) {
  return connection == nullptr ? nullptr : connection->user;
}
