// A host of the C API under test, on loopback, and a room on a server that is not there.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <string>
#include <vector>

#include "floe/floe_native.h"

namespace floe::c::test {

struct DestroyHost {
  void operator()(floe_host* host) const { floe_host_destroy(host); }
};
using OwnedHost = std::unique_ptr<floe_host, DestroyHost>;

struct Log {
  std::vector<std::string> lines;
  std::vector<floe_room_state> states;

  static void line(void* user, floe_log_level, const char* area, const char* text) {
    static_cast<Log*>(user)->lines.push_back(std::string(area) + ": " + text);
  }
  static void state(void* user, floe_room_state state) {
    static_cast<Log*>(user)->states.push_back(state);
  }
};

inline const char* const kLoopbackText = "127.0.0.1";

inline floe_host_config on_loopback(Log& log) {
  floe_host_config config{};
  config.size = sizeof config;
  config.only_addresses = &kLoopbackText;
  config.only_address_count = 1;
  config.log = Log::line;
  config.log_user = &log;
  config.log_minimum = FLOE_LOG_DEBUG;
  return config;
}

inline OwnedHost make_host(Log& log) {
  const floe_host_config config = on_loopback(log);
  floe_host* host = nullptr;
  REQUIRE(floe_host_create(&config, &host) == FLOE_OK);
  return OwnedHost(host);
}

inline floe_room_config to_nowhere(Log& log) {
  floe_room_config config{};
  config.size = sizeof config;
  config.url = "ws://127.0.0.1:1/signal/room";
  config.name = "device";
  config.user = &log;
  config.on_room_state = Log::state;
  return config;
}

}  // namespace floe::c::test
