// The doctor behind simulated networks: what it finds, and what it advises.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "floe/probes/doctor.h"
#include "floe/sim/two_hosts.h"
#include "sim_probe_host.h"

namespace floe::probes::test {
namespace {

using sim::TwoHosts;

Diagnosis examine(TwoHosts& net, std::vector<Server> servers) {
  SimProbeHost host(net.world(), net.left());
  return examine(host, {.servers = std::move(servers), .bind = {}}, [](const Finding&) {});
}

const Finding& finding(const Diagnosis& diagnosis, std::string_view subject) {
  const auto found = std::ranges::find(diagnosis.findings, subject, &Finding::subject);
  REQUIRE(found != diagnosis.findings.end());
  return *found;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::vector<Server> of_version_4(const TwoHosts& net) {
  std::vector<Server> servers = net.servers();
  std::erase_if(servers, [](const Server& server) { return has(server.uri.text, "["); });
  return servers;
}

}  // namespace

TEST_CASE("behind a usual NAT with its servers all works", "[probes]") {
  TwoHosts net({.left = sim::network_kind("port-restricted"), .turn = true});
  const Diagnosis diagnosis = examine(net, of_version_4(net));
  for (const Finding& one : diagnosis.findings) {
    CAPTURE(one.subject, one.text);
    CHECK(one.verdict != Verdict::fails);
  }
  CHECK(has(finding(diagnosis, "stun:192.0.2.200").text, "the address of a NAT"));
  CHECK(has(finding(diagnosis, "turn:192.0.2.201").text, "relays at 192.0.2.201:"));
  CHECK(has(finding(diagnosis, "turn:192.0.2.201?transport=tcp").text, "over TCP"));
  CHECK(has(finding(diagnosis, "Datagram size").text, "1472 bytes pass"));
  CHECK(has(finding(diagnosis, "Connecting").text, "two agents here met in"));
  CHECK(diagnosis.advice == "All that was tried works.");
}

TEST_CASE("where UDP is blocked the relay over TCP is the advice", "[probes]") {
  TwoHosts net({.left = sim::network_kind("UDP blocked"), .turn = true});
  const Diagnosis diagnosis = examine(net, of_version_4(net));
  CHECK(finding(diagnosis, "stun:192.0.2.200").verdict == Verdict::fails);
  CHECK(finding(diagnosis, "turn:192.0.2.201").verdict == Verdict::fails);
  CHECK(finding(diagnosis, "turn:192.0.2.201?transport=tcp").verdict == Verdict::works);
  CHECK(finding(diagnosis, "NAT").verdict == Verdict::skipped);
  CHECK(has(diagnosis.advice, "connect through the TURN server over TCP or TLS"));
}

TEST_CASE("a server that says nothing is told with what to do", "[probes]") {
  TwoHosts net;
  net.stun().set_silent(true);
  const Diagnosis diagnosis = examine(net, of_version_4(net));
  const Finding& stun = finding(diagnosis, "stun:192.0.2.200");
  CHECK(stun.verdict == Verdict::fails);
  CHECK(has(stun.text, "nothing came back from 192.0.2.200:3478"));
  CHECK(has(diagnosis.advice, "Nothing came back from the servers over UDP"));
}

TEST_CASE("a wrong password is found, and the rest is examined all the same", "[probes]") {
  TwoHosts net({.turn = true});
  std::vector<Server> servers = of_version_4(net);
  for (Server& server : servers) server.password = server.password.empty() ? "" : "wrong";
  const Diagnosis diagnosis = examine(net, servers);
  CHECK(has(finding(diagnosis, "turn:192.0.2.201").text, "Check --user and --pass"));
  CHECK(finding(diagnosis, "Connecting").verdict == Verdict::works);
  CHECK(has(diagnosis.advice, "need a TURN server"));
}

TEST_CASE("without servers only this machine is examined", "[probes]") {
  TwoHosts net;
  SimProbeHost host(net.world(), net.left());
  CHECK(run_doctor(host, {}, false) == 0);
  CHECK(has(host.printed, "ok       UDP            a datagram passed on "));
  CHECK(has(host.printed, "skipped  NAT            needs a STUN server"));
  CHECK(has(host.printed, "\nThis machine by itself is ready."));
  SimProbeHost again(net.world(), net.left());
  CHECK(run_doctor(again, {}, true) == 0);
  CHECK(has(again.printed, "{\"findings\":[{\"subject\":\"Addresses\",\"verdict\":\"ok\""));
}

}  // namespace floe::probes::test
