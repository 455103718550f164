// What send() says of a datagram that the host does not take, and what the statistics say of it.
#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <string>
#include <utility>

#include "floe/json/writer.h"
#include "floe/signal/statistics.h"
#include "floe/sim/two_hosts.h"

using namespace floe;
using namespace floe::sim;
using ice::SendResult;

namespace {

/// The sockets and streams of a host, until the test says that they take nothing more.
class Valve final : public DatagramSockets, public StreamSockets {
 public:
  explicit Valve(Host host) : host_(std::move(host)) {}

  Host api() {
    return {host_.clock,  host_.timers, *this,          host_.network, host_.random,
            host_.crypto, host_.log,    host_.resolver, this};
  }

  SendStatus says = SendStatus::sent;

 private:
  class Socket final : public DatagramSocket {
   public:
    Socket(Valve& valve, const BindRequest& request, DatagramListener& listener)
        : valve_(valve), socket_(valve.host_.datagram_sockets.open(request, listener)) {}
    SendStatus send(const TransportAddress& to, Bytes payload) override {
      return valve_.says == SendStatus::sent ? socket_->send(to, payload) : valve_.says;
    }

   private:
    Valve& valve_;
    std::unique_ptr<DatagramSocket> socket_;
  };
  class Stream final : public StreamSocket {
   public:
    Stream(Valve& valve, std::unique_ptr<StreamSocket> stream)
        : valve_(valve), stream_(std::move(stream)) {}
    bool send(Bytes bytes) override {
      return valve_.says == SendStatus::sent && stream_->send(bytes);
    }

   private:
    Valve& valve_;
    std::unique_ptr<StreamSocket> stream_;
  };

  std::unique_ptr<DatagramSocket> open(const BindRequest& request,
                                       DatagramListener& listener) override {
    return std::make_unique<Socket>(*this, request, listener);
  }
  std::unique_ptr<StreamSocket> connect(const TransportAddress& remote,
                                        const std::optional<TlsClient>& tls,
                                        StreamListener& listener) override {
    return std::make_unique<Stream>(*this, host_.streams->connect(remote, tls, listener));
  }

  Host host_;
};

struct Call {
  /// `relay`: the only way leads over a TURN server, by that transport.
  explicit Call(std::optional<turn::Transport> relay = std::nullopt)
      : net({.turn = relay.has_value()}),
        valve(net.left().api()),
        left(valve.api(), in_plaintext(options(relay))),
        right(net.right().api(), in_plaintext(net.right_options())) {
    net.introduce(left, right);
    right.on_datagram = [this](ice::ComponentId, Bytes) { ++heard; };
    left.start();
    right.start();
    const auto done = [&] { return left.is_connected() && right.is_connected(); };
    REQUIRE(net.world().run_until(done, 30s));
    net.world().run_for(1s);
  }

  /// What DTLS sends would be counted, too.
  static ConnectionOptions in_plaintext(ConnectionOptions options) {
    options.security.reset();
    return options;
  }
  ConnectionOptions options(std::optional<turn::Transport> relay) const {
    ConnectionOptions options = net.left_options();
    if (!relay) return options;
    options.agent.policy = ice::CandidatePolicy::relay;
    std::erase_if(options.gather.servers,
                  [&](const Server& server) { return server.uri.relay_transport() != relay; });
    return options;
  }
  SendResult send(std::size_t size, SendStatus says = SendStatus::sent) {
    valve.says = says;
    const SendResult result = left.send(ByteVector(size));
    valve.says = SendStatus::sent;
    return result;
  }
  const ice::PairStatistics& pair() const {
    const auto index = left.agent().selected_pair_index(1);
    return left.agent().pairs()[index->value()].statistics;
  }
  const ice::AgentCounters& counters() const { return left.agent().counters(); }

  TwoHosts net;
  Valve valve;
  Connection left;
  Connection right;
  int heard = 0;
};

/// Nothing that was not sent counts as sent, and nothing of it arrives.
void check_one_of_three_was_sent(Call& call, std::size_t lost_bytes) {
  CHECK(call.counters().data_sent == 1);
  CHECK(call.pair().data_sent == 1);
  CHECK(call.pair().data_bytes_sent == 1000);
  CHECK(call.pair().data_discarded == 2);
  CHECK(call.pair().data_bytes_discarded == lost_bytes);
  call.net.world().run_for(1s);
  CHECK(call.heard == 1);
}

}  // namespace

TEST_CASE("what a socket does not take was not sent, and send() says why", "[sim][unsent]") {
  Call call;
  CHECK(call.send(1000));
  CHECK(call.send(100, SendStatus::dropped) == SendResult::queue_full);
  CHECK(call.send(10, SendStatus::failed) == SendResult::refused);
  check_one_of_three_was_sent(call, 110);
  CHECK(call.counters().not_sent.queue_full == 1);
  CHECK(call.counters().not_sent.refused == 1);
  CHECK(call.send(1, SendStatus::too_large) == SendResult::too_large);
  CHECK(call.counters().not_sent.too_large == 1);
  CHECK(call.send(kMaxDatagramSize + 1) == SendResult::too_large);
}

TEST_CASE("what a relay's connection does not take was not sent", "[sim][unsent]") {
  for (const auto transport : {turn::Transport::udp, turn::Transport::tcp}) {
    CAPTURE(to_text(transport));
    Call call(transport);
    REQUIRE(call.left.agent().selected_pair(1)->local.type == ice::CandidateType::relayed);
    CHECK(call.send(1000));
    CHECK(call.send(100, SendStatus::dropped) == SendResult::queue_full);
    CHECK(call.send(10, SendStatus::dropped) == SendResult::queue_full);
    check_one_of_three_was_sent(call, 110);
    CHECK(call.counters().not_sent.queue_full == 2);
    // No server takes as much: the header would not fit.
    CHECK(call.send(kMaxDatagramSize) == SendResult::too_large);
    CHECK(call.counters().not_sent.too_large == 1);
  }
}

TEST_CASE("an echo over a relay whose connection is full is counted", "[sim][unsent]") {
  Call call(turn::Transport::tcp);
  bool is_sent = false;
  call.left.on_datagram = [&](ice::ComponentId, Bytes datagram) {
    call.valve.says = SendStatus::dropped;
    is_sent = static_cast<bool>(call.left.send(datagram));
  };
  call.right.send(as_bytes("hello"));
  const auto full = [&] { return call.counters().not_sent.queue_full > 0; };
  CHECK(call.net.world().run_until(full, 1s));
  CHECK(is_sent);  // nobody could know at that moment
}

TEST_CASE("a path that works no more, or not yet, is no path", "[sim][unsent]") {
  Call call;
  call.left.close("over");
  CHECK(call.send(1) == SendResult::no_path);
}

TEST_CASE("the statistics tell what was not sent, by reason", "[sim][unsent]") {
  Call call;
  call.send(7, SendStatus::dropped);
  json::Writer out;
  signal::write_statistics(out, call.net.world().now(), call.left.agent());
  const std::string text = out.take();
  CHECK(text.find("\"packetsDiscardedOnSend\":1,\"bytesDiscardedOnSend\":7") != std::string::npos);
  CHECK(text.find("\"packetsNotSentQueueFull\":1,\"packetsNotSentTooLarge\":0,"
                  "\"packetsNotSentRefused\":0") != std::string::npos);
}
