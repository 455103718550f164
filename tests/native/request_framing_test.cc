// Requests that libwebsockets would take, and that the RFCs refuse.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "raw_client.h"
#include "web_socket_world.h"

namespace floe::native {
namespace {

using test::RawClient;
using test::WebSocketWorld;

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("a request whose end is in doubt is refused, and the connection with it",
          "[native][http]") {
  WebSocketWorld world;
  world.server->add_document("/livez", [] { return HttpDocument{.body = "ok\n"}; });
  world.server->add_document("/other", [] { return HttpDocument{.body = "smuggled\n"}; });
  REQUIRE(world.server->listen());
  const auto answer_to = [&](std::string_view fields, std::string_view rest) {
    RawClient client(world.loop, world.server->address());
    client.send("GET /livez HTTP/1.1\r\nHost: test\r\n" + std::string(fields) + "\r\n" +
                std::string(rest));
    REQUIRE(client.receive_end());
    return client.received();
  };
  const std::string smuggled = "GET /other HTTP/1.1\r\nHost: test\r\n\r\n";
  const auto [fields, status] = GENERATE(table<const char*, const char*>({
      {"Content-Length: 46\r\nContent-Length: 0\r\n", " 400 "},
      {"Content-Length: 0\r\nContent-Length: 46\r\n", " 400 "},
      {"Content-Length : 46\r\n", " 400 "},
      {"Content-Length: 46\r\n", " 400 "},
      {"Content-Length: 0, 46\r\n", " 400 "},
      {"Content-Length: -1\r\n", " 400 "},
      {"Content-Length: 0x2e\r\n", " 400 "},
      {"Transfer-Encoding: chunked\r\n", " 501 "},
      {"Transfer-Encoding\t: chunked\r\n", " 400 "},
      {"Odd Name: 1\r\n", " 400 "},
  }));
  CAPTURE(fields);
  const std::string answer = answer_to(fields, smuggled);
  CHECK(has(answer.substr(0, 20), status));
  CHECK_FALSE(has(answer, "smuggled"));
}

TEST_CASE("a WebSocket begins as its RFC says, or not at all", "[native][http][websocket]") {
  WebSocketWorld world;
  REQUIRE(world.server->listen());
  const auto ask = [&](std::string_view first, std::string_view fields) {
    RawClient client(world.loop, world.server->address());
    client.send(std::string(first) +
                "\r\nHost: t\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
                "Sec-WebSocket-Protocol: floe.test.1\r\n" + std::string(fields) + "\r\n");
    REQUIRE(client.receive_until([&] { return has(client.received(), "\r\n\r\n"); }));
    return client.received();
  };
  const std::string get = "GET /x HTTP/1.1";
  const std::string version = "Sec-WebSocket-Version: 13\r\n";
  const std::string key = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
  CHECK(has(ask(get, version + key), " 101 "));
  const std::string other_version = ask(get, "Sec-WebSocket-Version: 12\r\n" + key);
  CHECK(has(other_version, " 426 "));
  CHECK(has(other_version, "sec-websocket-version: 13\r\n"));
  CHECK(has(ask(get, key), " 426 "));
  CHECK(has(ask(get, version), " 400 "));
  CHECK(has(ask(get, version + "Sec-WebSocket-Key: AAAA\r\n"), " 400 "));
  CHECK(has(ask(get, version + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=?\r\n"), " 400 "));
  CHECK(has(ask("GET /x HTTP/1.0", version + key), " 400 "));
  CHECK(has(ask("POST /x HTTP/1.1", version + key), " 400 "));
  CHECK(world.acceptor.requests.size() == 1);
}

}  // namespace floe::native
