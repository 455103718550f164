// Requests with a body, and who answers them.
#include "floe/native/http_handler.h"

#include <catch2/catch_test_macros.hpp>

#include "floe/native/http_server.h"
#include "raw_client.h"
#include "web_socket_world.h"

namespace floe::native {
namespace {

using test::RawClient;
using test::WebSocketWorld;
using namespace std::chrono_literals;

/// Keeps what comes until it is told to answer.
class Keeper final : public HttpHandler {
 public:
  void handle(HttpRequest request, std::unique_ptr<HttpReply> reply) override {
    requests.push_back(std::move(request));
    replies.push_back(std::move(reply));
    if (answers_at_once) answer("at once");
  }
  bool answer(std::string body) {
    const bool was_sent = replies.back()->send(
        {.status = 201, .body = std::move(body), .headers = {{"location", "/there"}}});
    replies.pop_back();
    return was_sent;
  }

  bool answers_at_once = true;
  std::vector<HttpRequest> requests;
  std::vector<std::unique_ptr<HttpReply>> replies;
};

struct Site {
  Site() {
    world.server->add_handler("/asked/", keeper);
    REQUIRE(world.server->listen());
  }
  RawClient connect() { return RawClient(world.loop, world.server->address()); }
  std::string ask(const std::string& head, const std::string& body = {}) {
    RawClient client = connect();
    client.send(head + "\r\nHost: test\r\nConnection: close\r\n\r\n" + body);
    REQUIRE(client.receive_end());
    return client.received();
  }

  Keeper keeper;
  WebSocketWorld world{HttpServerOptions()};
};

std::string post(std::size_t size) {
  return "POST /asked/x?a=1&b=2 HTTP/1.1\r\nContent-Length: " + std::to_string(size);
}

}  // namespace

TEST_CASE("a handler has the whole request, and may answer at once", "[native][http]") {
  Site site;
  const std::string answer = site.ask(
      post(5) +
          "\r\nContent-Type: application/sdp\r\nAuthorization: Bearer x\r\nIf-Match: \"1\"\r\n"
          "Origin: http://page",
      "hello");
  CHECK(answer.starts_with("HTTP/1.1 201"));
  CHECK(answer.ends_with("\r\n\r\nat once"));
  CHECK(answer.find("location: /there\r\n") != answer.npos);
  REQUIRE(site.keeper.requests.size() == 1);
  const HttpRequest& request = site.keeper.requests[0];
  CHECK(request.method == "POST");
  CHECK(request.path == "/asked/x");
  CHECK(request.query == "a=1&b=2");
  CHECK(request.host == "test");
  CHECK(request.origin == "http://page");
  CHECK(request.content_type == "application/sdp");
  CHECK(request.authorization == "Bearer x");
  CHECK(request.if_match == "\"1\"");
  CHECK(request.body == "hello");
}

TEST_CASE("a handler is asked by every method, with a body or without", "[native][http]") {
  Site site;
  for (const char* method : {"GET", "PATCH", "DELETE", "OPTIONS", "PUT"}) {
    const std::string head = std::string(method) + " /asked/y HTTP/1.1";
    CHECK(site.ask(head + "\r\nContent-Length: 0").starts_with("HTTP/1.1 201"));
    CHECK(site.keeper.requests.back().method == method);
    CHECK(site.ask(head + "\r\nContent-Length: 3", "abc").starts_with("HTTP/1.1 201"));
    CHECK(site.keeper.requests.back().body == "abc");
  }
  CHECK(site.ask("DELETE /asked/y HTTP/1.1").starts_with("HTTP/1.1 201"));
  CHECK(site.ask("POST /other HTTP/1.1\r\nContent-Length: 0").starts_with("HTTP/1.1 405"));
}

TEST_CASE("a body must say how long it is, and is not long", "[native][http]") {
  Site site;
  CHECK(site.ask("POST /asked/x HTTP/1.1").starts_with("HTTP/1.1 411"));
  CHECK(site.ask(post(kRequestBodyMax + 1)).starts_with("HTTP/1.1 413"));
  CHECK(site.ask("POST /asked/x HTTP/1.1\r\nContent-Length: -1").starts_with("HTTP/1.1 4"));
  CHECK(site.keeper.requests.empty());
  const std::string longest(kRequestBodyMax, 'x');
  CHECK(site.ask(post(longest.size()), longest).starts_with("HTTP/1.1 201"));
  CHECK(site.keeper.requests.at(0).body == longest);
}

TEST_CASE("a handler may answer later", "[native][http]") {
  Site site;
  site.keeper.answers_at_once = false;
  RawClient client = site.connect();
  client.send(post(2) + "\r\nHost: test\r\n\r\nhe");
  REQUIRE(client.receive_until([&] { return !site.keeper.replies.empty(); }));
  CHECK(client.received().empty());
  CHECK(site.keeper.answer("later"));
  REQUIRE(client.receive_until([&] { return client.received().ends_with("later"); }));
  // The connection goes on.
  client.send(post(2) + "\r\nHost: test\r\n\r\nhi");
  REQUIRE(client.receive_until([&] { return !site.keeper.replies.empty(); }));
  CHECK(site.keeper.answer("again"));
  CHECK(client.receive_until([&] { return client.received().ends_with("again"); }));
}

TEST_CASE("a request that nobody answers ends its connection", "[native][http]") {
  Site site;
  site.keeper.answers_at_once = false;
  RawClient client = site.connect();
  client.send(post(2) + "\r\nHost: test\r\n\r\nhe");
  REQUIRE(client.receive_until([&] { return !site.keeper.replies.empty(); }));
  site.keeper.replies.clear();
  CHECK(client.receive_end());
}

TEST_CASE("an answer for a client that is gone is not sent", "[native][http]") {
  Site site;
  site.keeper.answers_at_once = false;
  {
    RawClient client = site.connect();
    client.send(post(2) + "\r\nHost: test\r\n\r\nhe");
    REQUIRE(client.receive_until([&] { return !site.keeper.replies.empty(); }));
  }
  REQUIRE(
      test::run_until(site.world.loop, [&] { return site.world.server->connection_count() == 0; }));
  CHECK_FALSE(site.keeper.answer("late"));
}

TEST_CASE("what follows a request that waits does not confuse it", "[native][http]") {
  Site site;
  site.keeper.answers_at_once = false;
  RawClient client = site.connect();
  client.send(post(2) + "\r\nHost: test\r\n\r\nhe");
  REQUIRE(client.receive_until([&] { return !site.keeper.replies.empty(); }));
  client.send(post(2) + "\r\nHost: test\r\n\r\nhi");
  // Either order is right: closed, or the second after the first.
  for (int i = 0; i < 20; ++i) site.world.loop.run_once(1ms);
  CHECK(site.keeper.requests.size() == 1);
  (void)site.keeper.answer("first");
  for (int i = 0; i < 20; ++i) site.world.loop.run_once(1ms);
  CHECK(site.keeper.requests.size() <= 2);
}

}  // namespace floe::native
