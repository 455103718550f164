// A gateway's tunnels on loopback, and clients of them, on one loop.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "address_policy.h"
#include "floe/native/gateway_host.h"
#include "floe/native/http_server.h"
#include "floe/rooms/access_control.h"
#include "loop_runner.h"
#include "tunnel_service.h"

namespace floe::gateway::test {

/// One end of what clients say to each other.
struct UdpEnd final : DatagramListener {
  void on_bound(DatagramSocket&, const TransportAddress& address) override { local = address; }
  void on_socket_failed(DatagramSocket&, BindError why) override { error = why; }
  void on_datagram(DatagramSocket&, const Datagram& datagram) override {
    to = datagram.local;
    from = datagram.remote;
    received.emplace_back(as_text(datagram.payload));
  }

  std::optional<TransportAddress> local;
  std::optional<BindError> error;
  std::optional<TransportAddress> to;
  std::optional<TransportAddress> from;
  std::vector<std::string> received;
  std::unique_ptr<DatagramSocket> socket;
};

struct Told final : ResolveListener {
  void on_resolved(const std::vector<IpAddress>& found, std::string_view why) override {
    addresses = found;
    error = why;
    ++times;
  }

  std::vector<IpAddress> addresses;
  std::string error;
  int times = 0;
};

struct TunnelWorld {
  explicit TunnelWorld(const GatewayOptions& gateway_options)
      : options(gateway_options), host(quiet()) {}

  void start() {
    shared.emplace(options, host.api().crypto, host.api().random);
    policy.emplace(options.reachable());
    tunnel.emplace(host, host.udp_sockets(), options, *shared, *policy, refusals, strangers);
    native::HttpServerOptions at;
    at.address.ip = IpAddress::loopback(Family::ipv4);
    server.emplace(host.web_socket_engine(), at);
    server->add_subprotocol("floe.tunnel.1", *tunnel);
    REQUIRE(server->listen());
  }

  native::GatewayHost& add_client() {
    clients.push_back(std::make_unique<native::GatewayHost>(
        host, "ws://" + server->address().to_text() + "/tunnel", options.secret));
    return *clients.back();
  }

  /// Binds a socket at the first address that the client is offered, or hears why not.
  void bind(native::GatewayHost& client, UdpEnd& end, std::uint16_t first = 0,
            std::uint16_t last = 0) {
    const auto api = client.api();
    REQUIRE(run_until([&] {
      const auto offered = api.network.addresses();
      return offered && !offered->empty();
    }));
    const IpAddress ip = api.network.addresses()->front().ip;
    end.socket = api.datagram_sockets.open({ip, first, last}, end);
    REQUIRE(run_until([&] { return end.local || end.error; }));
  }

  template <class Predicate>
  bool run_until(Predicate done) {
    return native::test::run_until(host.loop(), done);
  }

  static native::SystemHostOptions quiet() {
    native::SystemHostOptions options;
    options.log_minimum = LogLevel::error;
    return options;
  }

  GatewayOptions options;
  native::SystemHost host;
  rooms::RefusalLog refusals{host.api().log, "gateway"};
  std::optional<Shared> shared;
  native::Strangers strangers;
  std::optional<AddressPolicy> policy;
  std::optional<TunnelService> tunnel;
  std::optional<native::HttpServer> server;
  std::vector<std::unique_ptr<native::GatewayHost>> clients;
};

/// Data needs no consent: what is asked is whom addresses let through.
inline GatewayOptions with_token() {
  GatewayOptions options;
  options.consent.policy = ConsentPolicy::any;
  options.secret = "sixteen characters";
  options.admission.accept_secret = true;
  return options;
}

}  // namespace floe::gateway::test
