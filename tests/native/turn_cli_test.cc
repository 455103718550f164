// `floe turn`, and `floe stun` over TCP and TLS, run as people run them.
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>

#include "child_process.h"
#include "floe/stun/binding_server.h"
#include "relay_server.h"
#include "stream_server.h"
#include "temporary_directory.h"

namespace floe::native {
namespace {

using test::ChildProcess;
using test::ChildResult;
using test::RelayServer;
using namespace std::chrono_literals;

ChildResult run(Loop& loop, const std::vector<std::string>& arguments) {
  std::vector<std::string> all{FLOE_COMMAND};
  for (const std::string& argument : arguments) all.push_back(argument);
  return ChildProcess(std::move(all)).finish(loop, 20s);
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("floe turn tries a server out over UDP and TCP", "[native][cli][turn]") {
  Loop loop;
  RelayServer server(loop);
  for (const char* transport : {"udp", "tcp"}) {
    const std::string uri = server.uri() + "?transport=" + transport;
    const ChildResult result = run(loop, {"turn", uri, "--user", "alice", "--pass", "secret"});
    CAPTURE(transport, result.output, result.errors);
    CHECK(result.exit_status == 0);
    CHECK(has(result.output, "Relayed      127.0.0.1:"));
    CHECK(has(result.output, "Mapped       127.0.0.1:"));
    CHECK(has(result.output, "Lifetime     600 s"));
    CHECK(has(result.output, "Echo "));
    CHECK(has(result.output, "By channel "));
    CHECK(has(result.output, "Connect ") == (std::string_view(transport) == "tcp"));
    CHECK(test::run_until(loop, [&] { return server.allocation_count() == 0; }));
  }
}

TEST_CASE("floe turn takes the password from the environment", "[native][cli][turn]") {
  Loop loop;
  RelayServer server(loop);
  REQUIRE(setenv("FLOE_TEST_PASSWORD", "secret", 1) == 0);
  const ChildResult result = run(loop, {"turn", server.uri(), "--user", "alice", "--pass-env",
                                        "FLOE_TEST_PASSWORD", "--json"});
  CAPTURE(result.output, result.errors);
  CHECK(result.exit_status == 0);
  CHECK(has(result.output, "\"echoMs\":"));
  const ChildResult missing =
      run(loop, {"turn", server.uri(), "--user", "alice", "--pass-env", "NO_SUCH_VARIABLE"});
  CHECK(missing.exit_status == 2);
}

TEST_CASE("floe turn says what is wrong and what to change", "[native][cli][turn]") {
  Loop loop;
  RelayServer server(loop);
  const ChildResult nobody = run(loop, {"turn", server.uri()});
  CHECK(nobody.exit_status == 1);
  CHECK(has(nobody.errors, "set --user and --pass"));
  const ChildResult wrong = run(loop, {"turn", server.uri(), "--user", "alice", "--pass", "wrong"});
  CHECK(wrong.exit_status == 1);
  CHECK(has(wrong.errors, "Check --user and --pass"));
  server.forbid_peers();
  const ChildResult forbidden =
      run(loop, {"turn", server.uri(), "--user", "alice", "--pass", "secret"});
  CAPTURE(forbidden.output, forbidden.errors);
  CHECK(forbidden.exit_status == 1);
  CHECK(has(forbidden.output, "no datagram passed"));
  const ChildResult closed = run(loop, {"turn", "turn:127.0.0.1:9?transport=tcp"});
  CHECK(closed.exit_status == 1);
  CHECK(has(closed.errors, "connection refused"));
}

TEST_CASE("floe turn echoes what fills a frame", "[native][cli][turn]") {
  Loop loop;
  RelayServer server(loop);
  server.ignore_frames_below(9);
  const ChildResult result =
      run(loop, {"turn", server.uri() + "?transport=tcp", "--user", "alice", "--pass", "secret"});
  CAPTURE(result.output, result.errors);
  CHECK(result.exit_status == 0);
  CHECK(has(result.output, "By channel "));
}

TEST_CASE("floe turn says when answers came that are not authentic", "[native][cli][turn]") {
  Loop loop;
  RelayServer server(loop);
  server.sign_nothing();
  for (const char* transport : {"udp", "tcp"}) {
    const ChildResult result = run(loop, {"turn", server.uri() + "?transport=" + transport,
                                          "--user", "alice", "--pass", "secret"});
    CAPTURE(transport, result.output, result.errors);
    CHECK(result.exit_status == 1);
    CHECK(has(result.errors, "the server's answers are not signed. The fault is the server's"));
    CHECK_FALSE(has(result.errors, "UDP may be blocked"));
  }
}

TEST_CASE("floe stun asks over TCP", "[native][cli]") {
  Loop loop;
  RelayServer server(loop);
  const ChildResult result = run(loop, {"stun", "stun:" + server.address().to_text(), "--tcp"});
  CAPTURE(result.output, result.errors);
  CHECK(result.exit_status == 0);
  CHECK(has(result.output, "Transport    TCP"));
  CHECK(has(result.output, "Mapped       127.0.0.1:"));
}

TEST_CASE("floe stun asks over TLS, and believes the right server only", "[native][cli][tls]") {
  Loop loop;
  test::TemporaryDirectory directory;
  const auto certificate = test::make_certificate("localhost");
  const std::string ca = directory.write("ca.pem", certificate.certificate_pem);
  test::StreamServer server(loop, &certificate);
  stun::BindingServer binding({.software = "floe test"});
  server.on_bytes = [&](std::string_view request) {
    std::array<std::uint8_t, stun::kAnswerSizeMax> buffer;
    const auto answer =
        binding.answer(loop.now(), {server.address(), server.address(), as_bytes(request)}, buffer);
    if (answer) server.send(as_text(answer->bytes));
  };
  const std::string uri = "stuns:localhost:" + std::to_string(server.address().port);
  const ChildResult right = run(loop, {"stun", uri, "--family", "4", "--tls-ca", ca});
  CAPTURE(right.output, right.errors);
  CHECK(right.exit_status == 0);
  CHECK(has(right.output, "Transport    TLS"));
  const ChildResult unknown = run(loop, {"stun", uri, "--family", "4"});
  CHECK(unknown.exit_status == 1);
  CHECK(has(unknown.errors, "no trusted authority signed the server's certificate"));
}

}  // namespace floe::native
