#include "floe/native/http_server.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "raw_client.h"
#include "temporary_directory.h"
#include "web_socket_world.h"

namespace floe::native {
namespace {

using test::RawClient;
using test::TemporaryDirectory;
using test::WebSocketWorld;
using namespace std::chrono_literals;

struct Site {
  Site() {
    directory.write("site/index.html", "<!doctype html>");
    directory.write("site/code/agent.wasm", std::string("\0asm", 4));
    directory.write("site/code/a.mjs", "export {}");
    directory.write("site/big.bin", std::string(3'000'000, 'x'));
    directory.write("site/.env", "SECRET");
    directory.write("secret.txt", "SECRET");
    std::filesystem::create_symlink(directory.path() / "secret.txt",
                                    directory.path() / "site/link.txt");
    HttpServerOptions options;
    options.document_root = (directory.path() / "site").string();
    world = std::make_unique<WebSocketWorld>(std::move(options));
    world->server->add_document("/livez", [] { return HttpDocument{.body = "ok\n"}; });
    world->server->add_document("/config.json", [] {
      return HttpDocument{.content_type = "application/json", .body = "{}"};
    });
    world->server->add_document("/readyz",
                                [] { return HttpDocument{.status = 503, .body = "draining\n"}; });
    REQUIRE(world->server->listen());
  }

  std::string ask(std::string_view head) {
    RawClient client(world->loop, world->server->address());
    client.send(std::string(head) + "\r\nHost: test\r\nConnection: close\r\n\r\n");
    REQUIRE(client.receive_end());
    return client.received();
  }
  std::string get(std::string_view path) { return ask("GET " + std::string(path) + " HTTP/1.1"); }

  TemporaryDirectory directory;
  std::unique_ptr<WebSocketWorld> world;
};

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string_view body_of(std::string_view response) {
  const std::size_t end = response.find("\r\n\r\n");
  return end == std::string_view::npos ? std::string_view() : response.substr(end + 4);
}

/// A client's frame, masked with zeros.
std::string frame_of(std::uint8_t first_byte, std::string_view payload) {
  std::string frame(1, static_cast<char>(first_byte));
  if (payload.size() < 126) {
    frame += static_cast<char>(0x80 | payload.size());
  } else {
    frame += static_cast<char>(0x80 | 126);
    frame += static_cast<char>(payload.size() >> 8);
    frame += static_cast<char>(payload.size());
  }
  return frame.append(4, '\0').append(payload);
}

/// A binary message in `count` fragments, which awaits its last one.
std::string fragments_of(std::string_view message, std::size_t count) {
  std::string frames;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t size = message.size() / (count - i);
    frames += frame_of(i == 0 ? 0x02 : 0x00, message.substr(0, size));
    message.remove_prefix(size);
  }
  return frames;
}

std::string last_fragment() {
  return frame_of(0x80, "");
}

}  // namespace

TEST_CASE("files come with their types and the headers that keep a page safe", "[native][http]") {
  Site site;
  const std::string index = site.get("/");
  CHECK(index.starts_with("HTTP/1.1 200"));
  CHECK(body_of(index) == "<!doctype html>");
  CHECK(has(index, "text/html"));
  CHECK(has(index, "cache-control: no-cache"));
  CHECK(has(index, "x-content-type-options: nosniff"));
  const std::string wasm = site.get("/code/agent.wasm?v=1");
  CHECK(has(wasm, "application/wasm"));
  CHECK(body_of(wasm).size() == 4);
  CHECK(has(site.get("/code/a.mjs"), "text/javascript"));
  const std::string big = site.get("/big.bin");
  CHECK(body_of(big) == std::string(3'000'000, 'x'));
}

TEST_CASE("documents are made when asked for", "[native][http]") {
  Site site;
  CHECK(body_of(site.get("/livez")) == "ok\n");
  CHECK(has(site.get("/config.json"), "application/json"));
  CHECK(site.get("/readyz").starts_with("HTTP/1.1 503"));
  const std::string head = site.ask("HEAD /livez HTTP/1.1");
  CHECK(head.starts_with("HTTP/1.1 200"));
  CHECK(body_of(head).empty());
}

TEST_CASE("nothing outside the document root, hidden, or that is no file is served",
          "[native][http]") {
  Site site;
  for (const std::string_view path :
       {"/../secret.txt", "/code/../../secret.txt", "/%2e%2e/secret.txt", "/%2e%2e%2fsecret.txt",
        "/..%2fsecret.txt", "/code/%2e%2e/%2e%2e/secret.txt", "/..\\secret.txt",
        "/%5c..%5csecret.txt", "//etc/passwd", "/etc/passwd", "/link.txt", "/.env", "/%2eenv",
        "/code", "/code/", "/none", "/index.html%00.png", "/%252e%252e/secret.txt"}) {
    const std::string response = site.get(path);
    CAPTURE(path, response);
    CHECK_FALSE(has(response, "SECRET"));
    CHECK_FALSE(has(response, "root:"));
    CHECK_FALSE(response.starts_with("HTTP/1.1 200"));
  }
  RawClient absolute(site.world->loop, site.world->server->address());
  absolute.send("GET " + (site.directory.path() / "secret.txt").string() +
                " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
  REQUIRE(absolute.receive_end());
  CHECK_FALSE(has(absolute.received(), "SECRET"));
}

TEST_CASE("other methods are refused, and their bodies not read", "[native][http]") {
  Site site;
  RawClient client(site.world->loop, site.world->server->address());
  client.send("POST /livez HTTP/1.1\r\nHost: test\r\nContent-Length: 1000000\r\n\r\nabc");
  REQUIRE(client.receive_end());
  CHECK(client.received().starts_with("HTTP/1.1 405"));
}

TEST_CASE("a WebSocket needs a subprotocol that is served, and an acceptor that agrees",
          "[native][http][websocket]") {
  WebSocketWorld world;
  REQUIRE(world.server->listen());
  SECTION("none offered") {
    RawClient client(world.loop, world.server->address());
    client.send(
        "GET / HTTP/1.1\r\nHost: t\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
    REQUIRE(client.receive_end());
    CHECK(has(client.received(), " 400 "));
  }
  SECTION("only others offered") {
    RawClient client(world.loop, world.server->address());
    client.upgrade("chat, floe-http");
    CHECK(has(client.head(), " 400 "));
  }
  SECTION("one among others, with an extension that is not served") {
    RawClient client(world.loop, world.server->address());
    client.upgrade("token.abc, floe.test.1",
                   "Origin: https://example.org\r\n"
                   "Sec-WebSocket-Extensions: permessage-deflate\r\n");
    CHECK(client.head().starts_with("HTTP/1.1 101"));
    CHECK(has(client.head(), "floe.test.1"));
    CHECK_FALSE(has(client.head(), "deflate"));
    REQUIRE(world.acceptor.requests.size() == 1);
    CHECK(world.acceptor.requests[0].origin == "https://example.org");
    CHECK(world.acceptor.requests[0].offered_subprotocols == "token.abc, floe.test.1");
  }
  SECTION("forbidden") {
    world.acceptor.status = 403;
    RawClient client(world.loop, world.server->address());
    client.upgrade("floe.test.1");
    CHECK(has(client.head(), " 403 "));
    CHECK(world.engine.statistics().upgrades_refused == 1);
  }
  SECTION("to something else") {
    RawClient client(world.loop, world.server->address());
    client.send("GET / HTTP/1.1\r\nHost: t\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n");
    REQUIRE(client.receive_end());
    CHECK_FALSE(client.received().starts_with("HTTP/1.1 101"));
  }
}

TEST_CASE("a message may come in many fragments, as an intermediary cuts them",
          "[native][websocket]") {
  WebSocketWorld world;
  REQUIRE(world.server->listen());
  RawClient client(world.loop, world.server->address());
  client.upgrade("floe.test.1");
  REQUIRE(world.acceptor.ends.size() == 1);
  test::End& server = *world.acceptor.ends[0];
  struct Cut {
    std::size_t size, fragments;
  };
  const auto [size, fragments] = GENERATE(Cut{1200, 9}, Cut{16000, 12}, Cut{60000, 15},
                                          Cut{kMaxMessageSize, kMaxFragments}, Cut{2, 3});
  CAPTURE(size, fragments);
  const std::string message(size, 'a');
  client.send(fragments_of(message, fragments - 1) + last_fragment());
  REQUIRE(world.run_until([&] { return server.message_count == 1; }));
  CHECK(as_text(server.received[0].bytes) == message);
  CHECK(server.closed_count == 0);
}

TEST_CASE("hostile frames close the channel with the code that the RFC has for them",
          "[native][websocket]") {
  WebSocketWorld world;
  REQUIRE(world.server->listen());
  RawClient client(world.loop, world.server->address());
  client.upgrade("floe.test.1");
  REQUIRE(world.acceptor.ends.size() == 1);
  test::End& server = *world.acceptor.ends[0];
  const std::string mask(4, '\0');
  std::string_view close_code;

  SECTION("a frame of 2^40 bytes, refused by its header") {
    client.send(std::string("\x82\xff\0\0\x01\0\0\0\0\0", 10) + mask + "x");
    close_code = "\x03\xf1";
  }
  SECTION("a message of too many bytes in acceptable frames") {
    const std::string part = std::string("\x01\xfe\xff\xff", 4) + mask + std::string(65535, 'a');
    client.send(part);
    test::run_for(world.loop, 20ms);
    client.send(std::string("\x80\xfe\xff\xff", 4) + mask + std::string(65535, 'a'));
    close_code = "\x03\xf1";
  }
  SECTION("a message of empty fragments that does not end") {
    client.send(fragments_of("", kMaxFragments));
    close_code = "\x03\xf0";
  }
  SECTION("text that is not UTF-8") {
    client.send(std::string("\x81\x82", 2) + mask + "\xc3\x28");
    close_code = "\x03\xef";
  }
  SECTION("reserved bits") {
    client.send(std::string("\xc2\x81", 2) + mask + "x");
    close_code = "\x03\xea";
  }
  REQUIRE(client.receive_until([&] { return has(client.received(), close_code); }));
  CHECK(static_cast<unsigned char>(client.received()[0]) == 0x88);
  client.send(std::string("\x88\x82", 2) + mask + std::string(close_code));
  REQUIRE(world.run_until([&] { return server.closed_count == 1; }));
  CHECK(server.received.empty());
  CHECK(world.run_until([&] { return world.server->connection_count() == 0; }));
}

TEST_CASE("headers beyond 4 KiB end the connection", "[native][http]") {
  WebSocketWorld world;
  REQUIRE(world.server->listen());
  RawClient client(world.loop, world.server->address());
  client.send("GET / HTTP/1.1\r\nHost: t\r\n");
  for (int i = 0; i < 100; ++i) client.send("User-Agent: " + std::string(100, 'a') + "\r\n");
  CHECK(client.receive_end());
  CHECK_FALSE(client.received().starts_with("HTTP/1.1 2"));
}

TEST_CASE("who is slow to ask is cut off after 5 s, and does not keep others out",
          "[native][http][slow]") {
  WebSocketWorld world;
  REQUIRE(world.server->listen());
  const Timestamp start = world.loop.now();
  RawClient silent(world.loop, world.server->address());
  RawClient dripping(world.loop, world.server->address());
  dripping.send("GET / HTTP/1.1\r\nX: ");
  std::vector<std::unique_ptr<RawClient>> crowd;
  for (int i = 0; i < 200; ++i) {
    crowd.push_back(std::make_unique<RawClient>(world.loop, world.server->address()));
    crowd.back()->send("GET /");
  }
  auto client = world.connect();
  REQUIRE(world.run_until([&] { return client->open; }, 1s));

  Timestamp next_drip = start;
  REQUIRE(world.run_until(
      [&] {
        silent.receive();
        dripping.receive();
        if (world.loop.now() >= next_drip && !dripping.has_ended()) {
          dripping.send("a");
          next_drip += 300ms;
        }
        return silent.has_ended() && dripping.has_ended();
      },
      9s));
  CHECK(world.loop.now() - start >= 3s);
  CHECK(world.loop.now() - start <= 8s);
  CHECK(client->closed_count == 0);
}

TEST_CASE("the oldest of too many connections that ask for nothing is closed", "[native][http]") {
  HttpServerOptions options;
  options.strangers.per_network = 4;
  WebSocketWorld world(std::move(options));
  REQUIRE(world.server->listen());
  std::vector<std::unique_ptr<test::End>> open;
  for (int i = 0; i < 10; ++i) {
    open.push_back(world.connect());
    REQUIRE(world.run_until([&] { return open.back()->open; }));
  }
  std::vector<std::unique_ptr<RawClient>> waiting;
  for (int i = 0; i < 6; ++i) {
    waiting.push_back(std::make_unique<RawClient>(world.loop, world.server->address()));
  }
  REQUIRE(waiting[0]->receive_end());
  REQUIRE(waiting[1]->receive_end());
  CHECK(world.server->statistics().displaced == 2);
  CHECK(world.server->connection_count() == 14);
}

TEST_CASE("a server that is full accepts again when somebody leaves", "[native][http]") {
  HttpServerOptions options;
  options.connections_max = 2;
  WebSocketWorld world(std::move(options));
  REQUIRE(world.server->listen());
  auto first = world.connect();
  auto second = world.connect();
  REQUIRE(world.run_until([&] { return first->open && second->open; }));
  auto third = world.connect();
  test::run_for(world.loop, 50ms);
  CHECK_FALSE(third->open);
  first.reset();
  CHECK(world.run_until([&] { return third->open; }));
}

TEST_CASE("listening says why it failed", "[native][http]") {
  WebSocketWorld world;
  REQUIRE(world.server->listen());
  HttpServerOptions same;
  same.address = world.server->address();
  HttpServer second(world.engine, same);
  CHECK(second.listen().error() == ListenError::address_in_use);
  HttpServerOptions lost;
  lost.address.ip = IpAddress::loopback(Family::ipv4);
  lost.document_root = "/does/not/exist";
  HttpServer no_root(world.engine, lost);
  CHECK(no_root.listen().error() == ListenError::bad_setup);
}

}  // namespace floe::native
