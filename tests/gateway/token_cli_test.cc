// `floe token` and `floe-gateway`, run as people run them.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>

#include "child_process.h"
#include "floe/crypto/mbedtls_crypto.h"
#include "floe/json/document.h"
#include "floe/native/gateway_host.h"
#include "floe/native/system_host.h"
#include "floe/rooms/access_control.h"
#include "floe/token/verifier.h"
#include "minted.h"

using namespace floe;
using gateway::test::kSecret;
using gateway::test::minted;
using gateway::test::some_claims;
using native::test::ChildProcess;
using native::test::ChildResult;

namespace {

struct Environment {
  explicit Environment(const char* secret) { setenv("FLOE_GATEWAY_SECRET", secret, 1); }
  ~Environment() { unsetenv("FLOE_GATEWAY_SECRET"); }
};

ChildResult mint(std::vector<std::string> arguments) {
  native::Loop loop;
  arguments.insert(arguments.begin(), {FLOE_COMMAND, "token"});
  return ChildProcess(std::move(arguments)).finish(loop, 20s);
}

/// The address that a gateway says it listens on.
std::string address_of(const ChildResult& result) {
  const auto end = result.output.find('\n');
  if (end == std::string::npos) return {};
  const auto line = json::Document::parse(result.output.substr(0, end));
  const auto address = line ? line->root().member("address") : std::nullopt;
  return address ? std::string(address->string().value_or("")) : std::string();
}

}  // namespace

TEST_CASE("floe token prints a token that its gateway takes", "[gateway][cli]") {
  const Environment environment(kSecret);
  const ChildResult result = mint({"--room",         "lab",
                                   "--room",         "hall",
                                   "--ttl",          "120",
                                   "--subject",      "alice",
                                   "--max-sockets",  "2",
                                   "--max-bps",      "1000000",
                                   "--max-sessions", "3",
                                   "--consent",      "ice",
                                   "--allow",        "198.51.100.0/24",
                                   "--origin",       "https://page.example",
                                   "--ice-server",   "stun:192.0.2.1",
                                   "--native",       "--multi"});
  CHECK(result.exit_status == 0);
  CHECK(result.errors.empty());
  REQUIRE(result.output.ends_with('\n'));
  const std::string token = result.output.substr(0, result.output.size() - 1);
  CHECK(token.find_first_of(" \n") == std::string::npos);
  MbedtlsCrypto crypto;
  const token::Verifier verifier(crypto, {.secrets = {kSecret}});
  const auto verified = verifier.verify(token, rooms::unix_now());
  REQUIRE(verified);
  const token::Grant& grant = verified->grant;
  CHECK(grant.subject == "alice");
  CHECK(grant.id.size() == 32);
  CHECK(grant.expires_at <= rooms::unix_now() + 120);
  CHECK(grant.expires_at >= rooms::unix_now() + 90);
  CHECK(grant.rooms == std::vector<std::string>{"lab", "hall"});
  CHECK(grant.max_sockets == 2);
  CHECK(grant.max_bps == 1'000'000);
  CHECK(grant.max_sessions == 3);
  CHECK(grant.consent == token::ConsentRule::ice);
  CHECK(grant.allow.size() == 1);
  CHECK(grant.origins.size() == 1);
  CHECK(grant.ice_servers.size() == 1);
  CHECK(grant.native);
  CHECK(grant.multi);
}

TEST_CASE("floe token says what is wrong and prints nothing", "[gateway][cli]") {
  {
    const ChildResult without = mint({"--room", "lab"});
    CHECK(without.exit_status == 2);
    CHECK(without.output.empty());
    CHECK(without.errors.find("FLOE_GATEWAY_SECRET") != std::string::npos);
  }
  const Environment environment(kSecret);
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{"--allow", "10.0.0.1/8"},
                                                {"--ttl", "0"},
                                                {"--ttl", "86401"},
                                                {"--consent", "none"},
                                                {"--subject", std::string(129, 'a')},
                                                {"--max-sockets", "0"},
                                                {"--secret", kSecret},
                                                {"--room", "a\nb"}}) {
    const ChildResult result = mint(wrong);
    CAPTURE(wrong[0], wrong[1]);
    CHECK(result.exit_status == 2);
    CHECK(result.output.empty());
    CHECK_FALSE(result.errors.empty());
  }
}

TEST_CASE("the help of floe token fits a screen", "[gateway][cli]") {
  const ChildResult help = mint({"--help"});
  CHECK(help.exit_status == 0);
  INFO(help.output);
  CHECK(std::ranges::count(help.output, '\n') <= 40);
}

TEST_CASE("neither a secret nor a token is in what a gateway writes", "[gateway][cli]") {
  const Environment environment(kSecret);
  native::SystemHostOptions quiet;
  quiet.log_minimum = LogLevel::error;
  native::SystemHost host(quiet);
  ChildProcess gateway({FLOE_GATEWAY, "--verbose", "--listen", "127.0.0.1:0", "--audit-log", "-"});
  REQUIRE(
      native::test::run_until(host.loop(), [&] { return !address_of(gateway.hear()).empty(); }));
  const std::string at = address_of(gateway.hear());
  const std::string good = minted(some_claims());
  const std::string bad = minted(some_claims(), "another secret of 16");
  std::vector<std::string> outcomes;
  std::vector<std::unique_ptr<native::GatewayHost>> clients;
  struct Sink final : DatagramListener {
    void on_bound(DatagramSocket&, const TransportAddress&) override { ++answers; }
    void on_socket_failed(DatagramSocket&, BindError) override { ++answers; }
    void on_datagram(DatagramSocket&, const Datagram&) override {}
    int answers = 0;
  } sink;
  std::vector<std::unique_ptr<DatagramSocket>> sockets;
  for (const std::string& token : {good, bad, std::string(kSecret)}) {
    for (const std::string query : {"", "?token="}) {
      const std::string url = "ws://" + at + "/tunnel" + (query.empty() ? "" : query + token);
      clients.push_back(std::make_unique<native::GatewayHost>(host, url, token));
      clients.back()->on_lost = [](const native::GatewayLost&) {};
      BindRequest request;
      request.ip = IpAddress::loopback(Family::ipv4);
      sockets.push_back(clients.back()->api().datagram_sockets.open(request, sink));
    }
  }
  REQUIRE(native::test::run_until(host.loop(), [&] { return sink.answers == 6; }));
  const ChildResult& said = gateway.hear();
  REQUIRE(native::test::run_until(
      host.loop(), [&] { return gateway.hear().output.find("socket-open") != std::string::npos; }));
  const std::string all = said.output + said.errors;
  CHECK(all.find("its token is in the URL") != std::string::npos);
  CHECK(all.find("is no key of this gateway") != std::string::npos);
  CHECK(all.find(kSecret) == std::string::npos);
  for (const std::string& token : {good, bad}) {
    CHECK(all.find(token.substr(token.rfind('.'))) == std::string::npos);
    CHECK(all.find(token.substr(0, token.rfind('.'))) == std::string::npos);
  }
}
