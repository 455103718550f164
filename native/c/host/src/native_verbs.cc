// The functions of floe/floe_native.h about hosts and rooms: arguments are checked here.
#include <algorithm>
#include <optional>
#include <string>

#include "floe/native/stderr_log.h"
#include "floe/native/system_authorities.h"
#include "native_host.h"
#include "native_room.h"
#include "refusal.h"
#include "room_options.h"
#include "sized_struct.h"

namespace {

/// A longer wait would overflow in milliseconds; an early return is allowed.
constexpr floe::Duration kWaitMax = std::chrono::hours(1);

using floe::c::HostCall;
using floe::c::Refusal;
using floe::native::SystemHostOptions;

using Problem = std::optional<Refusal>;

Problem read_addresses(const floe_host_config& config, SystemHostOptions& options) {
  if (config.only_addresses == nullptr && config.only_address_count != 0) {
    return Refusal{FLOE_ERROR_ARGUMENT, "`only_addresses` is NULL, and its count not 0"};
  }
  for (std::size_t i = 0; i < config.only_address_count; ++i) {
    const char* text = config.only_addresses[i];
    if (text == nullptr) return Refusal{FLOE_ERROR_ARGUMENT, "`only_addresses` has a NULL in it"};
    const auto address = floe::IpAddress::parse(text);
    if (!address) {
      return Refusal{FLOE_ERROR_ADDRESS,
                     "`only_addresses`: \"" + std::string(text) + "\" is not an IP address"};
    }
    options.only_addresses.push_back(*address);
  }
  return std::nullopt;
}

Problem read_host_config(const floe_host_config& config, SystemHostOptions& options) {
  if (config.log_minimum > FLOE_LOG_ERROR) {
    return Refusal{FLOE_ERROR_ARGUMENT, "`log_minimum` has no such value"};
  }
  options.log_minimum = floe::c::log_minimum_from_c(config.log_minimum);
  if (config.tls_ca_file != nullptr) {
    std::string problem = floe::native::problem_with_authorities(config.tls_ca_file);
    if (!problem.empty()) return Refusal{FLOE_ERROR_FILE, "`tls_ca_file`: " + problem};
    options.web_socket.tls_ca_file = config.tls_ca_file;
    options.streams.tls_ca_file = config.tls_ca_file;
  }
  return read_addresses(config, options);
}

floe_error refuse(const floe_host_config& config, const Refusal& refusal) {
  const std::string text = "floe_host_config: " + refusal.why;
  if (config.log != nullptr) {
    config.log(config.log_user, FLOE_LOG_ERROR, "api", text.c_str());
  } else {
    floe::native::StderrLog().log(floe::LogLevel::error, "api", text);
  }
  return refusal.error;
}

floe_error refuse(floe_host& host, const Refusal& refusal) {
  host.log_sink().log(floe::LogLevel::error, "api", "floe_room_config: " + refusal.why);
  return refusal.error;
}

void warn_of_plaintext(floe_host& host) {
  host.log_sink().log(floe::LogLevel::warning, "dtls",
                      "`plaintext` is 1: everybody on the path can read and change what is sent");
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
    if (const Problem problem = read_host_config(known, options)) return refuse(known, *problem);
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
  auto options = floe::c::read_room_options(*known, host->random());
  if (!options) return refuse(*host, options.error());
  if (host->calls().is_doomed()) return FLOE_ERROR_CLOSED;
  const HostCall call(*host);
  std::string problem;
  floe_room* joined = host->join(*known, std::move(*options), problem);
  if (joined == nullptr) return refuse(*host, {FLOE_ERROR_URL, "`url`: " + problem});
  if (known->plaintext == 1) warn_of_plaintext(*host);
  if (host->calls().is_doomed()) return FLOE_ERROR_CLOSED;
  if (room != nullptr) *room = joined;
  return FLOE_OK;
}

floe_error floe_room_send(floe_room* room, std::uint16_t component, const void* data,
                          std::size_t size) {
  if (room == nullptr) return FLOE_ERROR_ARGUMENT;
  if (room->object == nullptr) return FLOE_ERROR_CLOSED;
  const HostCall call(room->host);
  return room->object->send(component, data, size);
}

void floe_room_leave(floe_room* room) {
  if (room == nullptr) return;
  const HostCall call(room->host);
  room->host.leave(*room);
}

void floe_room_release(floe_room* room) {
  if (room == nullptr) return;
  floe::c::HostObject& host = room->host;
  const HostCall call(host);
  host.release(*room);
}
