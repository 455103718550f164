// The client as a machine: what it asks for and tells after each input, without a host.
#include "floe/signal/signaling_client.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "connection_schedule.h"
#include "string_makers.h"
#include "test_random.h"

namespace floe::signal::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

using Lines = std::vector<std::string>;

std::string to_line(const ConnectChannel& connect) {
  return "connect " + connect.url;
}
std::string to_line(const SendOverChannel& send) {
  return "send " + send.text;
}
std::string to_line(const CloseChannel&) {
  return "close";
}
std::string to_line(const DropChannel&) {
  return "drop";
}
std::string to_line(const ClientStateChanged& changed) {
  return "state " + std::string(to_text(changed.state));
}
std::string to_line(const RoomJoined& joined) {
  return (joined.resumed ? "resumed " : "joined ") + joined.self;
}
std::string to_line(const PeerAppeared& appeared) {
  return "peer " + appeared.peer.id + ", this is " + std::string(ice::to_text(appeared.role));
}
std::string to_line(const PeerLeft& left) {
  return "left " + left.peer;
}
std::string to_line(const MessageReceived& received) {
  return "message " + std::string(type_of(received.message)) + " " + received.from;
}
std::string to_line(const RoomError& error) {
  return "error " + std::string(to_text(error.code));
}
std::string to_line(const MessageRejected&) {
  return "rejected";
}

constexpr std::string_view kJoin = R"({"type":"join","name":"page"})";
constexpr std::string_view kJoined =
    R"({"type":"joined","self":"p1","peers":[{"id":"p2","name":"device"}],"resume":"secret"})";
constexpr std::string_view kUnauthorized =
    R"({"type":"error","code":"unauthorized","message":"no"})";

/// A client and the outputs that it gave.
struct Hand {
  TestRandom random;
  SignalingClient client{random, {.url = "ws://host/signal/room", .name = "page", .token = {}}};
  Timestamp now{seconds(1000)};

  std::vector<ClientOutput> outputs() {
    std::vector<ClientOutput> outputs;
    while (auto output = client.poll_output()) outputs.push_back(std::move(*output));
    return outputs;
  }
  Lines lines() {
    Lines lines;
    for (const ClientOutput& output : outputs()) {
      lines.push_back(std::visit([](const auto& one) { return to_line(one); }, output));
    }
    return lines;
  }
  void join() {
    client.join(now);
    client.handle_open(now);
    client.handle_text(now, kJoined);
    lines();
  }
  std::string send_bye(int number) {
    CHECK(client.send(now, Bye{std::to_string(number)}));
    return "send " + write_message(Bye{std::to_string(number)});
  }
};

TEST_CASE("a client asks for a channel, joins over it, and tells who is there",
          "[signal][client]") {
  Hand hand;
  CHECK(hand.client.deadline() == kNever);
  CHECK(hand.lines().empty());
  hand.client.join(hand.now);
  CHECK(hand.lines() == Lines{"connect ws://host/signal/room", "state connecting"});
  CHECK(hand.client.deadline() == hand.now + kJoinTimeout);
  hand.client.handle_open(hand.now);
  CHECK(hand.lines() == Lines{"send " + std::string(kJoin), "state joining"});
  hand.client.handle_text(hand.now, kJoined);
  CHECK(hand.lines() == Lines{"state joined", "joined p1", "peer p2, this is controlling"});
  CHECK(hand.client.deadline() == kNever);
  CHECK(hand.client.self() == "p1");
}

TEST_CASE("a client says what it offers, and tells what the others offer", "[signal][client]") {
  TestRandom random;
  SignalingClient client(
      random,
      {.url = "ws://host/signal/room", .name = "page", .token = {}, .offers = Offers({"log"})});
  const Timestamp now{seconds(1000)};
  client.join(now);
  client.handle_open(now);
  std::string sent;
  while (const auto output = client.poll_output()) {
    if (const auto* send = std::get_if<SendOverChannel>(&*output)) sent = send->text;
  }
  CHECK(sent == R"({"type":"join","name":"page","offers":["log"]})");
  client.handle_text(now, R"({"type":"joined","self":"p3","peers":[)"
                          R"({"id":"p1","name":"device","offers":["echo","log"]},)"
                          R"({"id":"p2","name":"page"}]})");
  client.handle_text(
      now, R"({"type":"peer-joined","peer":{"id":"p4","name":"clock","offers":["time"]}})");
  Lines told;
  while (const auto output = client.poll_output()) {
    const auto* appeared = std::get_if<PeerAppeared>(&*output);
    if (appeared == nullptr) continue;
    told.push_back(appeared->peer.name + ": " + std::string(appeared->peer.offers.text()));
  }
  CHECK(told == Lines{"device: echo log ", "page: ", "clock: time "});
}

TEST_CASE("what was polled is not given again", "[signal][client]") {
  Hand hand;
  hand.join();
  hand.send_bye(1);
  CHECK(hand.lines().size() == 1);
  CHECK(hand.lines().empty());
  CHECK(hand.client.counters().sent == 1);
}

TEST_CASE("a full channel gets the same text again when it has drained", "[signal][client]") {
  Hand hand;
  hand.join();
  const std::string first = hand.send_bye(1);
  auto output = hand.client.poll_output();
  hand.client.handle_blocked(std::move(std::get<SendOverChannel>(*output).text));
  CHECK(hand.lines().empty());
  CHECK(hand.client.counters().sent == 0);
  CHECK(hand.client.deadline() == kNever);
  hand.client.handle_drained(hand.now);
  CHECK(hand.lines() == Lines{first});
  CHECK(hand.client.counters().sent == 1);
}

TEST_CASE("a new message is a reason to try a full channel again", "[signal][client]") {
  Hand hand;
  hand.join();
  const std::string first = hand.send_bye(1);
  auto output = hand.client.poll_output();
  hand.client.handle_blocked(std::move(std::get<SendOverChannel>(*output).text));
  const std::string second = hand.send_bye(2);
  CHECK(hand.lines() == Lines{first, second});
}

TEST_CASE("beyond the rate, the deadline says when the next message may go", "[signal][client]") {
  Hand hand;
  hand.join();
  for (int i = 0; i < 42; ++i) hand.send_bye(i);
  CHECK(hand.lines().size() == kClientMessagesPerSecond);
  CHECK(hand.client.deadline() == hand.now + milliseconds(25));
  hand.now = hand.client.deadline();
  hand.client.handle_timeout(hand.now);
  CHECK(hand.lines().size() == 1);
  CHECK(hand.client.deadline() == hand.now + milliseconds(25));
}

TEST_CASE("leaving sends what may go, then closes the channel", "[signal][client]") {
  Hand hand;
  hand.join();
  const std::string first = hand.send_bye(1);
  hand.client.leave(hand.now);
  CHECK(hand.lines() == Lines{first, "close", "state closed"});
  CHECK_FALSE(hand.client.send(hand.now, Bye{}));
  hand.client.leave(hand.now);
  CHECK(hand.lines().empty());
  CHECK(hand.client.deadline() == kNever);
}

TEST_CASE("leaving does not wait for a rate or for a full channel", "[signal][client]") {
  Hand hand;
  hand.join();
  for (int i = 0; i < 60; ++i) hand.send_bye(i);
  hand.client.leave(hand.now);
  SECTION("the rate is used up") {
    const Lines lines = hand.lines();
    REQUIRE(lines.size() == kClientMessagesPerSecond + 2);
    CHECK(lines.back() == "state closed");
  }
  SECTION("the channel is full") {
    auto output = hand.client.poll_output();
    hand.client.handle_blocked(std::move(std::get<SendOverChannel>(*output).text));
    CHECK(hand.lines() == Lines{"close", "state closed"});
    CHECK(hand.client.counters().sent == 0);
  }
}

TEST_CASE("what is told while leaving is the change of state alone", "[signal][client]") {
  Hand hand;
  hand.client.join(hand.now);
  hand.client.handle_open(hand.now);
  hand.lines();
  hand.client.handle_text(hand.now, kJoined);
  hand.client.leave(hand.now);
  CHECK(hand.lines() == Lines{"close", "state closed"});
}

TEST_CASE("a channel that does not answer is dropped", "[signal][client]") {
  Hand hand;
  hand.client.join(hand.now);
  hand.client.handle_open(hand.now);
  hand.lines();
  hand.now += kJoinTimeout;
  hand.client.handle_timeout(hand.now);
  CHECK(hand.lines() == Lines{"drop", "state waiting"});
  CHECK(hand.client.deadline() > hand.now);
  CHECK(hand.client.deadline() <= hand.now + kBackoffMin);
  hand.client.handle_timeout(hand.client.deadline());
  CHECK(hand.lines() == Lines{"connect ws://host/signal/room", "state connecting"});
}

TEST_CASE("a client that waits for its next attempt can be told to make it now",
          "[signal][client]") {
  Hand hand;
  hand.join();
  hand.client.retry(hand.now);
  CHECK(hand.lines().empty());
  hand.client.handle_closed(hand.now, 1006);
  CHECK(hand.lines() == Lines{"state waiting"});
  hand.client.retry(hand.now);
  CHECK(hand.lines() == Lines{"connect ws://host/signal/room", "state connecting"});
  CHECK(hand.client.deadline() == hand.now + kJoinTimeout);
}

TEST_CASE("a place that another took is not taken back", "[signal][client]") {
  Hand hand;
  hand.join();
  hand.client.handle_closed(hand.now, 4001);
  CHECK(hand.lines() == Lines{"close", "state closed"});
}

TEST_CASE("a refused token can be renewed until the outputs are drained", "[signal][client]") {
  Hand hand;
  hand.client.join(hand.now);
  hand.client.handle_open(hand.now);
  hand.lines();
  hand.client.handle_text(hand.now, kUnauthorized);
  const auto output = hand.client.poll_output();
  REQUIRE(output);
  CHECK(std::holds_alternative<RoomError>(*output));
  SECTION("with another token the client goes on") {
    hand.client.set_token("right");
    CHECK(hand.lines().empty());
    CHECK(hand.client.state() == ClientState::joining);
  }
  SECTION("with the same token it ends") {
    hand.client.set_token("");
    CHECK(hand.lines() == Lines{"close", "state closed"});
  }
}

TEST_CASE("a binary message is rejected", "[signal][client]") {
  Hand hand;
  hand.join();
  hand.client.handle_binary(hand.now);
  CHECK(hand.lines() == Lines{"rejected"});
  CHECK(hand.client.counters().bad_messages == 1);
}

TEST_CASE("for a minute a lost server is looked for each few seconds, then seldom",
          "[signal][client]") {
  TestRandom random;
  ConnectionSchedule schedule;
  const Timestamp begin{seconds(1000)};
  Duration longest{};
  Timestamp now = begin;
  while (now < begin + kQuickFor) {
    schedule.handle_lost(now, random);
    longest = std::max(longest, schedule.deadline() - now);
    now = schedule.deadline();
  }
  CHECK(longest > kQuickBackoffMax / 2);
  CHECK(longest <= kQuickBackoffMax);
  for (int i = 0; i < 8; ++i) {
    schedule.handle_lost(now, random);
    longest = schedule.deadline() - now;
    now = schedule.deadline();
  }
  CHECK(longest >= kBackoffMax / 2);
  CHECK(longest <= kBackoffMax);
}

TEST_CASE("after a long stay in the room the next wait is short again", "[signal][client]") {
  TestRandom random;
  ConnectionSchedule schedule;
  Timestamp now{seconds(1000)};
  for (int i = 0; i < 8; ++i) schedule.handle_lost(now, random);
  CHECK(schedule.deadline() - now > kBackoffMin);
  const Duration stay = GENERATE(kStableAfter - Duration(1), kStableAfter);
  schedule.handle_joined(now);
  CHECK(schedule.deadline() == kNever);
  now += stay;
  schedule.handle_lost(now, random);
  CHECK((schedule.deadline() - now <= kBackoffMin) == (stay == kStableAfter));
}

}  // namespace
}  // namespace floe::signal::test
