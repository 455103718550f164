// Data channels of the native C API: between two ends in C, and to `floe agent`.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "c_end.h"
#include "child_process.h"

namespace floe::rooms::test {
namespace {

/// What the callbacks of channels have said.
struct ChannelEnd : End {
  using End::End;

  static ChannelEnd& of(void* user) { return *static_cast<ChannelEnd*>(static_cast<End*>(user)); }

  void join(floe_room_config config) {
    config.on_channel = [](void* user, floe_channel* channel) {
      of(user).theirs.push_back(channel);
      CHECK(floe_channel_get_state(channel) == FLOE_CHANNEL_OPEN);
    };
    config.on_channel_open = [](void* user, floe_channel* channel) {
      of(user).opened.push_back(channel);
    };
    config.on_channel_message = [](void* user, floe_channel* channel, floe_message_kind kind,
                                   const std::uint8_t* data, std::size_t size) {
      const std::string text(reinterpret_cast<const char*>(data), size);
      of(user).messages.push_back((kind == FLOE_MESSAGE_TEXT ? "text " : "binary ") + text);
      if (of(user).echoes) CHECK(floe_channel_send(channel, kind, data, size) == FLOE_OK);
      if (of(user).leaves) floe_room_release(of(user).room);
    };
    config.on_channel_buffered_low = [](void* user, floe_channel*) { ++of(user).lows; };
    config.on_channel_close = [](void* user, floe_channel* channel) {
      of(user).closed.emplace_back(floe_channel_label(channel));
      CHECK(floe_channel_get_state(channel) == FLOE_CHANNEL_CLOSED);
      CHECK(floe_channel_send(channel, FLOE_MESSAGE_TEXT, "x", 1) == FLOE_ERROR_CLOSED);
      // Those of the other channels are valid, and of no use.
      if (of(user).other_one != nullptr) {
        CHECK(floe_channel_send(of(user).other_one, FLOE_MESSAGE_TEXT, "x", 1) ==
              FLOE_ERROR_CLOSED);
        of(user).other_one = nullptr;
      }
    };
    config.on_gone = [](void* user, floe_connection*) {
      of(user).connection = nullptr;
      of(user).closed_when_gone = of(user).closed.size();
    };
    REQUIRE(floe_room_join(host.get(), &config, &room) == FLOE_OK);
  }

  floe_channel* open(floe_channel_options options) const {
    options.size = sizeof options;
    floe_channel* channel = nullptr;
    CHECK(floe_channel_open(connection, &options, &channel) == FLOE_OK);
    return channel;
  }

  floe_room* room = nullptr;
  std::vector<floe_channel*> theirs;
  std::vector<floe_channel*> opened;
  std::vector<std::string> messages;
  std::vector<std::string> closed;
  floe_channel* other_one = nullptr;
  std::size_t closed_when_gone = 0;
  int lows = 0;
  bool echoes = false;
  bool leaves = false;
};

floe_error say(floe_channel* channel, const std::string& text) {
  return floe_channel_send(channel, FLOE_MESSAGE_TEXT, text.data(), text.size());
}

floe_channel_options labelled(const char* label) {
  floe_channel_options options{};
  options.label = label;
  return options;
}

struct Two {
  Two() {
    for (ChannelEnd* end : {&one, &other}) end->join(end->config(url));
  }
  template <class Predicate>
  bool until(Predicate done) {
    return run_until(rooms, {&one, &other}, done);
  }
  bool meet() {
    return until([&] { return one.connection != nullptr && other.connection != nullptr; });
  }
  bool connect() {
    return until([&] { return is_completed(one) && is_completed(other); });
  }

  Rooms rooms;
  const std::string url = rooms.url();
  ChannelEnd one{"one"};
  ChannelEnd other{"other"};
};

TEST_CASE("a channel in C carries texts and bytes, both ways", "[gateway][c]") {
  Two two;
  two.other.echoes = true;
  REQUIRE(two.meet());
  int mine = 0;
  floe_channel_options options = labelled("doors");
  options.protocol = "v1";
  options.user = &mine;
  floe_channel* doors = two.one.open(options);
  CHECK(floe_channel_get_state(doors) == FLOE_CHANNEL_CONNECTING);
  CHECK(floe_channel_id(doors) == -1);
  CHECK(floe_channel_get_user(doors) == &mine);
  CHECK(floe_channel_connection(doors) == two.one.connection);
  CHECK(say(doors, "early") == FLOE_OK);
  CHECK(floe_channel_buffered_amount(doors) == 5);
  REQUIRE(two.until([&] { return two.one.messages.size() == 1; }));
  CHECK(two.one.opened == std::vector{doors});
  CHECK(two.one.theirs.empty());
  CHECK(floe_channel_get_state(doors) == FLOE_CHANNEL_OPEN);

  REQUIRE(two.other.theirs.size() == 1);
  floe_channel* theirs = two.other.theirs[0];
  CHECK(two.other.opened.empty());
  CHECK(floe_channel_label(theirs) == std::string("doors"));
  CHECK(floe_channel_protocol(theirs) == std::string("v1"));
  CHECK(floe_channel_id(theirs) == floe_channel_id(doors));
  CHECK(floe_channel_get_user(theirs) == nullptr);
  floe_channel_set_user(theirs, &mine);
  CHECK(floe_channel_get_user(theirs) == &mine);
  CHECK(floe_channel_send(doors, FLOE_MESSAGE_BINARY, "b\0b", 3) == FLOE_OK);
  CHECK(floe_channel_send(doors, FLOE_MESSAGE_TEXT, nullptr, 0) == FLOE_OK);
  REQUIRE(two.until([&] { return two.one.messages.size() == 3; }));
  CHECK(two.one.messages ==
        std::vector<std::string>{"text early", std::string("binary b\0b", 10), "text "});

  floe_channel_close(doors);
  REQUIRE(two.until([&] { return two.one.closed.size() + two.other.closed.size() == 2; }));
  CHECK(two.one.closed == std::vector<std::string>{"doors"});
  CHECK(two.other.closed == two.one.closed);
  CHECK(is_completed(two.one));
}

TEST_CASE("a channel in C that both ends open by its number has no message to open it",
          "[gateway][c]") {
  Two two;
  REQUIRE(two.connect());
  floe_channel_options options = labelled("seven");
  options.negotiated = 1;
  options.id = 7;
  floe_channel* mine = two.one.open(options);
  floe_channel* theirs = two.other.open(options);
  // None of its callbacks comes from inside the function that opens it.
  CHECK(two.one.opened.empty());
  CHECK(say(mine, "hello") == FLOE_OK);
  REQUIRE(two.until([&] {
    return two.one.opened.size() == 1 && two.other.opened.size() == 1 &&
           !two.other.messages.empty();
  }));
  CHECK(floe_channel_id(theirs) == 7);
  CHECK(two.other.theirs.empty());
  floe_channel* third = nullptr;
  options.size = sizeof options;
  CHECK(floe_channel_open(two.one.connection, &options, &third) == FLOE_ERROR_ARGUMENT);
  CHECK(two.one.logs("api: floe_channel_options: `id` is another channel's"));
}

TEST_CASE("what a channel in C cannot do is an error at the call", "[gateway][c]") {
  Two two;
  REQUIRE(two.connect());
  CHECK(floe_connection_max_message_size(two.one.connection) == 256 << 10);
  floe_channel* channel = two.one.open(labelled("x"));
  const std::string long_one((256 << 10) + 1, 'x');
  CHECK(say(channel, long_one) == FLOE_ERROR_TOO_BIG);
  CHECK(floe_channel_send(channel, 0, "x", 1) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_channel_send(channel, FLOE_MESSAGE_TEXT, nullptr, 1) == FLOE_ERROR_ARGUMENT);
  REQUIRE(two.until([&] { return two.one.opened.size() == 1; }));
  CHECK(say(channel, long_one) == FLOE_ERROR_TOO_BIG);
  const std::string part(256 << 10, 'x');
  floe_channel_set_buffered_low_threshold(channel, 15 << 20);
  floe_error error = FLOE_OK;
  for (int i = 0; i < 100 && error == FLOE_OK; ++i) error = say(channel, part);
  CHECK(error == FLOE_ERROR_QUEUE_FULL);
  CHECK(floe_channel_buffered_amount(channel) > 15 << 20);
  CHECK(two.one.lows == 0);
  REQUIRE(two.until([&] { return two.one.lows > 0; }));
  CHECK(floe_channel_buffered_amount(channel) <= 15 << 20);

  for (int i = 1; i < 256; ++i) (void)two.one.open(labelled("x"));
  floe_channel* beyond = nullptr;
  CHECK(floe_channel_open(two.one.connection, nullptr, &beyond) == FLOE_ERROR_LIMIT);
}

TEST_CASE("the options of a channel in C are checked", "[gateway][c]") {
  Two two;
  REQUIRE(two.meet());
  floe_channel_options options{};
  options.size = sizeof options;
  const std::string long_name(1025, 'x');
  floe_error expected = FLOE_ERROR_ARGUMENT;
  std::string why;
  SECTION("nothing is wrong") {
    expected = FLOE_OK;
    options.reliability = FLOE_RELIABILITY_PACKET_LIFE_TIME;
    options.max_packet_life_time = 100;
    options.unordered = 1;
  }
  SECTION("no size") {
    options.size = 0;
    expected = FLOE_ERROR_SIZE;
  }
  SECTION("a long label") {
    options.label = long_name.c_str();
    why = "`label` has more than 1,024 bytes";
  }
  SECTION("a long protocol") {
    options.protocol = long_name.c_str();
    why = "`protocol` has more than 1,024 bytes";
  }
  SECTION("half an order") {
    options.unordered = 2;
    why = "`unordered` must be 0 or 1";
  }
  SECTION("a kind of reliability that there is not") {
    options.reliability = FLOE_RELIABILITY_PACKET_LIFE_TIME + 1;
    why = "`reliability` has no such value";
  }
  SECTION("a limit that does not count") {
    options.max_retransmits = 1;
    why = "`max_retransmits` is of no use";
  }
  SECTION("the other limit") {
    options.reliability = FLOE_RELIABILITY_RETRANSMITS;
    options.max_packet_life_time = 1;
    why = "`max_packet_life_time` is of no use";
  }
  SECTION("a number that does not count") {
    options.id = 1;
    why = "`id` is of no use without `negotiated`";
  }
  SECTION("a number beyond the streams") {
    options.negotiated = 1;
    options.id = 1024;
    why = "`id` must be 0 to 1023";
  }
  floe_channel* channel = nullptr;
  CHECK(floe_channel_open(two.one.connection, &options, &channel) == expected);
  CHECK((channel != nullptr) == (expected == FLOE_OK));
  CHECK(two.one.logs("api: floe_channel_options: " + why) == !why.empty());
  CHECK(floe_channel_open(two.one.connection, &options, nullptr) == FLOE_ERROR_ARGUMENT);
}

TEST_CASE("channels in C end with their connection, before it", "[gateway][c]") {
  Two two;
  REQUIRE(two.connect());
  floe_channel* first = two.one.open(labelled("first"));
  two.one.other_one = two.one.open(labelled("second"));
  REQUIRE(two.until([&] { return two.one.opened.size() == 2 && two.other.theirs.size() == 2; }));
  floe_connection* connection = two.one.connection;
  SECTION("closed by this end") {
    floe_connection_close(connection, nullptr);
    CHECK(two.one.closed.size() == 2);
    floe_channel* late = nullptr;
    CHECK(floe_channel_open(connection, nullptr, &late) == FLOE_ERROR_CLOSED);
  }
  SECTION("closed by the peer") {
    floe_connection_close(two.other.connection, nullptr);
  }
  SECTION("by a room that is left from inside a channel's callback") {
    two.other.leaves = true;
    CHECK(say(first, "leave") == FLOE_OK);
    REQUIRE(two.until([&] { return two.other.closed.size() == 2 && !two.other.connection; }));
    CHECK(two.other.closed_when_gone == 2);
    return;
  }
  SECTION("with the host") {
    two.one.host.reset();
    CHECK(two.one.closed.size() == 2);
    return;
  }
  REQUIRE(two.until([&] { return two.one.connection == nullptr && !two.other.connection; }));
  CHECK(two.one.closed_when_gone == 2);
  CHECK(two.other.closed_when_gone == 2);
}

TEST_CASE("there are no channels in plaintext", "[gateway][c]") {
  Rooms rooms;
  ChannelEnd one("one"), other("other");
  const std::string url = rooms.url();
  for (ChannelEnd* end : {&one, &other}) {
    floe_room_config config = end->config(url);
    config.plaintext = 1;
    end->join(config);
  }
  REQUIRE(run_until(rooms, {&one, &other}, [&] { return is_completed(one); }));
  floe_channel* channel = nullptr;
  CHECK(floe_channel_open(one.connection, nullptr, &channel) == FLOE_ERROR_NO_CHANNELS);
  CHECK(floe_connection_max_message_size(one.connection) == 0);
}

TEST_CASE("a channel in C reaches `floe agent`", "[gateway][c]") {
  Rooms rooms;
  ChannelEnd one("one");
  const std::string url = rooms.url();
  one.join(one.config(url));
  const native::test::ChildProcess agent(
      {FLOE_COMMAND, "agent", "--signal", url, "--bind", "127.0.0.1", "--echo"});
  REQUIRE(run_until(rooms, {&one}, [&] { return one.connection != nullptr; }));
  floe_channel_options options = labelled("to the agent");
  options.unordered = 1;
  floe_channel* channel = one.open(options);
  CHECK(say(channel, "hello") == FLOE_OK);
  REQUIRE(run_until(rooms, {&one}, [&] { return !one.messages.empty(); }));
  CHECK(one.messages == std::vector<std::string>{"text hello"});

  agent.say(R"({"command":"open-channel","label":"of the agent"})"
            "\n");
  REQUIRE(run_until(rooms, {&one}, [&] { return !one.theirs.empty(); }));
  CHECK(floe_channel_label(one.theirs[0]) == std::string("of the agent"));
}

}  // namespace
}  // namespace floe::rooms::test
