// TCP connections that a gateway opens for its clients.
#include <catch2/catch_test_macros.hpp>

#include "encoded_records.h"
#include "floe/tunnel/records/record_reader.h"
#include "tunnel_world.h"

using namespace floe;
using namespace floe::tunnel;
using namespace floe::tunnel::test;

namespace {

const TransportAddress kServer{IpAddress::v4(198, 51, 100, 7), 3478};
const TransportAddress kLocal{IpAddress::v4(192, 0, 2, 1), 50000};
const TcpId kFirst{1};

struct StreamLog final : StreamListener {
  void on_stream_connected(const TransportAddress& address) override { local = address; }
  void on_stream_bytes(Bytes bytes) override { received += as_text(bytes); }
  void on_stream_drained() override { ++drained; }
  void on_stream_closed(std::string_view why) override {
    ++closed;
    reason = why;
  }

  std::optional<TransportAddress> local;
  std::string received;
  std::string reason;
  int drained = 0;
  int closed = 0;
};

/// A client with one stream.
struct TcpTunnel {
  explicit TcpTunnel(SessionLimits limits = {}) : tunnel({}, limits) { tunnel.connect(); }

  void connect(const std::optional<TlsClient>& tls = {}) {
    stream = tunnel.client->connect(kServer, tls, log);
    tunnel.pump();
  }
  void open() {
    connect();
    REQUIRE(tunnel.gateway.connections.size() == 1);
    tunnel.session.connections().handle_opened(kFirst, kLocal);
    tunnel.pump();
    REQUIRE(log.local == kLocal);
  }
  void arrive(std::string_view text) {
    tunnel.session.connections().handle_bytes(kFirst, as_bytes(text));
    tunnel.pump();
  }
  OpenConnection& connection() { return tunnel.gateway.connections.at(kFirst); }

  Tunnel tunnel;
  StreamLog log;
  std::unique_ptr<StreamSocket> stream;
};

}  // namespace

TEST_CASE("bytes of a TCP connection go both ways through a tunnel", "[tunnel][tcp]") {
  TcpTunnel it;
  it.open();
  CHECK(it.connection().kind == TcpKind::turn);
  CHECK(it.connection().remote == kServer);
  REQUIRE(it.stream->send(as_bytes("hello ")));
  REQUIRE(it.stream->send(as_bytes("server")));
  it.tunnel.pump();
  CHECK(it.connection().sent == "hello server");
  CHECK(it.log.drained == 1);
  it.arrive("hello client");
  CHECK(it.log.received == "hello client");
  it.tunnel.session.connections().handle_closed(kFirst, TcpCloseReason::finished);
  it.tunnel.pump();
  CHECK(it.log.closed == 1);
  CHECK(it.log.reason == "the server closed the connection");
  CHECK_FALSE(it.stream->send(as_bytes("x")));
}

TEST_CASE("a gateway is told the name that TLS must verify", "[tunnel][tcp]") {
  TcpTunnel it;
  SECTION("a name") {
    it.connect(TlsClient{"turn.example.org"});
    CHECK(it.connection().kind == TcpKind::turns);
    CHECK(it.connection().server_name == "turn.example.org");
    CHECK(it.tunnel.gateway.last_flow->protocol == Protocol::tcp);
    CHECK(it.tunnel.gateway.last_flow->tcp_kind == TcpKind::turns);
  }
  SECTION("what is no name never reaches it") {
    for (const char* name : {"", "turn example", "2001:db8::1"}) {
      StreamLog log;
      const auto stream = it.tunnel.client->connect(kServer, TlsClient{name}, log);
      CHECK(log.closed == 0);
      it.tunnel.pump();
      CHECK(log.closed == 1);
    }
    CHECK(it.tunnel.gateway.connections.empty());
    CHECK_FALSE(it.tunnel.client->is_closed());
  }
}

TEST_CASE("a connection that cannot be says why, and its id is free", "[tunnel][tcp]") {
  TcpTunnel it;
  SECTION("refused") {
    it.connect();
    it.tunnel.session.connections().handle_closed(kFirst, TcpCloseReason::refused);
    it.tunnel.gateway.connections.clear();
    it.tunnel.pump();
    CHECK(it.log.reason == "connection refused");
  }
  SECTION("denied by the policy") {
    it.tunnel.gateway.out_verdict = {false, DenyReason::address};
    it.connect();
    CHECK(it.tunnel.gateway.connections.empty());
    CHECK(it.log.reason == "the gateway's configuration does not allow this TURN server");
    it.tunnel.gateway.out_verdict = {true, {}};
  }
  CHECK(it.log.closed == 1);
  it.log = {};
  it.open();
  CHECK(it.tunnel.client->stats().errors == 0);
}

TEST_CASE("a server that does not answer is given up, and its id comes back", "[tunnel][tcp]") {
  TcpTunnel it;
  it.connect();
  it.tunnel.advance(kStreamConnectTimeout);
  CHECK(it.log.closed == 1);
  CHECK(it.log.reason == "the server does not answer");
  CHECK(it.tunnel.gateway.connections.empty());
  it.log = {};
  it.open();
}

TEST_CASE("a closed connection is closed at the gateway, whichever end is quicker",
          "[tunnel][tcp]") {
  TcpTunnel it;
  SECTION("while it opens") {
    it.connect();
    it.stream.reset();
    it.tunnel.session.connections().handle_opened(kFirst, kLocal);  // crosses TCP_CLOSE
    it.tunnel.pump();
  }
  SECTION("open") {
    it.open();
    it.stream->send(as_bytes("the last word"));
    it.stream.reset();
    it.tunnel.carry_up();
    CHECK(it.tunnel.gateway.connections.empty());
    it.tunnel.pump();
  }
  SECTION("both at once") {
    it.open();
    it.stream.reset();
    it.tunnel.session.connections().handle_closed(kFirst, TcpCloseReason::reset);
    it.tunnel.gateway.connections.clear();
    it.tunnel.carry_down();
    it.tunnel.pump();
  }
  CHECK(it.log.closed == 0);
  CHECK(it.tunnel.gateway.connections.empty());
  it.log = {};
  it.open();  // with the same id
  CHECK(it.tunnel.client->stats().errors == 0);
}

TEST_CASE("uplink bytes wait for the gateway's credit, and no more than a backlog",
          "[tunnel][tcp]") {
  TcpTunnel it;
  it.open();
  const std::string piece(10'000, 'u');
  std::size_t taken = 0;
  while (it.stream->send(as_bytes(piece))) taken += piece.size();
  CHECK(taken <= kTcpWindow + kStreamBacklogMax);
  it.tunnel.pump();
  CHECK(it.connection().sent.size() == kTcpWindow);
  CHECK(it.log.drained == 0);
  while (it.connection().sent.size() < taken) {
    it.tunnel.session.connections().handle_drained(kFirst);
    it.tunnel.pump();
  }
  CHECK(it.connection().sent.size() == taken);
  CHECK(it.log.drained == 1);
}

TEST_CASE("a client that exceeds a connection's credit loses the session", "[tunnel][tcp]") {
  TcpTunnel it;
  const ByteVector data(kTcpWindow / 2 + 1, 1);
  SECTION("beyond the window") {
    it.open();
    it.tunnel.session.handle_message(it.tunnel.clock.time, encode(TcpData{kFirst, data}));
    CHECK_FALSE(it.tunnel.session.is_closed());
  }
  SECTION("before it is open") {
    it.connect();
  }
  it.tunnel.session.handle_message(it.tunnel.clock.time, encode(TcpData{kFirst, data}));
  CHECK(it.tunnel.gateway.close_code == close_code(ErrorCode::credit_exceeded));
  CHECK(it.tunnel.gateway.connections.empty());
}

TEST_CASE("a gateway reads no more than the client has given credit for", "[tunnel][tcp]") {
  TestGateway gateway;
  Timestamp now{std::chrono::seconds(50)};
  ServerSession session{now, gateway.channel, gateway, gateway, SessionLimits{}};
  session.handle_message(now, encode(Hello{1, 1, kServerCapabilities, {}},
                                     TcpOpen{kFirst, TcpKind::turn, kServer, 10, ""}));
  session.connections().handle_opened(kFirst, kLocal);
  session.connections().handle_bytes(kFirst, as_bytes("0123456789abc"));
  CHECK_FALSE(gateway.connections.at(kFirst).reading);
  session.connections().handle_closed(kFirst, TcpCloseReason::finished);
  gateway.connections.clear();
  session.handle_message(now, encode(TcpData{kFirst, as_bytes("to nobody")}));
  session.flush(now);
  const auto sent = [&] {
    std::string data;
    bool has_end = false;
    for (const ByteVector& message : gateway.messages) {
      RecordReader reader{message};
      while (const auto record = reader.next()) {
        if (const auto* piece = std::get_if<TcpData>(&**record)) data += as_text(piece->data);
        if (std::holds_alternative<TcpClose>(**record)) has_end = true;
      }
    }
    return std::pair(data, has_end);
  };
  CHECK(sent() == std::pair<std::string, bool>("0123456789", false));
  session.handle_message(now, encode(TcpCredit{kFirst, 2}));
  session.flush(now);
  CHECK(sent() == std::pair<std::string, bool>("0123456789ab", false));
  session.handle_message(now, encode(TcpCredit{kFirst, 100}));
  session.flush(now);
  CHECK(sent() == std::pair<std::string, bool>("0123456789abc", true));
}

TEST_CASE("a channel that is full stops the reading of connections", "[tunnel][tcp]") {
  TcpTunnel it;
  it.open();
  it.tunnel.gateway.channel_full = true;
  const std::string piece(16'384, 'd');
  it.tunnel.session.connections().handle_bytes(kFirst, as_bytes(piece));
  it.tunnel.session.connections().handle_bytes(kFirst, as_bytes(piece));
  CHECK_FALSE(it.connection().reading);
  CHECK_FALSE(it.tunnel.session.is_closed());
  it.tunnel.gateway.channel_full = false;
  it.tunnel.session.handle_writable(it.tunnel.clock.time);
  CHECK(it.connection().reading);
  it.tunnel.pump();
  CHECK(it.log.received == piece + piece);
}

TEST_CASE("the client gives credit back as it reads", "[tunnel][tcp]") {
  TcpTunnel it;
  it.open();
  const std::string piece(16'000, 'd');
  for (int i = 0; i < 20; ++i) it.arrive(piece);
  CHECK(it.log.received.size() == 20 * piece.size());
  CHECK(it.connection().reading);
}

TEST_CASE("connections are limited, and ICE's are not opened", "[tunnel][tcp]") {
  SessionLimits limits;
  limits.max_connections = 2;
  TcpTunnel it(limits);
  SECTION("too many") {
    std::vector<std::unique_ptr<StreamSocket>> streams;
    StreamLog logs[3];
    for (StreamLog& log : logs) {
      streams.push_back(it.tunnel.client->connect(kServer, {}, log));
    }
    it.tunnel.pump();
    CHECK(it.tunnel.gateway.connections.size() == 2);
    CHECK(logs[2].reason == "the gateway cannot open more TCP connections");
  }
  SECTION("of a kind that is not there") {
    const auto open = encode(TcpOpen{TcpId{9}, TcpKind::ice, kServer, 1000, ""});
    it.tunnel.session.handle_message(it.tunnel.clock.time, open);
    it.tunnel.pump();
    CHECK(it.tunnel.client->stats().errors == 1);
    CHECK(it.tunnel.gateway.connections.empty());
    CHECK_FALSE(it.tunnel.session.is_closed());
  }
}

TEST_CASE("streams end with their tunnel", "[tunnel][tcp]") {
  TcpTunnel it;
  it.open();
  StreamLog waiting;
  const auto second = it.tunnel.client->connect(kServer, {}, waiting);
  SECTION("the gateway closes") {
    it.tunnel.session.close(ErrorCode::going_away, "");
    it.tunnel.pump();
    CHECK(it.tunnel.gateway.connections.empty());
  }
  SECTION("the client closes") {
    it.tunnel.client->close();
  }
  SECTION("the client is destroyed") {
    it.tunnel.client.reset();
  }
  CHECK(it.log.closed == 1);
  CHECK(waiting.closed == 1);
  CHECK(it.log.reason == "the connection to the gateway is closed");
  CHECK_FALSE(it.stream->send(as_bytes("x")));
}

TEST_CASE("a gateway without TCP says so at once", "[tunnel][tcp]") {
  MemoryChannels channels;
  TestClock clock;
  ClientLog log;
  Client client(channels, clock, log, {});
  channels.last->listener->on_channel_open();
  channels.last->listener->on_channel_message(MessageKind::binary, encode(bare_welcome()));
  StreamLog stream_log;
  const auto stream = client.connect(kServer, {}, stream_log);
  CHECK(stream_log.closed == 0);
  client.flush();
  CHECK(stream_log.reason == "the gateway does not support TCP connections");
}
