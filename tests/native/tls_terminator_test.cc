#include "floe/native/tls_terminator.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <list>

#include "floe/native/system_random.h"
#include "floe/native/tcp_listener.h"
#include "floe/native/tcp_streams.h"
#include "handshake_queue.h"
#include "raw_client.h"
#include "temporary_directory.h"
#include "test_certificate.h"

namespace floe::native {
namespace {

using namespace std::chrono_literals;
using test::RawClient;

/// One end of a stream: keeps what it hears.
struct Ear final : StreamListener {
  void on_stream_connected(const TransportAddress&) override { is_open = true; }
  void on_stream_bytes(Bytes bytes) override { received += as_text(bytes); }
  void on_stream_drained() override {}
  void on_stream_closed(std::string_view why) override {
    is_closed = true;
    reason = why;
  }

  std::unique_ptr<TcpStream> stream;
  std::string received;
  std::string reason;
  bool is_open = false;
  bool is_closed = false;
};

/// A TLS server on loopback, and clients that trust some certificate.
class TlsWorld final : private ConnectionAcceptor, private TlsTerminatorListener {
 public:
  explicit TlsWorld(const std::string& trusted_pem)
      : clients_(loop, random_, StreamOptions{directory.write("ca.pem", trusted_pem)}),
        streams_(loop, random_) {
    const auto bound = listener_.listen({IpAddress::loopback(Family::ipv4), 0});
    REQUIRE(bound);
    address = *bound;
  }

  bool load(const test::TestCertificate& made) {
    return tls.load(directory.write("server.pem", made.certificate_pem),
                    directory.write("server.key", made.key_pem));
  }
  Ear& connect() {
    Ear& ear = clients.emplace_back();
    ear.stream = clients_.connect_tcp(address, TlsClient{"localhost"}, ear);
    return ear;
  }
  template <class Predicate>
  bool run_until(Predicate done, Duration patience = test::kPatience) {
    return test::run_until(loop, done, patience);
  }
  bool run_until_served(std::size_t count) {
    return run_until(
        [&] { return served.size() == count && served.back().is_open && clients.back().is_open; });
  }

  Loop loop;
  test::TemporaryDirectory directory;
  TransportAddress address;
  std::list<Ear> clients;
  std::list<Ear> served;
  std::list<TransportAddress> peers;

 private:
  void on_accepted(UniqueFd connection, const TransportAddress& peer) override {
    tls.take(std::move(connection), peer, *this);
  }
  bool has_room() const override { return true; }
  void on_decrypted(UniqueFd connection, const TransportAddress& peer) override {
    peers.push_back(peer);
    Ear& ear = served.emplace_back();
    ear.stream = streams_.adopt(std::move(connection), ear);
  }

  SystemRandom random_;
  TcpStreams clients_;
  TcpStreams streams_;
  TcpListener listener_{loop, *this};

 public:
  TlsTerminator tls{loop};
};

std::string text_of(std::size_t size) {
  std::string text(size, ' ');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>('a' + i % 23);
  return text;
}

/// Sends all of `text`, as fast as the stream takes it.
void send_all(TlsWorld& world, TcpStream& stream, std::string_view text) {
  while (!text.empty()) {
    const std::string_view piece = text.substr(0, 10'000);
    REQUIRE(world.run_until([&] { return stream.send(as_bytes(piece)); }));
    text.remove_prefix(piece.size());
  }
}

}  // namespace

TEST_CASE("bytes go both ways through the thread that encrypts", "[native][tls]") {
  const test::TestCertificate certificate = test::make_certificate("localhost");
  TlsWorld world(certificate.certificate_pem);
  REQUIRE(world.load(certificate));
  Ear& client = world.connect();
  REQUIRE(world.run_until_served(1));
  CHECK(world.peers.back().ip == IpAddress::loopback(Family::ipv4));
  Ear& server = world.served.back();
  const std::string up = text_of(1'000'003);
  const std::string down = text_of(700'001);
  send_all(world, *client.stream, up);
  send_all(world, *server.stream, down);
  REQUIRE(world.run_until([&] {
    return server.received.size() == up.size() && client.received.size() == down.size();
  }));
  CHECK(server.received == up);
  CHECK(client.received == down);
  CHECK(world.tls.statistics().handshakes == 1);
}

TEST_CASE("an end that does not read makes the other wait", "[native][tls]") {
  const test::TestCertificate certificate = test::make_certificate("localhost");
  TlsWorld world(certificate.certificate_pem);
  REQUIRE(world.load(certificate));
  Ear& client = world.connect();
  REQUIRE(world.run_until_served(1));
  Ear& server = world.served.back();
  const bool is_server = GENERATE(true, false);
  Ear& reader = is_server ? server : client;
  Ear& writer = is_server ? client : server;
  reader.stream->set_reading(false);
  std::string sent;
  const std::string piece = text_of(16'000);
  int refused = 0;
  for (int i = 0; i < 1000 && refused < 20; ++i) {
    if (writer.stream->send(as_bytes(piece))) {
      sent += piece;
    } else {
      ++refused;
    }
    test::run_for(world.loop, 1ms);
  }
  CHECK(refused == 20);
  CHECK(sent.size() < 12'000'000);
  reader.stream->set_reading(true);
  REQUIRE(world.run_until([&] { return reader.received.size() == sent.size(); }));
  CHECK(reader.received == sent);
}

TEST_CASE("what was sent before closing arrives, from either end", "[native][tls]") {
  const test::TestCertificate certificate = test::make_certificate("localhost");
  TlsWorld world(certificate.certificate_pem);
  REQUIRE(world.load(certificate));
  Ear& client = world.connect();
  REQUIRE(world.run_until_served(1));
  Ear& server = world.served.back();
  const bool server_closes = GENERATE(true, false);
  Ear& closing = server_closes ? server : client;
  Ear& other = server_closes ? client : server;
  const std::string last = text_of(30'000);
  REQUIRE(other.stream->send(as_bytes("nobody reads this")));
  REQUIRE(closing.stream->send(as_bytes(last)));
  closing.stream.reset();
  REQUIRE(world.run_until([&] { return other.is_closed; }));
  CHECK(other.received == last);
}

TEST_CASE("a certificate that is loaded later is for new connections", "[native][tls]") {
  const test::TestCertificate old_one = test::make_certificate("localhost");
  const test::TestCertificate new_one = test::make_certificate("localhost");
  TlsWorld world(new_one.certificate_pem);
  REQUIRE(world.load(old_one));
  Ear& early = world.connect();
  REQUIRE(world.run_until([&] { return early.is_closed; }));
  CHECK(early.reason == "no trusted authority signed the server's certificate");
  CHECK(world.run_until([&] { return world.tls.statistics().failed == 1; }));
  CHECK_FALSE(world.tls.load("/does/not/exist.pem", "/does/not/exist.key"));
  REQUIRE(world.load(new_one));
  world.connect();
  CHECK(world.run_until_served(1));
}

TEST_CASE("connections that say nothing hold up nobody, and end", "[native][tls]") {
  const test::TestCertificate certificate = test::make_certificate("localhost");
  TlsWorld world(certificate.certificate_pem);
  REQUIRE(world.load(certificate));
  std::list<RawClient> silent;
  for (int i = 0; i < 100; ++i) silent.emplace_back(world.loop, world.address);
  RawClient rude(world.loop, world.address);
  rude.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  Ear& client = world.connect();
  REQUIRE(world.run_until([&] { return client.is_open; }, 3s));
  REQUIRE(rude.receive_end());
  REQUIRE(world.run_until([&] { return world.tls.statistics().failed == 101; }, 8s));
  CHECK(silent.front().receive_end());
  CHECK_FALSE(client.is_closed);
}

TEST_CASE("networks take turns to shake hands", "[native][tls]") {
  HandshakeQueue<const char> queue(100);
  const char a = 'a';
  const char b = 'b';
  const char c = 'c';
  const char d = 'd';
  const char e = 'e';
  const IpAddress flooder = IpAddress::v4(192, 0, 2, 1);
  const IpAddress neighbour = IpAddress::v4(192, 0, 2, 200);
  const IpAddress other = *IpAddress::parse("2001:db8::1");
  for (const IpAddress& ip : {flooder, flooder, neighbour, other, other}) {
    REQUIRE(queue.enter(ip));
  }
  queue.push(flooder, &a);
  queue.push(flooder, &b);
  queue.push(neighbour, &c);
  queue.push(other, &d);
  queue.push(other, &e);
  const char* first = queue.pop();
  const bool other_is_first = first == &d;  // any may be
  CHECK(first == (other_is_first ? &d : &a));
  CHECK(queue.pop() == (other_is_first ? &a : &d));
  CHECK(queue.pop() == (other_is_first ? &e : &b));
  CHECK(queue.pop() == (other_is_first ? &b : &e));
  queue.leave(neighbour, &c);
  CHECK_FALSE(queue.has_ready());
  CHECK(queue.pop() == nullptr);
}

TEST_CASE("one network, and all together, have so many handshakes", "[native][tls]") {
  HandshakeQueue<const char> queue(8);
  const auto ip = [](int network, int host) {
    return IpAddress::v4(10, 0, static_cast<std::uint8_t>(network),
                         static_cast<std::uint8_t>(host));
  };
  CHECK(queue.enter(ip(0, 1)));
  CHECK(queue.enter(ip(0, 2)));
  CHECK_FALSE(queue.enter(ip(0, 3)));
  CHECK(queue.enter(ip(1, 3)));
  queue.leave(ip(0, 2), nullptr);
  CHECK(queue.enter(ip(0, 3)));
  for (int network = 2; network < 7; ++network) CHECK(queue.enter(ip(network, 1)));
  CHECK_FALSE(queue.enter(ip(200, 1)));
  queue.leave(ip(6, 1), nullptr);
  CHECK(queue.enter(ip(200, 1)));
}

}  // namespace floe::native
