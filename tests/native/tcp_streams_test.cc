#include "floe/native/tcp_streams.h"

#include <catch2/catch_test_macros.hpp>

#include "floe/native/system_random.h"
#include "stream_server.h"
#include "temporary_directory.h"

namespace floe::native {
namespace {

using test::kPatience;
using test::StreamServer;

/// One end of a stream: keeps what it hears.
struct End final : StreamListener {
  void on_stream_connected(const TransportAddress& address) override {
    ++connected_count;
    local = address;
  }
  void on_stream_bytes(Bytes bytes) override {
    received += as_text(bytes);
    if (closes_on_bytes) stream.reset();
  }
  void on_stream_drained() override { ++drained_count; }
  void on_stream_closed(std::string_view why) override {
    ++closed_count;
    reason = why;
  }

  std::unique_ptr<TcpStream> stream;
  TransportAddress local;
  std::string received;
  std::string reason;
  bool closes_on_bytes = false;
  int connected_count = 0;
  int drained_count = 0;
  int closed_count = 0;
};

struct StreamWorld {
  explicit StreamWorld(const StreamOptions& options = {}) : streams(loop, random, options) {}

  void connect(const TransportAddress& remote, const std::optional<TlsClient>& tls = {}) {
    end.stream = streams.connect_tcp(remote, tls, end);
    CHECK(end.connected_count + end.closed_count == 0);  // never from inside connect()
  }
  template <class Predicate>
  bool run_until(Predicate done, Duration patience = kPatience) {
    return test::run_until(loop, done, patience);
  }
  bool run_until_connected() {
    return run_until([&] { return end.connected_count + end.closed_count != 0; }) &&
           end.connected_count == 1;
  }
  bool run_until_closed() {
    return run_until([&] { return end.closed_count != 0; });
  }

  Loop loop;
  SystemRandom random;
  TcpStreams streams;
  End end;
};

/// A world that trusts one certificate.
struct SecureStreamWorld {
  explicit SecureStreamWorld(const std::string& name)
      : certificate(test::make_certificate(name)),
        world(StreamOptions{directory.write("ca.pem", certificate.certificate_pem)}) {}

  test::TemporaryDirectory directory;
  test::TestCertificate certificate;
  StreamWorld world;
};

}  // namespace

TEST_CASE("bytes go both ways over TCP in order", "[native][stream]") {
  StreamWorld world;
  StreamServer server(world.loop);
  server.set_echo(true);
  world.connect(server.address());
  CHECK_FALSE(world.end.stream->send(as_bytes("too early")));
  REQUIRE(world.run_until_connected());
  CHECK(world.end.local.ip == IpAddress::loopback(Family::ipv4));
  CHECK(world.end.local.port != 0);
  std::string sent;
  for (int i = 0; i < 100; ++i) {
    const std::string piece = "piece " + std::to_string(i) + ";";
    REQUIRE(world.end.stream->send(as_bytes(piece)));
    sent += piece;
  }
  REQUIRE(world.run_until([&] { return world.end.received.size() == sent.size(); }));
  CHECK(world.end.received == sent);
  CHECK(world.end.drained_count == 1);
  world.end.stream->send(as_bytes("the last word"));
  world.end.stream.reset();
  REQUIRE(world.run_until([&] { return server.has_ended(); }));
  CHECK(server.received() == sent + "the last word");
  CHECK(world.end.closed_count == 0);
}

TEST_CASE("a closed port refuses, and the reason says so", "[native][stream]") {
  StreamWorld world;
  TransportAddress nobody;
  {
    const StreamServer server(world.loop);
    nobody = server.address();
  }
  world.connect(nobody);
  REQUIRE(world.run_until_closed());
  CHECK(world.end.reason == "connection refused");
  CHECK(world.end.stream->error() == StreamError::refused);
  CHECK_FALSE(world.end.stream->send(as_bytes("x")));
  test::run_for(world.loop, Duration(30ms));
  CHECK(world.end.closed_count == 1);
  CHECK(world.end.connected_count == 0);
}

TEST_CASE("a stream tells a server that closed from one that reset", "[native][stream]") {
  StreamWorld world;
  StreamServer server(world.loop);
  world.connect(server.address());
  REQUIRE(world.run_until_connected());
  REQUIRE(world.run_until([&] { return server.is_connected(); }));
  SECTION("closed") {
    server.send("bye");
    server.close();
    REQUIRE(world.run_until_closed());
    CHECK(world.end.received == "bye");
    CHECK(world.end.reason == "the server closed the connection");
    CHECK(world.end.stream->error() == StreamError::closed);
  }
  SECTION("reset") {
    server.reset();
    REQUIRE(world.run_until_closed());
    CHECK(world.end.reason == "the server reset the connection");
    CHECK(world.end.stream->error() == StreamError::reset);
  }
}

TEST_CASE("a stream that nobody reads takes no more than its backlog", "[native][stream]") {
  StreamWorld world;
  StreamServer server(world.loop);
  server.set_reading(false);
  world.connect(server.address());
  REQUIRE(world.run_until_connected());
  const ByteVector piece(1000, 7);
  std::size_t taken = 0;
  // The kernels take some megabytes at most.
  for (int pass = 0; pass < 400; ++pass) {
    while (world.end.stream->send(piece)) taken += piece.size();
    REQUIRE(world.end.stream->buffered_bytes() <= kStreamBacklogMax);
    world.loop.run_once(Duration(1ms));
    if (pass > 20 && !world.end.stream->send(piece)) break;
  }
  CHECK_FALSE(world.end.stream->send(piece));
  CHECK(world.end.drained_count == 0);
  server.set_reading(true);
  REQUIRE(world.run_until([&] { return server.received().size() == taken; }));
  CHECK(world.end.drained_count == 1);
  CHECK(world.end.stream->send(piece));
}

TEST_CASE("a stream that does not read makes the server wait", "[native][stream]") {
  StreamWorld world;
  StreamServer server(world.loop);
  world.connect(server.address());
  REQUIRE(world.run_until_connected());
  REQUIRE(world.run_until([&] { return server.is_connected(); }));
  world.end.stream->set_reading(false);
  server.send("later");
  test::run_for(world.loop, Duration(30ms));
  CHECK(world.end.received.empty());
  world.end.stream->set_reading(true);
  REQUIRE(world.run_until([&] { return world.end.received == "later"; }));
}

TEST_CASE("a listener may destroy its stream while it hears of bytes", "[native][stream]") {
  StreamWorld world;
  StreamServer server(world.loop);
  world.connect(server.address());
  REQUIRE(world.run_until_connected());
  REQUIRE(world.run_until([&] { return server.is_connected(); }));
  world.end.closes_on_bytes = true;
  server.send(std::string(100'000, 'x'));
  REQUIRE(world.run_until([&] { return !world.end.stream; }));
  test::run_for(world.loop, Duration(30ms));
  CHECK(world.end.closed_count == 0);
  CHECK(world.end.received.size() <= 16384);  // one piece
}

TEST_CASE("bytes go both ways over TLS, more than a record at a time", "[native][stream][tls]") {
  SecureStreamWorld secure("turn.example.org");
  StreamWorld& world = secure.world;
  StreamServer server(world.loop, &secure.certificate);
  server.set_echo(true);
  world.connect(server.address(), TlsClient{"turn.example.org"});
  REQUIRE(world.run_until_connected());
  std::string sent;
  for (std::size_t i = 0; i < 50'000; ++i) sent += static_cast<char>('a' + i % 26);
  REQUIRE(world.end.stream->send(as_bytes(sent)));
  REQUIRE(world.run_until([&] { return world.end.received.size() == sent.size(); }));
  CHECK(world.end.received == sent);
  server.close();
  REQUIRE(world.run_until_closed());
  CHECK(world.end.reason == "the server closed the connection");
}

TEST_CASE("a stream's certificate must be vouched for, and name the server",
          "[native][stream][tls]") {
  SecureStreamWorld secure("turn.example.org");
  StreamWorld& world = secure.world;
  SECTION("for another name") {
    StreamServer server(world.loop, &secure.certificate);
    world.connect(server.address(), TlsClient{"turn.example.com"});
    REQUIRE(world.run_until_closed());
    CHECK(world.end.reason == "the server's certificate is not valid for turn.example.com");
  }
  SECTION("for an address, when it has a name") {
    StreamServer server(world.loop, &secure.certificate);
    world.connect(server.address(), TlsClient{"127.0.0.1"});
    REQUIRE(world.run_until_closed());
    CHECK(world.end.reason == "the server's certificate is not valid for 127.0.0.1");
  }
  SECTION("by somebody else") {
    const test::TestCertificate other = test::make_certificate("turn.example.org");
    StreamServer server(world.loop, &other);
    world.connect(server.address(), TlsClient{"turn.example.org"});
    REQUIRE(world.run_until_closed());
    CHECK(world.end.reason == "no trusted authority signed the server's certificate");
  }
  CHECK(world.end.stream->error() == StreamError::tls);
  CHECK(world.end.connected_count == 0);
}

TEST_CASE("a certificate may name the server by its address", "[native][stream][tls]") {
  SecureStreamWorld secure("127.0.0.1");
  StreamServer server(secure.world.loop, &secure.certificate);
  secure.world.connect(server.address(), TlsClient{"127.0.0.1"});
  CHECK(secure.world.run_until_connected());
}

TEST_CASE("TLS to somebody who does not speak it fails in words", "[native][stream][tls]") {
  StreamWorld world;
  StreamServer server(world.loop);
  world.connect(server.address(), TlsClient{"localhost"});
  REQUIRE(world.run_until([&] { return !server.received().empty(); }));
  SECTION("another protocol") {
    server.send("220 mail.example.org ready for whatever it is that you want\r\n");
    REQUIRE(world.run_until_closed());
    CHECK(world.end.reason == "the server does not speak TLS on this port");
  }
  SECTION("a door shut") {
    server.close();
    REQUIRE(world.run_until_closed());
    CHECK(world.end.reason == "the server closed the connection during the TLS handshake");
  }
}

TEST_CASE("a file of authorities that cannot be read fails TLS only", "[native][stream][tls]") {
  StreamWorld world(StreamOptions{"/does/not/exist.pem"});
  StreamServer server(world.loop);
  SECTION("TLS") {
    world.connect(server.address(), TlsClient{"localhost"});
    REQUIRE(world.run_until_closed());
    CHECK(world.end.reason == "the file of trusted authorities /does/not/exist.pem cannot be read");
  }
  SECTION("TCP") {
    world.connect(server.address());
    CHECK(world.run_until_connected());
  }
}

}  // namespace floe::native
