#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "raw_client.h"
#include "web_socket_world.h"

namespace floe::native {
namespace {

using test::End;
using test::numbered;
using test::WebSocketWorld;
using namespace std::chrono_literals;

}  // namespace

TEST_CASE("messages of both kinds and many sizes go both ways whole", "[native][websocket]") {
  WebSocketWorld world;
  world.acceptor.echo = true;
  REQUIRE(world.server->listen());
  auto client = world.connect("/room/one?x=1&y=2");
  CHECK_FALSE(client->channel->send(MessageKind::text, as_bytes("early")));
  REQUIRE(world.run_until([&] { return client->open && !world.acceptor.ends.empty(); }));
  CHECK(world.acceptor.ends[0]->open);
  const UpgradeRequest& request = world.acceptor.requests.at(0);
  CHECK(request.path == "/room/one");
  CHECK(request.query == "x=1&y=2");
  CHECK(request.host == world.server->address().to_text());
  CHECK(request.origin.empty());
  CHECK(request.subprotocol == test::kSubprotocol);
  CHECK(request.peer.ip == IpAddress::loopback(Family::ipv4));
  CHECK(client->channel->peer() == world.server->address());

  std::size_t sent = 0;
  for (const std::size_t size : {0u, 1u, 125u, 126u, 127u, 65535u, 65536u, 65700u}) {
    const ByteVector message = numbered(size, static_cast<int>(size));
    REQUIRE(client->channel->send(MessageKind::binary, message));
    CHECK(client->channel->buffered_bytes() > 0);
    ++sent;
    REQUIRE(world.run_until([&] { return client->received.size() == sent; }));
    CHECK(client->received.back().kind == MessageKind::binary);
    CHECK(client->received.back().bytes == message);
  }
  REQUIRE(client->send_text("gr\xc3\xbc\xc3\x9f"));
  REQUIRE(world.run_until([&] { return client->received.size() == sent + 1; }));
  CHECK(client->received.back().kind == MessageKind::text);
  CHECK(client->drained_count > 0);
  CHECK(client->channel->buffered_bytes() == 0);
}

TEST_CASE("many messages of one pass leave in one write, in order", "[native][websocket]") {
  WebSocketWorld world;
  REQUIRE(world.server->listen());
  auto client = world.connect();
  REQUIRE(world.run_until([&] { return client->open && !world.acceptor.ends.empty(); }));
  End& server = *world.acceptor.ends[0];
  const std::uint64_t writes = world.engine.statistics().writes;
  for (int i = 0; i < 100; ++i) {
    REQUIRE(client->channel->send(MessageKind::binary, numbered(300, i)));
  }
  REQUIRE(world.run_until([&] { return server.received.size() == 100; }));
  for (int i = 0; i < 100; ++i) {
    CHECK(server.received[static_cast<std::size_t>(i)].bytes == numbered(300, i));
  }
  CHECK(world.engine.statistics().writes == writes + 1);
}

TEST_CASE("messages that are built in place arrive as if they had been sent whole",
          "[native][websocket]") {
  WebSocketWorld world;
  REQUIRE(world.server->listen());
  auto client = world.connect();
  CHECK(client->channel->messages().extend(1).empty());  // not open yet
  REQUIRE(world.run_until([&] { return client->open && !world.acceptor.ends.empty(); }));
  End& server = *world.acceptor.ends[0];
  // From one part or several; headers of all three lengths, and of another one than was expected.
  const std::vector<std::vector<std::size_t>> messages{
      {1},     {125},   {126},          {100, 26}, {1024},       {1000, 3000},
      {65535}, {65536}, {16000, 49536}, {65539},   {1, 1, 1, 1}, {65000, 535}};
  std::vector<ByteVector> sent;
  const auto build = [&](MessageBuilder& builder, const std::vector<std::size_t>& parts) {
    ByteVector& whole = sent.emplace_back();
    for (const std::size_t size : parts) {
      const ByteVector part = numbered(size, static_cast<int>(whole.size()));
      const MutableBytes space = builder.extend(size);
      REQUIRE(space.size() == size);
      std::ranges::copy(part, space.begin());
      whole.insert(whole.end(), part.begin(), part.end());
    }
  };
  const auto check = [&](End& from, End& to) {
    sent.clear();
    to.received.clear();
    for (const auto& parts : messages) {
      build(from.channel->messages(), parts);
      CHECK(from.channel->messages().end_message());
      if (sent.size() % 3 == 0) world.loop.service();
    }
    build(from.channel->messages(), {2, 3});  // completed by the next message
    REQUIRE(from.channel->send(MessageKind::binary, sent.emplace_back(numbered(7, 7))));
    build(from.channel->messages(), {4});  // completed by the end of the pass
    REQUIRE(world.run_until([&] { return to.received.size() == sent.size(); }));
    for (std::size_t i = 0; i < sent.size(); ++i) CHECK(to.received[i].bytes == sent[i]);
    CHECK(from.channel->buffered_bytes() == 0);
  };
  check(server, *client);
  check(*client, server);
}

TEST_CASE("a full channel refuses, and drains when the peer reads again", "[native][websocket]") {
  WebSocketWorld world;
  REQUIRE(world.server->listen());
  auto client = world.connect();
  REQUIRE(world.run_until([&] { return client->open && !world.acceptor.ends.empty(); }));
  End& server = *world.acceptor.ends[0];
  client->channel->set_reading(false);
  client->keep = false;
  const ByteVector message = numbered(16'000, 1);
  int sent = 0;
  while (sent < 10'000 && server.channel->send(MessageKind::binary, message)) {
    ++sent;
    if (sent % 4 == 0) world.loop.service();
  }
  // Kernel buffers of both ends, ours of 256 KiB, and no more.
  CHECK(sent < 1000);
  CHECK_FALSE(server.channel->send(MessageKind::binary, message));
  CHECK(server.channel->buffered_bytes() > 100'000);
  CHECK(server.channel->buffered_bytes() <= kMaxBufferedBytes);
  CHECK(server.channel->messages().extend(message.size()).empty());
  CHECK(client->message_count < sent);

  const int drained = server.drained_count;
  client->channel->set_reading(true);
  REQUIRE(world.run_until([&] { return client->message_count == sent; }));
  REQUIRE(world.run_until([&] { return server.channel->buffered_bytes() == 0; }));
  CHECK(server.drained_count == drained + 1);
  CHECK(world.engine.statistics().sends_refused > 0);
}

TEST_CASE("closing sends what is buffered first, and says why", "[native][websocket]") {
  WebSocketWorld world;
  REQUIRE(world.server->listen());
  auto client = world.connect();
  REQUIRE(world.run_until([&] { return client->open && !world.acceptor.ends.empty(); }));
  End& server = *world.acceptor.ends[0];

  SECTION("the client closes") {
    for (int i = 0; i < 10; ++i) client->channel->send(MessageKind::binary, numbered(20'000, i));
    client->channel->close(4001, "that is all");
    CHECK_FALSE(client->send_text("too late"));
    CHECK(client->closed_count == 0);
    REQUIRE(world.run_until([&] { return server.closed_count == 1 && client->closed_count == 1; }));
    CHECK(server.received.size() == 10);
    CHECK(server.code == 4001);
    CHECK(server.reason == "that is all");
    CHECK(client->code == 4001);
  }
  SECTION("the server closes") {
    server.send_text("bye");
    server.channel->close(3000, "done");
    REQUIRE(world.run_until([&] { return server.closed_count == 1 && client->closed_count == 1; }));
    CHECK(client->received.size() == 1);
    CHECK(client->code == 3000);
    CHECK(client->reason == "done");
  }
  SECTION("the client's channel is destroyed") {
    client->send_text("last words");
    client->channel.reset();
    REQUIRE(world.run_until([&] { return server.closed_count == 1; }));
    CHECK(server.received.size() == 1);
    CHECK(server.code == 1000);
    CHECK(client->closed_count == 0);
  }
  SECTION("a listener destroys its channel while being told") {
    server.then = [&] { server.channel.reset(); };
    client->send_text("one");
    client->send_text("two");
    REQUIRE(world.run_until([&] { return client->closed_count == 1; }));
    CHECK(server.message_count == 1);
    CHECK(server.closed_count == 0);
  }
  CHECK(world.run_until([&] { return world.server->connection_count() == 0; }));
}

TEST_CASE("a peer that does not take the last bytes is cut off", "[native][websocket][slow]") {
  WebSocketWorld world;
  REQUIRE(world.server->listen());
  auto client = world.connect();
  REQUIRE(world.run_until([&] { return client->open && !world.acceptor.ends.empty(); }));
  End& server = *world.acceptor.ends[0];
  client->channel->set_reading(false);
  const ByteVector message = numbered(16'000, 1);
  while (server.channel->send(MessageKind::binary, message)) world.loop.service();
  server.channel->close(1000, "");
  const Timestamp start = world.loop.now();
  REQUIRE(world.run_until([&] { return server.closed_count == 1; }, 8s));
  CHECK(world.loop.now() - start >= 4s);
  CHECK(server.code == 1006);
}

TEST_CASE("connecting fails without a word too much", "[native][websocket]") {
  WebSocketWorld world;
  REQUIRE(world.server->listen());
  std::unique_ptr<End> client;

  SECTION("no server") {
    const TransportAddress gone = world.server->address();
    world.server.reset();
    client = world.connect_to("ws://" + gone.to_text() + "/");
  }
  SECTION("not a URL") {
    client = world.connect_to("http://127.0.0.1/");
  }
  SECTION("a line break in the URL") {
    client = world.connect_to("ws://127.0.0.1/\r\nX: y");
  }
  SECTION("no such subprotocol") {
    client = world.connect_to(world.url(), "floe.other.1");
  }
  SECTION("refused by the acceptor") {
    world.acceptor.status = 403;
    client = world.connect();
  }
  CHECK(client->closed_count == 0);
  REQUIRE(world.run_until([&] { return client->closed_count == 1; }));
  CHECK_FALSE(client->open);
  CHECK(client->code == 1006);
  CHECK_FALSE(client->reason.empty());
  test::run_for(world.loop, 20ms);
  CHECK(client->closed_count == 1);
}

TEST_CASE("an acceptor that changes its mind closes the channel", "[native][websocket]") {
  WebSocketWorld world;
  world.acceptor.refuse_late = true;
  REQUIRE(world.server->listen());
  auto client = world.connect();
  REQUIRE(world.run_until([&] { return client->closed_count == 1; }));
  CHECK(client->open);
}

TEST_CASE("a channel given up while connecting leaves nothing behind", "[native][websocket]") {
  WebSocketWorld world;
  REQUIRE(world.server->listen());
  auto at_once = world.connect();
  at_once->channel.reset();
  auto closed = world.connect();
  closed->channel->close(1000, "changed my mind");
  auto later = world.connect();
  world.loop.service();
  later->channel.reset();
  REQUIRE(world.run_until([&] { return closed->closed_count == 1; }));
  CHECK(world.run_until([&] { return world.server->connection_count() == 0; }));
  CHECK(at_once->closed_count == 0);
  CHECK(later->closed_count == 0);
}

TEST_CASE("draining stops accepting, closes what is open, then says so", "[native][websocket]") {
  WebSocketWorld world;
  REQUIRE(world.server->listen());
  std::vector<std::unique_ptr<End>> clients;
  for (int i = 0; i < 5; ++i) clients.push_back(world.connect());
  REQUIRE(world.run_until([&] { return world.acceptor.ends.size() == 5; }));
  world.acceptor.ends[0]->channel->send(MessageKind::binary, numbered(50'000, 1));
  bool drained = false;
  world.server->drain(1001, "restarting", [&] { drained = true; });
  CHECK_FALSE(drained);
  auto late = world.connect();
  REQUIRE(world.run_until([&] { return drained; }));
  CHECK(world.server->connection_count() == 0);
  REQUIRE(world.run_until([&] { return late->closed_count == 1; }));
  CHECK_FALSE(late->open);
  REQUIRE(world.run_until([&] {
    return std::ranges::all_of(clients, [](const auto& c) { return c->closed_count == 1; });
  }));
  for (const auto& client : clients) {
    CHECK(client->code == 1001);
    CHECK(client->reason == "restarting");
  }
  CHECK(clients[0]->received.size() == 1);
}

TEST_CASE("a server that goes closes its connections, its listeners hear of it",
          "[native][websocket]") {
  WebSocketWorld world;
  REQUIRE(world.server->listen());
  auto client = world.connect();
  REQUIRE(world.run_until([&] { return client->open && !world.acceptor.ends.empty(); }));
  world.server.reset();
  REQUIRE(world.run_until([&] { return client->closed_count == 1; }));
  CHECK(world.acceptor.ends[0]->closed_count == 1);
}

TEST_CASE("an engine that goes closes what is left, and tells", "[native][websocket]") {
  auto world = std::make_unique<WebSocketWorld>();
  REQUIRE(world->server->listen());
  auto client = world->connect();
  REQUIRE(world->run_until([&] { return client->open && !world->acceptor.ends.empty(); }));
  client->send_text("never leaves");
  auto unstarted = world->connect();
  std::vector<std::unique_ptr<End>> server_ends = std::move(world->acceptor.ends);
  world.reset();
  CHECK(client->closed_count == 1);
  CHECK(server_ends[0]->closed_count == 1);
  CHECK(unstarted->closed_count == 1);
  CHECK_FALSE(client->send_text("dead"));
  CHECK_FALSE(unstarted->send_text("dead"));
}

TEST_CASE("an idle connection is pinged, so that proxies keep it", "[.long][native][websocket]") {
  WebSocketWorld world;
  REQUIRE(world.server->listen());
  test::RawClient client(world.loop, world.server->address());
  client.upgrade(test::kSubprotocol);
  // 0x89: a ping. Nothing answers it here, so the connection ends some time later.
  REQUIRE(client.receive_until([&] { return !client.received().empty(); }, 30s));
  CHECK(static_cast<unsigned char>(client.received()[0]) == 0x89);
  REQUIRE(client.receive_end(20s));
  CHECK(world.acceptor.ends[0]->closed_count == 1);
}

}  // namespace floe::native
