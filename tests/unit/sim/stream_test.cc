#include <catch2/catch_test_macros.hpp>

#include "floe/sim/stream_path.h"
#include "floe/sim/world.h"

namespace floe::sim {
namespace {

const IpAddress kServer = IpAddress::v4(192, 0, 2, 1);
const IpAddress kExternal = IpAddress::v4(203, 0, 113, 1);
const IpAddress kClient = IpAddress::v4(192, 168, 1, 2);

struct End final : StreamListener {
  void on_stream_connected(const TransportAddress& address) override { local = address; }
  void on_stream_bytes(Bytes bytes) override { received += as_text(bytes); }
  void on_stream_closed(std::string_view why) override {
    ++closed_count;
    reason = why;
  }

  std::unique_ptr<StreamSocket> stream;
  std::optional<TransportAddress> local;
  std::string received;
  std::string reason;
  int closed_count = 0;
};

struct Acceptor final : StreamAcceptor {
  StreamListener& accept(std::unique_ptr<StreamSocket> stream,
                         const TransportAddress& from) override {
    end.stream = std::move(stream);
    remote = from;
    return end;
  }

  End end;
  std::optional<TransportAddress> remote;
};

/// A client at home, and a server on the internet; 25 ms apart.
struct StreamWorld {
  void connect(std::uint16_t port = 3478, const std::optional<TlsClient>& tls = {}) {
    left.stream = client.api().streams->connect({kServer, port}, tls, left);
  }
  bool run_until_connected() {
    return world.run_until([&] { return left.local || left.closed_count != 0; }, 20s) &&
           left.local.has_value();
  }
  /// By a full cone to a server that listens.
  void connect_by_nat() {
    world.add_nat("nat", home, world.internet(), kExternal, Nat::full_cone());
    server.listen({kServer, 3478}, acceptor);
    connect();
    REQUIRE(run_until_connected());
  }
  bool run_until_closed() {
    return world.run_until([&] { return left.closed_count != 0; }, 60s);
  }

  World world{1};
  Acceptor acceptor;
  End left;
  Network& home = world.add_network("home", {*Prefix::parse("192.168.1.0/24")});
  SimHost& server = world.add_host("server", {kServer}, {.delay = 20ms});
  SimHost& client = world.add_host("client", home, {kClient}, {.delay = 0ms});
};

void send_all(StreamSocket& stream, std::string_view text) {
  for (const char& letter : text) REQUIRE(stream.send(as_bytes({&letter, 1})));
}

}  // namespace

TEST_CASE("a stream carries bytes in order, both ways, through a NAT", "[sim][stream]") {
  StreamWorld it;
  it.world.add_nat("nat", it.home, it.world.internet(), kExternal, Nat::symmetric());
  it.server.link().jitter = 30ms;  // datagrams would overtake
  it.server.listen({kServer, 3478}, it.acceptor);
  it.connect();
  CHECK_FALSE(it.left.stream->send(as_bytes("early")));
  REQUIRE(it.run_until_connected());
  CHECK(it.left.local->ip == kClient);
  CHECK(it.acceptor.remote->ip == kExternal);
  send_all(*it.left.stream, "abcdefghijklmnopqrstuvwxyz");
  send_all(*it.acceptor.end.stream, "0123456789");
  it.world.run_for(1s);
  CHECK(it.acceptor.end.received == "abcdefghijklmnopqrstuvwxyz");
  CHECK(it.left.received == "0123456789");
  it.left.stream->send(as_bytes("!"));
  it.left.stream.reset();
  it.world.run_for(1s);
  CHECK(it.acceptor.end.received.back() == '!');
  CHECK(it.acceptor.end.closed_count == 1);
}

TEST_CASE("where UDP is blocked a stream passes, unless its port is", "[sim][stream]") {
  StreamWorld it;
  it.server.listen({kServer, 3478}, it.acceptor);
  it.server.listen({kServer, 443}, it.acceptor, "turn.example.org");
  SECTION("all ports") {
    it.world.add_firewall("firewall", it.home, it.world.internet(), Firewall::udp_blocked());
    it.connect();
    CHECK(it.run_until_connected());
  }
  SECTION("not this port") {
    it.world.add_firewall("firewall", it.home, it.world.internet(), Firewall::only_https());
    it.connect();
    const Timestamp begun = it.world.now();
    CHECK_FALSE(it.run_until_connected());
    CHECK(it.left.reason == "the server does not answer");
    CHECK(it.world.now() - begun == kStreamConnectTimeout);
  }
  SECTION("this port") {
    it.world.add_firewall("firewall", it.home, it.world.internet(), Firewall::only_https());
    it.connect(443, TlsClient{"turn.example.org"});
    CHECK(it.run_until_connected());
  }
}

TEST_CASE("a stream that cannot be says why", "[sim][stream]") {
  StreamWorld it;
  it.server.listen({kServer, 443}, it.acceptor, "turn.example.org");
  std::string expected;
  SECTION("nobody there") {
    it.world.add_nat("nat", it.home, it.world.internet(), kExternal, Nat::full_cone());
    it.connect(81);
    expected = "connection refused";
  }
  SECTION("no way") {
    it.connect(443);
    expected = "there is no route to the server";
  }
  SECTION("another name") {
    it.world.add_nat("nat", it.home, it.world.internet(), kExternal, Nat::full_cone());
    it.connect(443, TlsClient{"turn.example.com"});
    expected = "the server's certificate is not valid for the name that was asked for";
  }
  REQUIRE(it.run_until_closed());
  CHECK(it.left.reason == expected);
}

TEST_CASE("a stream waits for a link that comes back, and not for ever", "[sim][stream]") {
  StreamWorld it;
  it.connect_by_nat();
  it.server.link().is_up = false;
  REQUIRE(it.left.stream->send(as_bytes("patience")));
  it.world.run_for(5s);
  CHECK(it.acceptor.end.received.empty());
  SECTION("comes back") {
    it.server.link().is_up = true;
    it.world.run_for(1s);
    CHECK(it.acceptor.end.received == "patience");
    CHECK(it.left.closed_count == 0);
  }
  SECTION("stays away") {
    it.world.run_for(kStreamPatience);
    CHECK(it.acceptor.end.closed_count == 1);
  }
}

TEST_CASE("a stream holds no more than its backlog", "[sim][stream]") {
  StreamWorld it;
  it.connect_by_nat();
  const ByteVector piece(kStreamBacklogMax / 4 + 1, 1);
  for (int i = 0; i < 3; ++i) CHECK(it.left.stream->send(piece));
  CHECK_FALSE(it.left.stream->send(piece));
  it.world.run_for(1s);
  CHECK(it.left.stream->send(piece));
}

TEST_CASE("a host that loses its address loses its streams", "[sim][stream]") {
  StreamWorld it;
  it.connect_by_nat();
  it.client.remove_interface("eth0");
  REQUIRE(it.run_until_closed());
  CHECK(it.left.reason == "this host has lost its address");
  it.world.run_for(1s);
  CHECK(it.acceptor.end.closed_count == 1);
}

TEST_CASE("what arrives at a host that sleeps is there when it wakes", "[sim][stream]") {
  StreamWorld it;
  it.connect_by_nat();
  it.client.fall_asleep();
  CHECK_FALSE(it.left.stream->send(as_bytes("x")));
  REQUIRE(it.acceptor.end.stream->send(as_bytes("good morning")));
  it.world.run_for(5s);
  CHECK(it.left.received.empty());
  it.client.wake();
  it.world.run_for(1s);
  CHECK(it.left.received == "good morning");
}

}  // namespace floe::sim
