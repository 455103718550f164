// Two ends of the native C API in a room: what a connection tells of itself.
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "c_end.h"

using namespace floe;
using floe::rooms::test::End;
using floe::rooms::test::is_completed;
using floe::rooms::test::Rooms;
using floe::rooms::test::run_until;

namespace {

std::string text_of(const floe_address& address) {
  std::array<char, FLOE_ADDRESS_TEXT_SIZE> text;
  REQUIRE(floe_address_format(&address, text.data(), text.size()) == FLOE_OK);
  return text.data();
}

}  // namespace

TEST_CASE("a connection of the C API tells its path, its candidates and its counters",
          "[gateway][c]") {
  Rooms rooms;
  End one("one"), other("other");
  const std::string url = rooms.url();
  const floe_external_address external{"192.0.2.77", nullptr, 0, 0};
  floe_room_config config = one.config(url);
  config.external_addresses = &external;
  config.external_address_count = 1;
  REQUIRE(floe_room_join(one.host.get(), &config, nullptr) == FLOE_OK);
  config = other.config(url);
  const char* const offers[] = {"echo", "log"};
  config.offers = offers;
  config.offer_count = 2;
  REQUIRE(floe_room_join(other.host.get(), &config, nullptr) == FLOE_OK);
  REQUIRE(
      run_until(rooms, {&one, &other}, [&] { return is_completed(one) && is_completed(other); }));

  floe_selected_pair pair{};
  REQUIRE(floe_connection_selected_pair(one.connection, 1, &pair) == FLOE_OK);
  CHECK(text_of(pair.local.address).starts_with("127.0.0.1:"));
  CHECK(pair.component == 1);
  REQUIRE_FALSE(one.selected.empty());
  CHECK(text_of(one.selected.back().remote.address) == text_of(pair.remote.address));
  floe_selected_pair theirs{};
  REQUIRE(floe_connection_selected_pair(other.connection, 1, &theirs) == FLOE_OK);
  CHECK(text_of(theirs.local.address) == text_of(pair.remote.address));

  std::array<floe_candidate, 2> candidates{};
  std::size_t count = 0;
  REQUIRE(floe_connection_local_candidates(one.connection, 1, nullptr, 0, &count) == FLOE_OK);
  CHECK(count == 2);
  REQUIRE(floe_connection_remote_candidates(other.connection, 1, candidates.data(),
                                            candidates.size(), &count) == FLOE_OK);
  REQUIRE(count >= 2);
  CHECK((text_of(candidates[0].address).starts_with("192.0.2.77:") ||
         text_of(candidates[1].address).starts_with("192.0.2.77:")));
  REQUIRE(floe_connection_local_candidates(one.connection, 1, candidates.data(), 1, &count) ==
          FLOE_OK);
  CHECK(count == 2);

  CHECK(floe_connection_peer_offers(one.connection, "log") == 1);
  CHECK(floe_connection_peer_offers(one.connection, "time") == 0);
  CHECK(floe_connection_peer_offers(one.connection, nullptr) == 0);
  CHECK(floe_connection_peer_offers(other.connection, "log") == 0);
  CHECK(floe_connection_peer_offers(nullptr, "log") == 0);

  floe_counters counters{};
  counters.size = sizeof counters;
  REQUIRE(floe_connection_send(one.connection, 1, "x", 1) == FLOE_OK);
  REQUIRE(floe_connection_count(one.connection, &counters) == FLOE_OK);
  CHECK(counters.data_sent > 1);  // with what DTLS sent
  CHECK(counters.checks_sent > 0);
  CHECK(std::string(floe_connection_explanation(one.connection)) == "Connected.");
  CHECK(one.logs("ice: other: found host 127.0.0.1:"));
  CHECK(one.logs("ice: other: component 1 goes from host 127.0.0.1:"));
  CHECK(one.logs("ice: other: completed"));
}

TEST_CASE("questions to a connection of the C API have bounds", "[gateway][c]") {
  Rooms rooms;
  End one("one"), other("other");
  const std::string url = rooms.url();
  for (End* end : {&one, &other}) {
    const floe_room_config config = end->config(url);
    REQUIRE(floe_room_join(end->host.get(), &config, nullptr) == FLOE_OK);
  }
  REQUIRE(run_until(rooms, {&one, &other}, [&] { return one.connection != nullptr; }));
  floe_connection* connection = one.connection;
  floe_selected_pair pair{};
  std::size_t count = 0;
  CHECK(floe_connection_selected_pair(connection, 1, &pair) == FLOE_ERROR_NOT_CONNECTED);
  CHECK(floe_connection_selected_pair(connection, 2, &pair) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_connection_selected_pair(connection, 0, &pair) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_connection_selected_pair(connection, 1, nullptr) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_connection_local_candidates(connection, 1, nullptr, 1, &count) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_connection_local_candidates(connection, 1, nullptr, 0, nullptr) ==
        FLOE_ERROR_ARGUMENT);
  CHECK(floe_connection_remote_candidates(connection, 2, nullptr, 0, &count) ==
        FLOE_ERROR_ARGUMENT);
  floe_counters counters{};
  CHECK(floe_connection_count(connection, &counters) == FLOE_ERROR_SIZE);
}

TEST_CASE("a room of the C API tells what it waits for", "[gateway][c]") {
  Rooms rooms;
  End one("one"), other("other");
  std::string url = rooms.url();
  std::string expected = "2 Nobody else is in the room";
  SECTION("company") {}
  SECTION("a server of rooms, where there is a server of something else") {
    url.replace(url.find("/signal"), 7, "/nothing");
    expected =
        "5 The signalling server at " + url +
        " answers, and does not let this end in: the server answers with the HTTP status 404. ";
  }
  const floe_room_config config = one.config(url);
  REQUIRE(floe_room_join(one.host.get(), &config, nullptr) == FLOE_OK);
  REQUIRE(run_until(rooms, {&one, &other}, [&] { return !one.waits.empty(); }));
  CAPTURE(one.waits);
  CHECK(one.waits.front().starts_with(expected));
}
