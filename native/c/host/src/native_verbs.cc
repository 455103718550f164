// The functions of floe/floe_native.h about hosts and rooms: arguments are checked here.
#include <algorithm>

#include "floe/native/system_authorities.h"
#include "native_host.h"
#include "native_room.h"
#include "room_options.h"
#include "sized_struct.h"

namespace {

/// A longer wait would overflow in milliseconds; an early return is allowed.
constexpr floe::Duration kWaitMax = std::chrono::hours(1);

using floe::c::HostCall;
using floe::native::SystemHostOptions;

floe_error read_addresses(const floe_host_config& config, SystemHostOptions& options) {
  if (config.only_addresses == nullptr && config.only_address_count != 0) {
    return FLOE_ERROR_ARGUMENT;
  }
  for (std::size_t i = 0; i < config.only_address_count; ++i) {
    if (config.only_addresses[i] == nullptr) return FLOE_ERROR_ARGUMENT;
    const auto address = floe::IpAddress::parse(config.only_addresses[i]);
    if (!address) return FLOE_ERROR_ADDRESS;
    options.only_addresses.push_back(*address);
  }
  return FLOE_OK;
}

floe_error read_host_config(const floe_host_config& config, SystemHostOptions& options) {
  if (config.log_minimum > FLOE_LOG_ERROR) return FLOE_ERROR_ARGUMENT;
  options.log_minimum = floe::c::log_minimum_from_c(config.log_minimum);
  if (config.tls_ca_file != nullptr) {
    if (!floe::native::problem_with_authorities(config.tls_ca_file).empty()) return FLOE_ERROR_FILE;
    options.web_socket.tls_ca_file = config.tls_ca_file;
    options.streams.tls_ca_file = config.tls_ca_file;
  }
  return read_addresses(config, options);
}

}  // namespace

floe_error floe_host_create(const floe_host_config* config, floe_host** host) {
  if (host == nullptr) return FLOE_ERROR_ARGUMENT;
  SystemHostOptions options;
  floe_host_config known{};
  if (config != nullptr) {
    const auto read = floe::c::read_sized(config, sizeof(config->size));
    if (!read) return FLOE_ERROR_SIZE;
    known = *read;
    const floe_error error = read_host_config(known, options);
    if (error != FLOE_OK) return error;
  }
  auto made = std::make_unique<floe_host>(options, known.log, known.log_user);
  if (!made->is_open()) return FLOE_ERROR_SYSTEM;
  *host = made.release();
  return FLOE_OK;
}

floe_error floe_host_run(floe_host* host) {
  if (host == nullptr) return FLOE_ERROR_ARGUMENT;
  if (host->calls().in_callback()) return FLOE_ERROR_IN_CALLBACK;
  const HostCall call(*host);
  host->loop().run();
  return host->calls().is_doomed() ? FLOE_ERROR_CLOSED : FLOE_OK;
}

floe_error floe_host_run_once(floe_host* host, std::int64_t max_wait_us) {
  if (host == nullptr) return FLOE_ERROR_ARGUMENT;
  if (host->calls().in_callback()) return FLOE_ERROR_IN_CALLBACK;
  std::optional<floe::Duration> max_wait;
  if (max_wait_us >= 0) max_wait = std::min(floe::Duration(max_wait_us), kWaitMax);
  const HostCall call(*host);
  host->loop().run_once(max_wait);
  return host->calls().is_doomed() ? FLOE_ERROR_CLOSED : FLOE_OK;
}

void floe_host_stop(floe_host* host) {
  if (host != nullptr) host->loop().stop();
}

int floe_host_fd(floe_host* host) {
  return host == nullptr ? -1 : host->loop().fd();
}

void floe_host_destroy(floe_host* host) {
  if (host == nullptr) return;
  const HostCall call(*host);
  host->calls().doom();
  host->loop().stop();
}

floe_error floe_room_join(floe_host* host, const floe_room_config* config, floe_room** room) {
  if (host == nullptr || config == nullptr) return FLOE_ERROR_ARGUMENT;
  constexpr std::size_t kRequired =
      offsetof(floe_room_config, name) + sizeof(floe_room_config::name);
  const auto known = floe::c::read_sized(config, kRequired);
  if (!known) return FLOE_ERROR_SIZE;
  auto options = floe::c::read_room_options(*known);
  if (!options) return options.error();
  if (host->calls().is_doomed()) return FLOE_ERROR_CLOSED;
  const HostCall call(*host);
  floe_room* joined = host->join(*known, std::move(*options));
  if (joined == nullptr) return FLOE_ERROR_URL;
  if (host->calls().is_doomed()) return FLOE_ERROR_CLOSED;
  if (room != nullptr) *room = joined;
  return FLOE_OK;
}

floe_error floe_room_send(floe_room* room, std::uint16_t component, const void* data,
                          std::size_t size) {
  if (room == nullptr) return FLOE_ERROR_ARGUMENT;
  const HostCall call(room->object.owner());
  return room->object.send(component, data, size);
}

void floe_room_leave(floe_room* room) {
  if (room == nullptr) return;
  const HostCall call(room->object.owner());
  room->object.owner().leave(*room);
}
