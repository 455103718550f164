// `floe stun` and `floe nat`, run as people run them, against a server of the test's own.
#include <catch2/catch_test_macros.hpp>

#include "child_process.h"
#include "discovery_server.h"
#include "floe/crypto/mbedtls_crypto.h"
#include "floe/json/document.h"
#include "floe/stun/attributes/address.h"
#include "floe/stun/long_term_authenticator.h"
#include "floe/stun/message_builder.h"
#include "loop_runner.h"
#include "udp_peer.h"

namespace floe::native {
namespace {

using test::ChildProcess;
using test::ChildResult;
using test::DiscoveryServer;
using namespace std::chrono_literals;

class OneUser final : public stun::Accounts {
 public:
  std::optional<std::string> password_of(std::string_view username) const override {
    if (username != "alice") return std::nullopt;
    return "secret";
  }
};

ChildResult run(Loop& loop, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), FLOE_COMMAND);
  return ChildProcess(std::move(arguments)).finish(loop, 20s);
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string member(const std::string& text, std::string_view name) {
  const auto document = json::Document::parse(text);
  REQUIRE(document);
  const auto value = document->root().member(name);
  REQUIRE(value);
  REQUIRE(value->string());
  return std::string(*value->string());
}

}  // namespace

TEST_CASE("floe stun tells where this machine is seen", "[native][cli]") {
  Loop loop;
  DiscoveryServer server(loop);
  REQUIRE(server.is_open());
  const ChildResult text = run(loop, {"stun", server.uri()});
  CAPTURE(text.output, text.errors);
  CHECK(text.exit_status == 0);
  CHECK(has(text.output, "Mapped       127.0.0.1:"));
  CHECK(has(text.output, "Software     floe test"));
  CHECK(has(text.output, "NAT          no"));
  CHECK(text.errors.empty());

  const ChildResult json = run(loop, {"stun", server.uri(), "--json"});
  CHECK(json.exit_status == 0);
  CHECK(member(json.output, "mapped") == member(json.output, "local"));
  CHECK(member(json.output, "software") == "floe test");
}

TEST_CASE("floe stun reads what an old server says, as the agent does", "[native][cli]") {
  test::UdpWorld world;
  test::UdpPeer server(world.sockets, test::kLoopback);
  server.then = [&] {
    const test::UdpReceived& request = server.received.back();
    const auto message = stun::MessageView::parse(request.payload);
    REQUIRE(message);
    std::array<std::uint8_t, 64> buffer;
    stun::MessageBuilder answer(buffer, stun::Class::success, stun::Method::binding,
                                message->transaction_id());
    server.socket->send(request.remote, *answer.add(stun::MappedAddress{request.remote}).finish());
  };
  test::run_for(world.loop, 10ms);
  REQUIRE(server.bound);
  const std::string port = std::to_string(server.local.port);
  for (const char* const command : {"stun", "nat"}) {
    const ChildResult result = run(world.loop, {command, "127.0.0.1:" + port});
    CAPTURE(command, result.output, result.errors);
    CHECK(result.exit_status == 0);
    CHECK(has(result.output, "Mapped       127.0.0.1:"));
  }
}

TEST_CASE("floe stun takes names, and servers without a scheme", "[native][cli]") {
  Loop loop;
  DiscoveryServer server(loop);
  REQUIRE(server.is_open());
  const std::string port = std::to_string(server.port());
  for (const std::string& name : {"localhost:" + port, "stun:localhost:" + port}) {
    const ChildResult result = run(loop, {"stun", name, "--family", "4"});
    CAPTURE(result.output, result.errors);
    CHECK(result.exit_status == 0);
    CHECK(has(result.output, "localhost (127.0.0.1:" + port + ")"));
  }
}

TEST_CASE("floe stun gives the password that it is told", "[native][cli]") {
  Loop loop;
  MbedtlsCrypto crypto;
  OneUser users;
  stun::LongTermAuthenticator authenticator(crypto, users, {.realm = "example.org"},
                                            as_bytes("0123456789abcdef"));
  DiscoveryServer server(loop, &authenticator);
  REQUIRE(server.is_open());
  const ChildResult right =
      run(loop, {"stun", server.uri(), "--user", "alice", "--pass", "secret"});
  CAPTURE(right.errors);
  CHECK(right.exit_status == 0);
  const ChildResult wrong = run(loop, {"stun", server.uri(), "--user", "alice", "--pass", "no"});
  CHECK(wrong.exit_status == 1);
  CHECK(has(wrong.errors, "does not accept the username or the password"));
  const ChildResult none = run(loop, {"stun", server.uri(), "--json"});
  CHECK(none.exit_status == 1);
  CHECK(has(member(none.output, "error"), "asks for a username and a password"));
}

TEST_CASE("floe nat finds no NAT on one machine", "[native][cli]") {
  Loop loop;
  DiscoveryServer server(loop);
  REQUIRE(server.is_open());
  const ChildResult text = run(loop, {"nat", server.uri(), "--bind", "127.0.0.1"});
  CAPTURE(text.output, text.errors);
  CHECK(text.exit_status == 0);
  CHECK(has(text.output, "Mapping      no NAT"));
  CHECK(has(text.output, "Filtering    endpoint-independent"));
  CHECK(has(text.output, "RFC 3489     open Internet"));
  CHECK(has(text.output, "All peers can connect to this host directly."));

  // From another address of this host than the server's, and as JSON.
  const ChildResult json = run(loop, {"nat", server.uri(), "--bind", "127.0.0.3", "--json"});
  CHECK(json.exit_status == 0);
  CHECK(member(json.output, "mapped") == member(json.output, "local"));
  CHECK(has(member(json.output, "local"), "127.0.0.3:"));
  CHECK(member(json.output, "classicType") == "open Internet");
  CHECK(member(json.output, "serverSupport") == "full");
}

TEST_CASE("the command says what is wrong and what to do", "[native][cli]") {
  Loop loop;
  const ChildResult unbindable =
      run(loop, {"stun", "stun:127.0.0.1", "--bind", "192.0.2.1", "--json"});
  CHECK(unbindable.exit_status == 1);
  CHECK(has(unbindable.errors, "Name an address of this machine with --bind"));
  CHECK(has(member(unbindable.output, "error"), "192.0.2.1"));
  const ChildResult family = run(loop, {"nat", "stun:127.0.0.1", "--family", "6"});
  CHECK(family.exit_status == 1);
  CHECK(has(family.errors, "has no address of the family"));

  for (const std::string uri : {"turn:127.0.0.1", "stuns:127.0.0.1", "stun:", "stun:[::1", ""}) {
    const ChildResult result = run(loop, {"nat", uri});
    CAPTURE(uri, result.errors);
    CHECK(result.exit_status == 2);
    CHECK(result.output.empty());
  }
}

}  // namespace floe::native
