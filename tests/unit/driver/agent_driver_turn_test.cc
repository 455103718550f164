// TURN servers by URI: over which transport they are asked, and what becomes of their streams.
#include <catch2/catch_test_macros.hpp>

#include "driver/fake_host.h"
#include "driver/recording_listener.h"
#include "floe/driver/agent_driver.h"
#include "floe/stun/message.h"

using namespace floe;
using namespace floe::testing;

namespace {

/// Connects when the test says so.
class FakeStreams final : public StreamSockets {
 public:
  std::unique_ptr<StreamSocket> connect(const TransportAddress& remote,
                                        const std::optional<TlsClient>& tls,
                                        StreamListener& heard_by) override {
    servers.push_back(remote);
    names.push_back(tls ? tls->server_name : "");
    listener = &heard_by;
    ++open;
    return std::make_unique<Socket>(*this);
  }

  std::vector<TransportAddress> servers;
  std::vector<std::string> names;
  std::vector<ByteVector> sent;
  StreamListener* listener = nullptr;
  int open = 0;

 private:
  class Socket final : public StreamSocket {
   public:
    explicit Socket(FakeStreams& streams) : streams_(streams) {}
    ~Socket() override { --streams_.open; }
    bool send(Bytes bytes) override {
      streams_.sent.emplace_back(bytes.begin(), bytes.end());
      return true;
    }

   private:
    FakeStreams& streams_;
  };
};

struct Driven {
  Driven() : driver(api(), {}, listener) { host.set_addresses({"192.0.2.1"}); }

  Host api() {
    Host all = host.api();
    all.streams = &streams;
    return all;
  }
  void gather(const char* uri) {
    GatherOptions options;
    options.servers.push_back({*parse_server_uri(uri), "user", "pass"});
    driver.gather(options);
    host.bind_all();
    host.run_for(50ms);
  }

  FakeHost host;
  FakeStreams streams;
  RecordingListener listener;
  AgentDriver driver;
};

bool is_allocate(const ByteVector& message) {
  const auto type = static_cast<std::uint16_t>(message[0] << 8 | message[1]);
  return type == stun::encode_type(stun::Class::request, stun::Method::allocate);
}

const TransportAddress kLocal = *TransportAddress::parse("192.0.2.1:40000");

}  // namespace

TEST_CASE("a TURN server is asked from a socket", "[driver]") {
  Driven driven;
  driven.gather("turn:203.0.113.1");
  REQUIRE(driven.host.sent().size() == 1);
  CHECK(driven.host.sent()[0].remote == *TransportAddress::parse("203.0.113.1:3478"));
  CHECK(is_allocate(driven.host.sent()[0].payload));
  CHECK(driven.streams.servers.empty());
}

TEST_CASE("a TURN server over TCP or TLS is connected to and then asked", "[driver]") {
  for (const bool is_tls : {false, true}) {
    Driven driven;
    driven.gather(is_tls ? "turns:203.0.113.1" : "turn:203.0.113.1?transport=tcp");
    REQUIRE(driven.streams.servers.size() == 1);
    CHECK(driven.streams.servers[0].port == (is_tls ? 5349 : 3478));
    CHECK(driven.streams.names[0] == (is_tls ? "203.0.113.1" : ""));
    CHECK(driven.streams.sent.empty());
    driven.streams.listener->on_stream_connected(kLocal);
    REQUIRE(driven.streams.sent.size() == 1);
    CHECK(is_allocate(driven.streams.sent[0]));
    CHECK(driven.host.sent().empty());
    driven.driver.close();
    CHECK(driven.streams.open == 0);
  }
}

TEST_CASE("a TURN server that cannot be connected to is told by its URI", "[driver]") {
  Driven driven;
  driven.gather("turns:203.0.113.1");
  driven.streams.listener->on_stream_closed("connection refused");
  REQUIRE(driven.listener.failures().size() == 1);
  CHECK(driven.listener.failures()[0].url == "turns:203.0.113.1");
  CHECK(driven.listener.failures()[0].code == ice::kServerUnreachable);
  CHECK(driven.listener.failures()[0].text == "connection refused");
  CHECK(driven.streams.open == 0);
  CHECK(driven.driver.agent().gathering_state() == ice::GatheringState::complete);
}
