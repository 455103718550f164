// A server of rooms on loopback, in the process of a test.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <utility>

#include "floe/native/http_server.h"
#include "floe/native/system_host.h"
#include "floe/rooms/signal_service.h"

namespace floe::rooms::test {

inline native::HttpServerOptions on_loopback() {
  native::HttpServerOptions options;
  options.address.ip = IpAddress::loopback(Family::ipv4);
  return options;
}

struct Rooms {
  /// Does not listen yet.
  explicit Rooms(Access access)
      : access_control(std::move(access)),
        signal(host, access_control, refusals, strangers),
        server(host.web_socket_engine(), on_loopback()) {
    server.add_subprotocol("floe.signal.1", signal);
  }
  Rooms() : Rooms(Access{.open = true}) { listen(); }
  void listen() { REQUIRE(server.listen()); }
  std::string url() const { return "ws://" + server.address().to_text() + "/signal/home"; }

  native::SystemHost host;
  AccessControl access_control;
  RefusalLog refusals{host.api().log, "rooms"};
  native::Strangers strangers;
  SignalService signal;
  native::HttpServer server;
};

}  // namespace floe::rooms::test
