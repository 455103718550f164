// Data channels between two hosts behind NATs, over the whole of ICE and DTLS, in virtual time.
#include <catch2/catch_test_macros.hpp>

#include "floe/channel_driver/data_channels.h"
#include "floe/sim/two_hosts.h"

namespace floe::sim {
namespace {

using Handle = std::shared_ptr<DataChannel>;

/// One end: a connection with channels, and everything that came over them.
class End {
 public:
  End(SimHost& host, ConnectionOptions options, bool has_channels = true)
      : connection(host.api(), std::move(options)) {
    if (!has_channels) return;
    channels = std::make_unique<DataChannels>(host.api(), connection);
    channels->on_channel = [this](const Handle& channel) { keep(channel); };
  }

  Handle open(channels::ChannelOptions options) {
    const auto channel = channels->open(std::move(options));
    REQUIRE(channel);
    keep(*channel);
    return *channel;
  }

  void keep(const Handle& channel) {
    kept.push_back(channel);
    channel->on_message = [this](channels::MessageKind, Bytes message) {
      texts.emplace_back(as_text(message));
    };
    channel->on_close = [this] { ++closed; };
  }

  Connection connection;
  std::unique_ptr<DataChannels> channels;
  std::vector<Handle> kept;
  std::vector<std::string> texts;
  int closed = 0;
};

struct Pair {
  explicit Pair(TwoHostsOptions options = {}, bool right_has_channels = true)
      : net(options),
        left(net.left(), net.left_options()),
        right(net.right(), net.right_options(), right_has_channels) {
    net.introduce(left.connection, right.connection);
  }

  void start() {
    left.connection.start();
    right.connection.start();
  }
  template <class Holds>
  bool run_until(Holds holds, Duration limit = 60s) {
    return net.world().run_until(holds, limit);
  }
  bool connect() {
    start();
    return run_until(
        [&] { return left.connection.is_connected() && right.connection.is_connected(); });
  }

  TwoHosts net;
  End left;
  End right;
};

TEST_CASE("a channel that was opened early is there as soon as there is a path",
          "[sim][channels]") {
  Pair pair;
  const Handle doors = pair.left.open({.label = "doors", .protocol = "v1"});
  CHECK(doors->send("first") == channels::SendResult::sent);
  CHECK(doors->buffered_amount() == 5);
  pair.start();
  REQUIRE(pair.run_until([&] { return !pair.right.texts.empty(); }));
  CHECK(pair.right.texts == std::vector<std::string>{"first"});
  CHECK(pair.right.kept[0]->label() == "doors");
  CHECK(pair.right.kept[0]->protocol() == "v1");
  CHECK(pair.right.kept[0]->send("second") == channels::SendResult::sent);
  REQUIRE(pair.run_until([&] { return !pair.left.texts.empty(); }));
  CHECK(doors->state() == DataChannel::State::open);
  CHECK(doors->id() == pair.right.kept[0]->id());
}

TEST_CASE("channels lose nothing where the network loses", "[sim][channels]") {
  Pair pair({.seed = 3, .loss_ppm = 100'000});
  const Handle channel = pair.left.open({.label = "x"});
  pair.start();
  REQUIRE(pair.run_until([&] { return channel->state() == DataChannel::State::open; }));
  std::vector<std::string> expected;
  for (int i = 0; i < 500; ++i) {
    expected.push_back(std::to_string(i));
    CHECK(channel->send(expected.back()) == channels::SendResult::sent);
  }
  REQUIRE(pair.run_until([&] { return pair.right.texts.size() == expected.size(); }));
  CHECK(pair.right.texts == expected);
}

// RFC 9260, section 6.3.1: "RTO.Initial" is for a path whose round trip was never measured.
TEST_CASE("a channel whose first packet is lost waits for the round trip of ICE, not for a second",
          "[sim][channels]") {
  Pair pair({.round_trip = 40ms});
  REQUIRE(pair.connect());
  pair.net.world().run_for(1s);
  pair.net.left().link().is_up = false;
  const Handle channel = pair.left.open({.label = "x"});
  pair.net.world().run_for(10ms);
  pair.net.left().link().is_up = true;
  CHECK(pair.run_until([&] { return channel->state() == DataChannel::State::open; }, 400ms));
}

TEST_CASE("datagrams go beside the channels, whatever is in them", "[sim][channels]") {
  Pair pair;
  const Handle channel = pair.left.open({.label = "x"});
  std::vector<ByteVector> datagrams;
  pair.right.connection.on_datagram = [&](ice::ComponentId, Bytes datagram) {
    datagrams.emplace_back(datagram.begin(), datagram.end());
  };
  REQUIRE(pair.connect());
  REQUIRE(pair.run_until([&] { return channel->state() == DataChannel::State::open; }));
  // The second one has the ports of SCTP, and no checksum that fits.
  const std::vector<ByteVector> sent{{1, 2, 3},
                                     {0x13, 0x88, 0x13, 0x88, 0, 0, 0, 0, 0, 0, 0, 0, 9}};
  for (const ByteVector& datagram : sent) CHECK(pair.left.connection.send(datagram));
  CHECK(channel->send("message") == channels::SendResult::sent);
  REQUIRE(pair.run_until([&] { return datagrams.size() == 2 && !pair.right.texts.empty(); }));
  CHECK(datagrams == sent);
}

TEST_CASE("channels outlive a restart of ICE", "[sim][channels]") {
  Pair pair;
  const Handle channel = pair.left.open({.label = "x"});
  REQUIRE(pair.connect());
  pair.left.connection.restart();
  CHECK(channel->send("during") == channels::SendResult::sent);
  pair.net.world().run_for(5s);
  CHECK(channel->send("after") == channels::SendResult::sent);
  REQUIRE(pair.run_until([&] { return pair.right.texts.size() == 2; }));
  CHECK(pair.left.closed + pair.right.closed == 0);
}

TEST_CASE("channels to a peer that carries none are closed", "[sim][channels]") {
  Pair pair({}, false);
  const Handle channel = pair.left.open({.label = "x"});
  REQUIRE(pair.connect());
  REQUIRE(pair.run_until([&] { return pair.left.closed == 1; }));
  CHECK(channel->state() == DataChannel::State::closed);
  CHECK(channel->send("anything") == channels::SendResult::no_channel);
  CHECK(pair.left.connection.is_connected());
  CHECK(pair.left.channels->message_size_max() == 0);
  CHECK(pair.left.channels->open({.label = "late"}).error() == channels::OpenError::no_peer);
}

TEST_CASE("an association begins with the first channel of either end", "[sim][channels]") {
  Pair pair;
  const auto sent = [&] {
    return pair.left.connection.agent().counters().data_sent +
           pair.right.connection.agent().counters().data_sent;
  };
  REQUIRE(pair.connect());
  CHECK(pair.left.channels->message_size_max() == 256 << 10);
  pair.net.world().run_for(1s);  // with the last datagrams of DTLS
  const auto before = sent();
  pair.net.world().run_for(20s);
  CHECK(sent() == before);
  SECTION("of the one") {
    (void)pair.left.open({.label = "x"})->send("hello");
    REQUIRE(pair.run_until([&] { return !pair.right.texts.empty(); }));
  }
  SECTION("of the other") {
    (void)pair.right.open({.label = "x"})->send("hello");
    REQUIRE(pair.run_until([&] { return !pair.left.texts.empty(); }));
  }
  SECTION("of both at once") {
    (void)pair.left.open({.label = "x"})->send("hello");
    (void)pair.right.open({.label = "y"})->send("hello");
    REQUIRE(pair.run_until([&] { return !pair.left.texts.empty() && !pair.right.texts.empty(); }));
  }
  CHECK(sent() > before);
}

TEST_CASE("a channel tells nothing before it is in its user's hands", "[sim][channels]") {
  Pair pair;
  const Handle first = pair.left.open({.label = "first"});
  REQUIRE(pair.connect());
  REQUIRE(pair.run_until([&] { return first->state() == DataChannel::State::open; }));
  const Handle late = pair.left.open({.label = "late", .negotiated = channels::ChannelId(100)});
  int opened = 0;
  late->on_open = [&] { ++opened; };
  REQUIRE(pair.run_until([&] { return opened == 1; }));
}

TEST_CASE("channels with the same number are not opened twice", "[sim][channels]") {
  Pair pair;
  const channels::ChannelOptions seven{.label = "x", .negotiated = channels::ChannelId(7)};
  const Handle first = pair.left.open(seven);
  const auto second = pair.left.channels->open(seven);
  REQUIRE_FALSE(second);
  CHECK(second.error() == channels::OpenError::taken);
  REQUIRE(pair.connect());
  REQUIRE(pair.run_until([&] { return first->state() == DataChannel::State::open; }));
  CHECK(pair.left.channels->open(seven).error() == channels::OpenError::taken);
}

TEST_CASE("channels that end together may use each other while they do", "[sim][channels]") {
  Pair pair;
  const Handle one = pair.left.open({.label = "one"});
  const Handle two = pair.left.open({.label = "two"});
  REQUIRE(pair.connect());
  REQUIRE(pair.run_until([&] { return two->state() == DataChannel::State::open; }));
  const auto use = [&](const Handle& other) {
    CHECK(other->send("anything") == channels::SendResult::no_channel);
    CHECK(other->buffered_amount() == 0);
    other->close();
    ++pair.left.closed;
  };
  one->on_close = [&] { use(two); };
  two->on_close = [&] { use(one); };
  SECTION("with the connection") {
    pair.left.connection.close();
    REQUIRE(pair.run_until([&] { return pair.right.closed == 2; }));
  }
  SECTION("by themselves") {
    pair.left.channels->close();
    REQUIRE(pair.run_until([&] { return pair.right.closed == 2; }));
    CHECK(pair.right.connection.is_connected());
    CHECK(pair.right.channels->open({.label = "late"}).error() == channels::OpenError::over);
  }
  CHECK(pair.left.closed == 2);
}

TEST_CASE("a connection that ends closes its channels at both ends", "[sim][channels]") {
  Pair pair;
  const Handle channel = pair.left.open({.label = "x"});
  REQUIRE(pair.connect());
  REQUIRE(pair.run_until([&] { return channel->state() == DataChannel::State::open; }));
  pair.left.connection.close();
  REQUIRE(pair.run_until([&] { return pair.left.closed == 1 && pair.right.closed == 1; }));
  const auto late = pair.left.channels->open({.label = "late"});
  REQUIRE_FALSE(late);
  CHECK(late.error() == channels::OpenError::over);
}

TEST_CASE("a channel may be closed from inside its own function", "[sim][channels]") {
  Pair pair;
  const Handle channel = pair.left.open({.label = "x"});
  pair.right.channels->on_channel = [&](const Handle& opened) {
    pair.right.keep(opened);
    opened->on_message = [opened](channels::MessageKind, Bytes) { opened->close(); };
  };
  REQUIRE(pair.connect());
  CHECK(channel->send("bye") == channels::SendResult::sent);
  REQUIRE(pair.run_until([&] { return pair.left.closed == 1 && pair.right.closed == 1; }));
  pair.right.kept[0]->on_message = nullptr;
}

TEST_CASE("a peer may have its datagrams on a channel", "[sim][channels]") {
  Pair pair;
  channels::ChannelOptions options{.label = "d",
                                   .protocol = std::string(channels::kDatagramProtocol)};
  options.delivery = {.ordered = false, .retransmissions_max = 0};
  const Handle channel = pair.left.open(options);
  std::vector<std::string> right_heard;
  pair.right.connection.on_datagram = [&](ice::ComponentId component, Bytes datagram) {
    CHECK(component == ice::ComponentId(1));
    right_heard.emplace_back(as_text(datagram));
  };
  std::vector<std::string> left_heard;
  pair.left.connection.on_datagram = [&](ice::ComponentId, Bytes datagram) {
    left_heard.emplace_back(as_text(datagram));
  };
  REQUIRE(pair.connect());
  REQUIRE(pair.run_until([&] { return channel->state() == DataChannel::State::open; }));
  CHECK(channel->send(as_bytes("there")) == channels::SendResult::sent);
  REQUIRE(pair.run_until([&] { return !right_heard.empty(); }));
  CHECK(right_heard == std::vector<std::string>{"there"});
  CHECK(pair.right.kept.empty());

  CHECK(pair.right.connection.send(as_bytes("and back")));
  REQUIRE(pair.run_until([&] { return !pair.left.texts.empty(); }));
  CHECK(pair.left.texts == std::vector<std::string>{"and back"});
  CHECK(left_heard.empty());

  SECTION("what comes too fast is refused, as on a full queue") {
    const ByteVector datagram(1000);
    int sent = 0;
    while (sent < 10'000 && pair.right.connection.send(datagram)) ++sent;
    CHECK(pair.right.connection.send(datagram) == ice::SendResult::queue_full);
    CHECK(sent < 10'000);
  }
  SECTION("without the channel they go beside SCTP again") {
    channel->close();
    REQUIRE(pair.run_until([&] { return pair.left.closed == 1; }));
    pair.net.world().run_for(1s);  // the other end hears of it a little later
    CHECK(pair.right.connection.send(as_bytes("beside")));
    REQUIRE(pair.run_until([&] { return !left_heard.empty(); }));
    CHECK(left_heard == std::vector<std::string>{"beside"});
  }
}

TEST_CASE("the same seed gives the same run, channels included", "[sim][channels]") {
  const auto run = [] {
    Pair pair({.seed = 9, .loss_ppm = 50'000});
    const Handle channel = pair.left.open({.label = "x"});
    pair.start();
    for (int i = 0; i < 50; ++i) CHECK(channel->send("again") == channels::SendResult::sent);
    CHECK(pair.run_until([&] { return pair.right.texts.size() == 50; }));
    return pair.net.left().api().clock.now();
  };
  CHECK(run() == run());
}

}  // namespace
}  // namespace floe::sim
