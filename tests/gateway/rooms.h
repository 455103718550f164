// A server of rooms on loopback, in the process of a test.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <utility>

#include "floe/native/http_server.h"
#include "floe/native/system_host.h"
#include "signal_service.h"

namespace floe::gateway::test {

inline GatewayOptions for_tests() {
  GatewayOptions options;
  options.insecure_dev = true;
  return options;
}

inline native::HttpServerOptions on_loopback() {
  native::HttpServerOptions options;
  options.address.ip = IpAddress::loopback(Family::ipv4);
  return options;
}

struct Rooms {
  /// Does not listen yet.
  explicit Rooms(GatewayOptions chosen)
      : options(std::move(chosen)),
        signal(host, access_control, refusals),
        server(host.web_socket_engine(), on_loopback()) {
    server.add_subprotocol("floe.signal.1", signal);
  }
  Rooms() : Rooms(for_tests()) { listen(); }
  void listen() { REQUIRE(server.listen()); }
  std::string url() const { return "ws://" + server.address().to_text() + "/signal/home"; }

  native::SystemHost host;
  GatewayOptions options;
  AccessControl access_control{options};
  RefusalLog refusals{host.api().log};
  SignalService signal;
  native::HttpServer server;
};

}  // namespace floe::gateway::test
