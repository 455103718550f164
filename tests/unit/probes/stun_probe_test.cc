// `floe stun` and a simulated server.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/probes/stun.h"
#include "floe/sim/two_hosts.h"
#include "sim_probe_host.h"

namespace floe::probes::test {

TEST_CASE("a STUN server's answer is read whatever its length, up to an MTU", "[probes]") {
  const auto size = GENERATE(std::size_t{0}, std::size_t{552}, std::size_t{1200});
  sim::TwoHosts net({.left = sim::network_kind("port-restricted")});
  net.stun().set_answer_size(size);
  SimProbeHost host(net.world(), net.left());
  ServerOptions server;
  server.server = *parse_server_uri("stun:192.0.2.200");
  const StunAnswer answer = ask_stun(host, {.server = server, .credentials = {}});
  CHECK(answer.error.empty());
  CHECK(answer.mapped.to_text().starts_with("198.18.1."));
}

}  // namespace floe::probes::test
