#include <catch2/catch_test_macros.hpp>
#include <optional>

#include "temporary_directory.h"
#include "test_certificate.h"
#include "web_socket_world.h"

namespace floe::native {
namespace {

using test::numbered;
using test::TemporaryDirectory;
using test::WebSocketWorld;

struct SecureWorld {
  /// A server with a certificate for `name`, clients that trust it, or the other one.
  explicit SecureWorld(const std::string& name, bool trusted = true) {
    const test::TestCertificate made = test::make_certificate(name);
    const test::TestCertificate other = test::make_certificate(name);
    const test::CertificateFiles files{directory.write("server.pem", made.certificate_pem),
                                       directory.write("server.key", made.key_pem)};
    WebSocketClientOptions client;
    client.tls_ca_file =
        directory.write("ca.pem", trusted ? made.certificate_pem : other.certificate_pem);
    world.emplace(HttpServerOptions{}, std::move(client), files);
    REQUIRE(world->is_certified);
    REQUIRE(world->server->listen());
  }
  std::unique_ptr<test::End> connect(const std::string& host) {
    return world->connect_to("wss://" + host + ":" + std::to_string(world->server->address().port) +
                             "/");
  }

  TemporaryDirectory directory;
  std::optional<WebSocketWorld> world;
};

}  // namespace

TEST_CASE("messages go both ways over TLS, large ones too", "[native][websocket][tls]") {
  SecureWorld secure("localhost");
  secure.world->acceptor.echo = true;
  auto client = secure.connect("localhost");
  REQUIRE(secure.world->run_until([&] { return client->open || client->closed_count != 0; }));
  CAPTURE(client->reason);
  REQUIRE(client->open);
  for (std::size_t i = 0; i < 20; ++i) {
    REQUIRE(client->channel->send(MessageKind::binary, numbered(1 + i * 600, static_cast<int>(i))));
  }
  REQUIRE(secure.world->run_until([&] { return client->received.size() == 20; }));
  for (std::size_t i = 0; i < 20; ++i) {
    CHECK(client->received[i].bytes == numbered(1 + i * 600, static_cast<int>(i)));
  }
  REQUIRE(client->channel->send(MessageKind::binary, numbered(65'700, 1)));
  REQUIRE(secure.world->run_until([&] { return client->received.size() == 21; }));
  CHECK(client->received[20].bytes == numbered(65'700, 1));
  client->channel->close(1000, "");
  CHECK(secure.world->run_until([&] { return secure.world->server->connection_count() == 0; }));
}

TEST_CASE("a certificate must be vouched for, and name the server", "[native][websocket][tls]") {
  SECTION("by somebody else") {
    SecureWorld secure("localhost", false);
    auto client = secure.connect("localhost");
    REQUIRE(secure.world->run_until([&] { return client->closed_count == 1; }));
    CHECK_FALSE(client->open);
  }
  SECTION("for another name") {
    SecureWorld secure("example.org");
    auto client = secure.connect("localhost");
    REQUIRE(secure.world->run_until([&] { return client->closed_count == 1; }));
    CHECK_FALSE(client->open);
  }
  SECTION("for an address") {
    SecureWorld secure("127.0.0.1");
    auto client = secure.connect("127.0.0.1");
    REQUIRE(secure.world->run_until([&] { return client->open || client->closed_count != 0; }));
    CAPTURE(client->reason);
    CHECK(client->open);
  }
}

TEST_CASE("what can never connect is known before", "[native][websocket][tls]") {
  SecureWorld secure("localhost");
  WebSocketClients& trusting = secure.world->clients;
  CHECK(trusting.problem_with("wss://localhost/").empty());
  CHECK_FALSE(trusting.problem_with("https://localhost/").empty());
  CHECK_FALSE(trusting.problem_with("").empty());

  for (const std::string& file :
       {std::string("/nowhere/ca.pem"), secure.directory.write("empty.pem", "")}) {
    WebSocketWorld world({}, {.tls_ca_file = file});
    CHECK(world.clients.problem_with("wss://localhost/").find(file) != std::string::npos);
    CHECK(world.clients.problem_with("ws://localhost/").empty());
  }
}

TEST_CASE("a certificate must be readable, and its key be its own", "[native][http][tls]") {
  const TemporaryDirectory directory;
  const test::TestCertificate one = test::make_certificate("localhost");
  const test::TestCertificate other = test::make_certificate("localhost");
  const std::string certificate = directory.write("server.pem", one.certificate_pem);
  Loop loop;
  TlsTerminator tls(loop);
  CHECK_FALSE(tls.load("/does/not/exist.pem", "/does/not/exist.key"));
  CHECK_FALSE(tls.load(certificate, directory.write("other.key", other.key_pem)));
  CHECK(tls.load(certificate, directory.write("server.key", one.key_pem)));
}

}  // namespace floe::native
