// How a client's session ends, and who may destroy what when it does.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "client_session.h"
#include "tunnel_world.h"

using namespace floe;
using namespace floe::tunnel;
using namespace floe::tunnel::test;

namespace {

const TransportAddress kRemote = address("198.51.100.7:5000");

}  // namespace

TEST_CASE("when the channel breaks every socket fails, then the owner is told", "[tunnel]") {
  Tunnel tunnel;
  SocketLog bound, waiting;
  tunnel.connect();
  const auto one = tunnel.open(bound);
  const auto two = tunnel.client->open({}, waiting);
  tunnel.channel->listener->on_channel_closed({1006, ""});
  CHECK(bound.failed == BindError::closed);
  CHECK(waiting.failed == BindError::closed);
  CHECK(tunnel.log.closed_count == 1);
  CHECK(tunnel.log.cause == CloseCause::network);
  CHECK(one->send(kRemote, {}) == SendStatus::failed);

  SocketLog late;
  const auto three = tunnel.client->open({}, late);
  CHECK_FALSE(late.failed);
  tunnel.client->flush();
  CHECK(late.failed == BindError::closed);
  CHECK(tunnel.client->deadline() == kNever);
}

TEST_CASE("the words of a gateway that ends the session reach the owner", "[tunnel]") {
  ClientOptions options;
  options.token = bytes_of("guess");
  Tunnel tunnel{options};
  tunnel.gateway.token = "secret";
  tunnel.connect();
  CHECK(tunnel.log.cause == CloseCause::gateway);
  CHECK(tunnel.log.code == close_code(ErrorCode::unauthorized));
  CHECK(tunnel.log.reason == to_text(ErrorCode::unauthorized));
}

TEST_CASE("the token that a gateway wants lets a client in", "[tunnel]") {
  ClientOptions options;
  options.token = bytes_of("secret");
  Tunnel tunnel{options};
  tunnel.gateway.token = "secret";
  tunnel.connect();
  CHECK(tunnel.client->is_ready());
}

TEST_CASE("a farewell is announced, and repeated when it comes true", "[tunnel]") {
  Tunnel tunnel;
  SocketLog log, late;
  tunnel.connect();
  const auto socket = tunnel.open(log);
  tunnel.session.go_away(2s, 60s);
  tunnel.pump();
  REQUIRE(tunnel.log.go_away);
  CHECK(tunnel.log.go_away->reconnect_in == 2s);
  CHECK(socket->send(kRemote, {}) == SendStatus::sent);
  const auto refused = tunnel.open(late);
  CHECK(late.failed == BindError::closed);
  tunnel.session.close(ErrorCode::going_away, "");
  tunnel.pump();
  CHECK(tunnel.log.cause == CloseCause::gateway);
  CHECK(tunnel.log.closed_go_away->try_for == 60s);
}

TEST_CASE("a client that closes says goodbye to its sockets only", "[tunnel]") {
  Tunnel tunnel;
  SocketLog log;
  tunnel.connect();
  const auto socket = tunnel.open(log);
  socket->send(kRemote, as_bytes("last words"));
  tunnel.client->close();
  CHECK(log.failed == BindError::closed);
  CHECK(tunnel.log.closed_count == 0);
  CHECK(tunnel.channel->close_code == 1000);
  CHECK(tunnel.channel->outgoing.size() == 1);
  tunnel.client->close();
  tunnel.client.reset();
}

TEST_CASE("a client may go before its sockets", "[tunnel]") {
  Tunnel tunnel;
  SocketLog log;
  tunnel.connect();
  const auto socket = tunnel.open(log);
  tunnel.client.reset();
  CHECK(log.failed == BindError::closed);
  CHECK(socket->send(kRemote, {}) == SendStatus::failed);
}

TEST_CASE("listeners may destroy sockets whenever they are told something", "[tunnel]") {
  struct Breaker final : DatagramListener {
    std::vector<std::unique_ptr<DatagramSocket>>* sockets = nullptr;
    int told = 0;
    void on_bound(DatagramSocket&, const TransportAddress&) override { ++told; }
    void on_socket_failed(DatagramSocket&, BindError) override {
      ++told;
      sockets->clear();
    }
    void on_datagram(DatagramSocket&, const Datagram&) override {
      ++told;
      sockets->clear();
    }
  };
  Tunnel tunnel;
  tunnel.connect();
  std::vector<std::unique_ptr<DatagramSocket>> sockets;
  Breaker breaker;
  breaker.sockets = &sockets;
  const auto open_three = [&] {
    for (int i = 0; i < 3; ++i) sockets.push_back(tunnel.client->open({}, breaker));
    tunnel.pump();
    breaker.told = 0;
  };
  SECTION("on a datagram, with more for the others in the same message") {
    open_three();
    for (const std::uint16_t id : std::initializer_list<std::uint16_t>{1, 2, 3, 1})
      tunnel.deliver(SocketId{id}, kRemote, "x");
    tunnel.pump();
    CHECK(breaker.told == 1);
    CHECK(tunnel.client->stats().strays == 3);
  }
  SECTION("when the channel closes") {
    open_three();
    tunnel.channel->listener->on_channel_closed({1006, ""});
    CHECK(breaker.told == 1);
    CHECK(tunnel.log.closed_count == 1);
  }
  SECTION("when the client goes") {
    open_three();
    tunnel.client.reset();
    CHECK(breaker.told == 1);
  }
}

TEST_CASE("the owner may destroy the client when it is told that it closed", "[tunnel]") {
  struct Owner final : ClientListener {
    std::unique_ptr<Client>* client = nullptr;
    int closed = 0;
    void on_closed(const ClientClosed&) override {
      ++closed;
      client->reset();
    }
  };
  TestClock clock;
  MemoryChannels channels;
  Owner owner;
  std::unique_ptr<Client> client =
      std::make_unique<Client>(channels, clock, owner, ClientOptions{});
  owner.client = &client;
  SocketLog log;
  const auto socket = client->open({}, log);
  const auto channel = channels.last;
  channel->listener->on_channel_open();
  client->flush();
  SECTION("by the channel") {
    channel->listener->on_channel_closed({1006, ""});
  }
  SECTION("by a malformed message") {
    channel->listener->on_channel_message(MessageKind::binary, as_bytes("\x03"));
  }
  SECTION("by a text message") {
    channel->listener->on_channel_message(MessageKind::text, as_bytes("hello"));
  }
  SECTION("by silence") {
    clock.time += kWelcomeTimeout;
    client->handle_timeout(clock.time);
  }
  CHECK(owner.closed == 1);
  CHECK(client == nullptr);
  CHECK(log.failed == BindError::closed);
}

TEST_CASE("an application may drop everything from inside any callback", "[tunnel]") {
  struct Application final : ClientListener, DatagramListener {
    Tunnel* tunnel = nullptr;
    std::string quits_on;
    void quit(std::string_view where) {
      if (where == quits_on) tunnel->client.reset();
    }
    void on_ready() override { quit("ready"); }
    void on_go_away(const GoAway&) override { quit("go away"); }
    void on_alarm() override { quit("alarm"); }
    void on_closed(const ClientClosed&) override { quit("closed"); }
    void on_bound(DatagramSocket&, const TransportAddress&) override { quit("bound"); }
    void on_socket_failed(DatagramSocket&, BindError) override { quit("failed"); }
    void on_datagram(DatagramSocket&, const Datagram&) override { quit("datagram"); }
  };
  Tunnel tunnel;
  Application application;
  application.tunnel = &tunnel;
  application.quits_on =
      GENERATE("ready", "go away", "alarm", "closed", "bound", "failed", "datagram", "nothing");
  tunnel.client =
      std::make_unique<Client>(tunnel.channels, tunnel.clock, application, ClientOptions{});
  tunnel.channel = tunnel.channels.last;
  std::vector<std::unique_ptr<DatagramSocket>> sockets;
  const int count = application.quits_on == "failed" ? 12 : 3;  // more than the gateway allows
  for (int i = 0; i < count; ++i) sockets.push_back(tunnel.client->open({}, application));
  tunnel.connect();
  if (tunnel.client) tunnel.client->set_alarm(tunnel.clock.time);
  tunnel.pump();
  tunnel.deliver(SocketId{1}, kRemote, "x");
  tunnel.deliver(SocketId{2}, kRemote, "y");
  tunnel.session.go_away(1s, 1s);
  tunnel.advance(1s);
  if (tunnel.channel->listener) tunnel.channel->listener->on_channel_closed({1006, ""});
  CHECK((tunnel.client == nullptr) == (application.quits_on != "nothing"));
}

TEST_CASE("a call from inside a callback tells nothing until the callback has returned",
          "[tunnel]") {
  struct Application final : DatagramListener {
    Tunnel* tunnel = nullptr;
    bool destroys = false;
    int depth = 0;
    int depth_max = 0;
    int datagrams = 0;
    int failed = 0;
    void on_bound(DatagramSocket&, const TransportAddress&) override {}
    void on_socket_failed(DatagramSocket&, BindError) override {
      depth_max = std::max(depth_max, ++depth);
      ++failed;
      --depth;
    }
    void on_datagram(DatagramSocket&, const Datagram&) override {
      depth_max = std::max(depth_max, ++depth);
      ++datagrams;
      tunnel->client->flush();
      if (datagrams == 2 && destroys) tunnel->client.reset();
      if (datagrams == 2 && !destroys) tunnel->client->close();
      --depth;
    }
  };
  Tunnel tunnel;
  Application application;
  application.tunnel = &tunnel;
  tunnel.connect();
  const auto one = tunnel.client->open({}, application);
  const auto two = tunnel.client->open({}, application);
  tunnel.pump();
  for (int i = 0; i < 4; ++i) tunnel.deliver(SocketId{1}, kRemote, "x");
  SECTION("but the destructor") {
    application.destroys = true;
    tunnel.carry_down();
    CHECK(application.depth_max == 2);
  }
  SECTION("such as close()") {
    tunnel.carry_down();
    CHECK(application.depth_max == 1);
  }
  CHECK(application.datagrams == 2);
  CHECK(application.failed == 2);
}
