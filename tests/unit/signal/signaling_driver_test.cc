#include "floe/signal/signaling_driver.h"

#include <catch2/catch_test_macros.hpp>

#include "client_world.h"
#include "connection_schedule.h"
#include "string_makers.h"

namespace floe::signal::test {
namespace {

using Lines = std::vector<std::string>;

/// A device and a page that have joined, with nothing told so far.
struct Pair {
  ClientWorld world;
  ClientLog device_log;
  ClientLog page_log;
  std::unique_ptr<SignalingDriver> device = world.make_client(device_log, "device");
  std::unique_ptr<SignalingDriver> page = world.make_client(page_log, "page");

  Pair() {
    device->join();
    world.run();
    page->join();
    world.run();
    device_log.take();
    page_log.take();
  }
};

Bye bye(int number) {
  return Bye{std::to_string(number)};
}

TEST_CASE("a newcomer is controlling towards those who were there", "[signal][client]") {
  ClientWorld world;
  ClientLog device_log;
  ClientLog page_log;
  const auto device = world.make_client(device_log, "device");
  const auto page = world.make_client(page_log, "page");
  device->join();
  device->join();
  world.run();
  page->join();
  world.run();
  CHECK(device_log.lines == Lines{"state connecting", "state joining", "state joined", "joined p1",
                                  "peer p2 page, this is controlled"});
  CHECK(page_log.lines == Lines{"state connecting", "state joining", "state joined", "joined p2",
                                "peer p1 device, this is controlling"});
  CHECK(world.connection_count() == 2);
}

TEST_CASE("messages arrive with the sender's id", "[signal][client]") {
  Pair pair;
  CHECK(pair.page->send(RestartRequest{}, "p1"));
  CHECK(pair.device->send(bye(1)));
  pair.world.run();
  CHECK(pair.device_log.lines == Lines{"message restart p2"});
  CHECK(pair.page_log.lines == Lines{"message bye p1"});
}

TEST_CASE("what is sent before joining is sent after it", "[signal][client]") {
  ClientWorld world;
  ClientLog device_log;
  ClientLog page_log;
  const auto device = world.make_client(device_log, "device");
  device->send(bye(1));
  device->send(bye(2));
  device->join();
  world.run();
  const auto page = world.make_client(page_log, "page");
  page->join();
  world.run();
  CHECK(page_log.messages == std::vector<Message>{bye(1), bye(2)});
}

TEST_CASE("a connection that breaks comes back in the same place", "[signal][client]") {
  Pair pair;
  pair.world.run(20s);
  pair.world.cut();
  CHECK(pair.page->client().state() == ClientState::waiting);
  pair.page->send(bye(1));
  pair.world.mend();
  pair.world.run(1s);
  CHECK(pair.device_log.take() == Lines{"state waiting", "state connecting", "state joining",
                                        "state joined", "resumed p1", "message bye p2"});
  CHECK(pair.page_log.take() ==
        Lines{"state waiting", "state connecting", "state joining", "state joined", "resumed p2"});
  CHECK(pair.page->client().peers() == std::vector<Peer>{{"p1", "device"}});
}

TEST_CASE("who came meanwhile is told after coming back", "[signal][client]") {
  Pair pair;
  pair.world.cut();
  pair.world.mend();
  ClientLog late_log;
  const auto late = pair.world.make_client(late_log, "late");
  late->join();
  pair.world.run();
  pair.world.run(5s);
  const auto lines = pair.page_log.take();
  CHECK(lines.back() == "peer p3 late, this is controlled");
  CHECK(late_log.lines.size() == 6);
  CHECK(late_log.lines.back() == "peer p2 page, this is controlling");
}

TEST_CASE("after too long away everybody is new", "[signal][client]") {
  Pair pair;
  pair.world.run(20s);
  pair.world.cut();
  pair.world.run(120s);
  pair.device_log.take();
  pair.page_log.take();
  pair.world.mend();
  pair.world.run(40s);
  CHECK(pair.page->client().state() == ClientState::joined);
  const auto lines = pair.page_log.take();
  CHECK(std::ranges::count(lines, "left p1 timeout") == 1);
  CHECK(std::ranges::count_if(lines, [](const std::string& line) {
          return line.starts_with("peer p") && line.find("device") != std::string::npos;
        }) == 1);
}

TEST_CASE("attempts become rarer, and never come at the same time", "[signal][client]") {
  Pair pair;
  pair.world.run(20s);
  pair.world.cut();
  const auto before = pair.page->client().counters().connects;
  std::vector<Timestamp> attempts;
  for (int i = 0; i < 6000; ++i) {
    pair.world.run(50ms);
    if (pair.page->client().counters().connects > before + attempts.size()) {
      attempts.push_back(pair.world.time.now());
    }
  }
  REQUIRE(attempts.size() >= 12);
  CHECK(attempts.size() <= 45);
  Duration longest{};
  for (std::size_t i = 1; i < attempts.size(); ++i) {
    longest = std::max(longest, attempts[i] - attempts[i - 1]);
  }
  CHECK(longest >= kBackoffMax / 2);
  CHECK(longest <= kBackoffMax + 100ms);
}

TEST_CASE("a burst is spread below the server's rate, and nothing is lost", "[signal][client]") {
  Pair pair;
  for (int i = 0; i < 120; ++i) REQUIRE(pair.page->send(bye(i)));
  pair.world.run();
  CHECK(pair.device_log.messages.size() == kClientMessagesPerSecond);
  pair.world.run(3s);
  REQUIRE(pair.device_log.messages.size() == 120);
  for (int i = 0; i < 120; ++i) {
    CHECK(pair.device_log.messages[static_cast<std::size_t>(i)] == Message(bye(i)));
  }
  CHECK(pair.world.rooms.counters().rate_dropped == 0);
}

TEST_CASE("the queue has an end", "[signal][client]") {
  ClientWorld world;
  ClientLog log;
  const auto client = world.make_client(log, "device");
  for (std::size_t i = 0; i < kQueueMax; ++i) REQUIRE(client->send(bye(1)));
  CHECK_FALSE(client->send(bye(1)));
  CHECK(client->client().counters().refused == 1);
}

TEST_CASE("a channel that takes nothing is not asked again and again", "[signal][client]") {
  Pair pair;
  pair.world.is_blocked = true;
  pair.page->send(bye(1));
  pair.world.run(1s);
  CHECK(pair.page->client().counters().sent == 0);
  CHECK(pair.world.time.next() == kNever);
}

TEST_CASE("without an answer to join, the client tries elsewhere", "[signal][client]") {
  ClientWorld world;
  world.is_blocked = true;
  ClientLog log;
  const auto client = world.make_client(log, "device");
  client->join();
  world.run(kJoinTimeout);
  CHECK(client->client().state() == ClientState::waiting);
  world.is_blocked = false;
  world.run(1s);
  CHECK(client->client().state() == ClientState::joined);
}

TEST_CASE("a refused token ends the client", "[signal][client]") {
  ClientWorld world;
  ClientLog log;
  const auto client = world.make_client(log, "device", "wrong");
  client->join();
  world.run(60s);
  CHECK(log.lines ==
        Lines{"state connecting", "state joining", "error unauthorized", "state closed"});
  CHECK(client->client().counters().connects == 1);
}

TEST_CASE("a token renewed when it is refused is tried", "[signal][client]") {
  ClientWorld world;
  ClientLog log;
  const auto client = world.make_client(log, "device", "wrong");
  log.renew_token_of = client.get();
  client->join();
  world.run(1s);
  CHECK(client->client().state() == ClientState::joined);
  CHECK(client->client().counters().connects == 2);
}

TEST_CASE("close leaves the room and says so", "[signal][client]") {
  Pair pair;
  pair.page->send(bye(1));
  pair.page->leave();
  pair.page->leave();
  pair.world.run(60s);
  CHECK(pair.page_log.lines == Lines{"state closed"});
  CHECK(pair.device_log.lines == Lines{"message bye p2", "left p2 closed"});
  CHECK_FALSE(pair.page->send(bye(2)));
}

TEST_CASE("a listener may send and leave from inside a call", "[signal][client]") {
  ClientWorld world;
  ClientLog device_log;
  ClientLog late_log;
  ClientLog page_log;
  const auto device = world.make_client(device_log, "device");
  const auto late = world.make_client(late_log, "late");
  const auto page = world.make_client(page_log, "page");
  page_log.leave_with_bye = page.get();
  for (SignalingDriver* driver : {device.get(), late.get(), page.get()}) {
    driver->join();
    world.run();
  }
  CHECK(page_log.lines == Lines{"state connecting", "state joining", "state joined", "joined p3",
                                "peer p1 device, this is controlling", "state closed"});
  CHECK(device_log.messages == std::vector<Message>{Bye{"inside"}});
  CHECK(late_log.lines.back() == "left p3 closed");
}

TEST_CASE("duplicates and what is no message are counted", "[signal][client]") {
  Pair pair;
  pair.device->leave();
  pair.world.run();
  pair.page_log.take();
  pair.world.inject(R"({"type":"peer-joined","peer":{"id":"p1","name":"device"}})");
  pair.world.inject(R"({"type":"bye","from":"p1","seq":1})");
  pair.world.inject(R"({"type":"bye","from":"p1","seq":1})");
  pair.world.inject(R"({"type":"bye","from":"p1","seq":3})");
  pair.world.inject(R"({"type":"bye","from":"p1","seq":2})");
  pair.world.inject(R"({"type":"later","from":"p1","seq":4})");
  pair.world.inject("rubbish");
  CHECK(pair.page_log.messages.size() == 2);
  CHECK(pair.page->client().counters().duplicates == 2);
  CHECK(pair.page->client().counters().unknown_types == 1);
  CHECK(pair.page->client().counters().bad_messages == 1);
  CHECK(pair.page_log.lines.back() ==
        "bad the message is not one JSON value; send one object and nothing after it");
}

TEST_CASE("a peer cannot speak for the server", "[signal][client]") {
  Pair pair;
  pair.world.inject(R"({"type":"peer-left","peer":"p1","from":"p1","seq":1})");
  CHECK(pair.page_log.lines.empty());
  CHECK(pair.page->client().peers().size() == 1);
}

}  // namespace
}  // namespace floe::signal::test
