// The C API of the native host: arguments, sizes, logs and loops. That it connects is shown by the
// programs of tests/install.
#include <poll.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "c_host.h"
#include "floe/floe_native.h"
#include "test_certificate.h"

using namespace floe::c::test;

TEST_CASE("a host of the C API needs no configuration", "[native][c]") {
  floe_host* host = nullptr;
  REQUIRE(floe_host_create(nullptr, &host) == FLOE_OK);
  CHECK(floe_host_run_once(host, 0) == FLOE_OK);
  floe_host_stop(host);
  floe_host_destroy(host);
}

TEST_CASE("functions of the native C API take NULL for an answer", "[native][c]") {
  Log log;
  const floe_host_config host_config = on_loopback(log);
  const floe_room_config room_config = to_nowhere(log);
  const OwnedHost host = make_host(log);
  CHECK(floe_host_create(&host_config, nullptr) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_host_run(nullptr) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_host_run_once(nullptr, 0) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_host_fd(nullptr) == -1);
  floe_host_stop(nullptr);
  floe_host_destroy(nullptr);
  CHECK(floe_room_join(nullptr, &room_config, nullptr) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_room_join(host.get(), nullptr, nullptr) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_room_send(nullptr, 1, "x", 1) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_room_get_state(nullptr) == FLOE_ROOM_CLOSED);
  floe_room_leave(nullptr);
  floe_room_release(nullptr);
  CHECK(floe_connection_send(nullptr, 1, "x", 1) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_connection_get_state(nullptr) == FLOE_STATE_CLOSED);
  CHECK(std::string(floe_connection_peer_name(nullptr)).empty());
  CHECK(std::string(floe_connection_peer_id(nullptr)).empty());
  CHECK(floe_connection_get_user(nullptr) == nullptr);
  floe_selected_pair pair;
  floe_counters counters;
  std::size_t count = 0;
  CHECK(floe_connection_selected_pair(nullptr, 1, &pair) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_connection_count(nullptr, &counters) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_connection_local_candidates(nullptr, 1, nullptr, 0, &count) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_connection_remote_candidates(nullptr, 1, nullptr, 0, &count) == FLOE_ERROR_ARGUMENT);
  CHECK(std::string(floe_connection_explanation(nullptr)).empty());
  floe_security security{};
  std::uint8_t key = 0;
  CHECK(floe_connection_max_datagram_size(nullptr, 1) == 0);
  CHECK(floe_connection_security(nullptr, &security) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_connection_export_keying_material(nullptr, 1, "label", &key, 1) ==
        FLOE_ERROR_ARGUMENT);
  floe_channel* channel = nullptr;
  CHECK(floe_channel_open(nullptr, nullptr, &channel) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_channel_send(nullptr, FLOE_MESSAGE_TEXT, "x", 1) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_channel_get_state(nullptr) == FLOE_CHANNEL_CLOSED);
  CHECK(floe_channel_buffered_amount(nullptr) == 0);
  CHECK(std::string(floe_channel_label(nullptr)).empty());
  CHECK(std::string(floe_channel_protocol(nullptr)).empty());
  CHECK(floe_channel_id(nullptr) == -1);
  CHECK(floe_channel_connection(nullptr) == nullptr);
  CHECK(floe_channel_get_user(nullptr) == nullptr);
  CHECK(floe_connection_max_message_size(nullptr) == 0);
  floe_channel_set_user(nullptr, nullptr);
  floe_channel_set_buffered_low_threshold(nullptr, 1);
  floe_channel_close(nullptr);
  floe_connection_set_user(nullptr, nullptr);
  floe_connection_restart(nullptr);
  floe_connection_close(nullptr, nullptr);
}

TEST_CASE("a host's configuration is checked", "[native][c]") {
  Log log;
  floe_host_config config = on_loopback(log);
  floe_host* host = nullptr;
  floe_error expected = FLOE_ERROR_ARGUMENT;
  const char* no_address = "localhost";
  const char* null_address = nullptr;
  SECTION("no size") {
    config.size = 0;
    expected = FLOE_ERROR_SIZE;
  }
  SECTION("a name for an address") {
    config.only_addresses = &no_address;
    expected = FLOE_ERROR_ADDRESS;
  }
  SECTION("a NULL for an address") {
    config.only_addresses = &null_address;
  }
  SECTION("no list of addresses") {
    config.only_addresses = nullptr;
  }
  SECTION("a log level") {
    config.log_minimum = 5;
  }
  SECTION("a file that is not there") {
    config.tls_ca_file = "/nowhere/authorities.pem";
    expected = FLOE_ERROR_FILE;
  }
  SECTION("a file of something else") {
    config.tls_ca_file = "/proc/self/exe";
    expected = FLOE_ERROR_FILE;
  }
  CHECK(floe_host_create(&config, &host) == expected);
  CHECK(host == nullptr);
}

TEST_CASE("a room's configuration is checked", "[native][c]") {
  Log log;
  const OwnedHost host = make_host(log);
  floe_room_config config = to_nowhere(log);
  floe_error expected = FLOE_ERROR_ARGUMENT;
  const std::string token(4097, 't');
  SECTION("no size") {
    config.size = 0;
    expected = FLOE_ERROR_SIZE;
  }
  SECTION("no server") {
    config.url = nullptr;
  }
  SECTION("a server for pages") {
    config.url = "http://127.0.0.1/signal/room";
    expected = FLOE_ERROR_URL;
  }
  SECTION("garbage for a server") {
    config.url = "not a url";
    expected = FLOE_ERROR_URL;
  }
  SECTION("a server without a name") {
    config.url = "ws:///signal/room";
    expected = FLOE_ERROR_URL;
  }
  SECTION("a token that no server reads") {
    config.token = token.c_str();
  }
  SECTION("no name") {
    config.name = nullptr;
  }
  SECTION("a name that cannot be one") {
    config.name = "two words";
  }
  SECTION("too many components") {
    config.components = 257;
  }
  SECTION("a use of names that there is not") {
    config.mdns = FLOE_MDNS_OFF + 1;
  }
  SECTION("something in the reserved space") {
    config.reserved = 1;
  }
  SECTION("a range of ports from end to beginning") {
    config.port_min = 2;
    config.port_max = 1;
  }
  SECTION("a range of ports without a beginning") {
    config.port_max = 1;
  }
  floe_room* room = nullptr;
  CHECK(floe_room_join(host.get(), &config, &room) == expected);
  CHECK(room == nullptr);
}

TEST_CASE("a room without a server waits, sends nothing, and can be left", "[native][c]") {
  Log log;
  const OwnedHost host = make_host(log);
  const floe_room_config config = to_nowhere(log);
  floe_room* room = nullptr;
  REQUIRE(floe_room_join(host.get(), &config, &room) == FLOE_OK);
  for (int pass = 0; pass < 100 && floe_room_get_state(room) != FLOE_ROOM_WAITING; ++pass) {
    floe_host_run_once(host.get(), 100'000);
  }
  CHECK(floe_room_get_state(room) == FLOE_ROOM_WAITING);
  CHECK(floe_room_send(room, 1, "x", 1) == FLOE_ERROR_NOT_CONNECTED);
  CHECK(floe_room_send(room, 2, "x", 1) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_room_send(room, 1, nullptr, 1) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_room_send(room, 1, "x", 65508) == FLOE_ERROR_TOO_BIG);
  floe_room_leave(room);
  CHECK(log.states.back() == FLOE_ROOM_CLOSED);
}

TEST_CASE("the handle of a room outlives its end, until it is released", "[native][c]") {
  Log log;
  const OwnedHost host = make_host(log);
  const floe_room_config config = to_nowhere(log);
  floe_room* room = nullptr;
  REQUIRE(floe_room_join(host.get(), &config, &room) == FLOE_OK);
  SECTION("left long ago") {
    floe_room_leave(room);
    for (int pass = 0; pass < 12; ++pass) floe_host_run_once(host.get(), 100'000);
    CHECK(floe_room_get_state(room) == FLOE_ROOM_CLOSED);
    CHECK(floe_room_send(room, 1, "x", 1) == FLOE_ERROR_CLOSED);
    floe_room_leave(room);
    CHECK(log.states == std::vector{FLOE_ROOM_CONNECTING, FLOE_ROOM_CLOSED});
    floe_room_release(room);
  }
  SECTION("not left before") {
    floe_room_release(room);
    CHECK(log.states.back() == FLOE_ROOM_CLOSED);
  }
}

TEST_CASE("the reasons to wait have the codes of JavaScript", "[native][c]") {
  CHECK(std::string(floe_waiting_text(FLOE_WAITING_SERVER)) == "signaling-unreachable");
  CHECK(std::string(floe_waiting_text(FLOE_WAITING_TOKEN)) == "unauthorized");
  CHECK(std::string(floe_waiting_text(0)) == "?");
  CHECK(std::string(floe_waiting_text(FLOE_WAITING_TOKEN + 1)) == "?");
}

TEST_CASE("a room without a server says so with the reason", "[native][c]") {
  Log log;
  const OwnedHost host = make_host(log);
  std::string expected =
      "No answer from a signalling server at ws://127.0.0.1:1/signal/room: connection refused. ";
  floe_room_config config = to_nowhere(log);
  SECTION("to a callback") {
    expected = "signaling-unreachable: " + expected;
    config.on_waiting = [](void* user, floe_waiting reason, const char* text) {
      static_cast<Log*>(user)->lines.push_back(std::string(floe_waiting_text(reason)) + ": " +
                                               text);
    };
  }
  SECTION("to the log") {
    expected = "signal: " + expected;
  }
  SECTION("also when a name stands for no address") {
    config.url = "ws://nowhere.invalid/signal/room";
    expected =
        "signal: No answer from a signalling server at ws://nowhere.invalid/signal/room: "
        "nowhere.invalid: ";
  }
  REQUIRE(floe_room_join(host.get(), &config, nullptr) == FLOE_OK);
  const auto told = [&] {
    return std::ranges::any_of(log.lines,
                               [&](const auto& line) { return line.starts_with(expected); });
  };
  for (int pass = 0; pass < 100 && !told(); ++pass) floe_host_run_once(host.get(), 100'000);
  CAPTURE(log.lines);
  CHECK(told());
}

TEST_CASE("destroying a host ends its rooms, and says so", "[native][c]") {
  Log log;
  OwnedHost host = make_host(log);
  const floe_room_config config = to_nowhere(log);
  REQUIRE(floe_room_join(host.get(), &config, nullptr) == FLOE_OK);
  host.reset();
  CHECK(log.states.back() == FLOE_ROOM_CLOSED);
}

TEST_CASE("the services of a room are names, and not too many", "[native][c]") {
  Log log;
  const OwnedHost host = make_host(log);
  floe_room_config config = to_nowhere(log);
  floe_error expected = FLOE_ERROR_ARGUMENT;
  const char* nine[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i"};
  SECTION("more services than can be offered") {
    config.offers = nine;
    config.offer_count = 9;
  }
  SECTION("a service that cannot be one") {
    nine[1] = "two words";
    config.offers = nine;
    config.offer_count = 2;
  }
  SECTION("a service without a name") {
    nine[0] = nullptr;
    config.offers = nine;
    config.offer_count = 1;
  }
  SECTION("services that are not there") {
    config.offer_count = 1;
  }
  SECTION("a sought service that cannot be one") {
    config.seeks = "";
  }
  SECTION("as many as can be offered") {
    config.offers = nine;
    config.offer_count = 8;
    config.seeks = "echo";
    expected = FLOE_OK;
  }
  CHECK(floe_room_join(host.get(), &config, nullptr) == expected);
}

TEST_CASE("a room's STUN servers are read when it is joined", "[native][c]") {
  Log log;
  const OwnedHost host = make_host(log);
  floe_room_config config = to_nowhere(log);
  const char* servers[] = {"stun:127.0.0.1:3478", "stun:stun.example.org"};
  config.stun_server_count = 2;
  CHECK(floe_room_join(host.get(), &config, nullptr) == FLOE_ERROR_ARGUMENT);
  config.stun_servers = servers;
  CHECK(floe_room_join(host.get(), &config, nullptr) == FLOE_OK);
  servers[1] = "turn:turn.example.org";
  CHECK(floe_room_join(host.get(), &config, nullptr) == FLOE_ERROR_ADDRESS);
  servers[1] = nullptr;
  CHECK(floe_room_join(host.get(), &config, nullptr) == FLOE_ERROR_ARGUMENT);
  config.stun_server_count = 1;
  config.nomination = 3;
  CHECK(floe_room_join(host.get(), &config, nullptr) == FLOE_ERROR_ARGUMENT);
}

TEST_CASE("a room's external addresses are read when it is joined", "[native][c]") {
  Log log;
  const OwnedHost host = make_host(log);
  floe_room_config config = to_nowhere(log);
  floe_external_address external{"192.0.2.1", nullptr, 1, 0};
  config.external_address_count = 1;
  CHECK(floe_room_join(host.get(), &config, nullptr) == FLOE_ERROR_ARGUMENT);
  config.external_addresses = &external;
  CHECK(floe_room_join(host.get(), &config, nullptr) == FLOE_OK);
  floe_error expected = FLOE_ERROR_ADDRESS;
  SECTION("a name") {
    external.external = "example.org";
  }
  SECTION("any address") {
    external.external = "0.0.0.0";
  }
  SECTION("another family") {
    external.internal = "::1";
  }
  SECTION("a NULL") {
    external.external = nullptr;
    expected = FLOE_ERROR_ARGUMENT;
  }
  SECTION("more than a flag") {
    external.hides_internal = 2;
    expected = FLOE_ERROR_ARGUMENT;
  }
  CHECK(floe_room_join(host.get(), &config, nullptr) == expected);
}

TEST_CASE("a room says what it cannot encrypt with", "[native][c]") {
  Log log;
  const OwnedHost host = make_host(log);
  const auto own = floe::native::test::make_certificate("device");
  const char* fingerprint = "AB:CD";
  floe_room_config config = to_nowhere(log);
  config.certificate = own.certificate_pem.data();
  config.certificate_size = own.certificate_pem.size();
  config.key = own.key_pem.data();
  config.key_size = own.key_pem.size();
  std::string expected;
  SECTION("nothing") {}
  SECTION("half a certificate") {
    config.certificate_size /= 2;
    expected = "`plaintext` is 0: `certificate` and `key`: the certificate is neither PEM nor DER";
  }
  SECTION("a key without its certificate") {
    config.certificate = nullptr;
    config.certificate_size = 0;
    expected = "`plaintext` is 0: `certificate` and `key`, and the size of each, must be set";
  }
  SECTION("something else than a fingerprint") {
    config.expected_fingerprints = &fingerprint;
    config.expected_fingerprint_count = 1;
    expected = "`plaintext` is 0: `expected_fingerprints`: \"AB:CD\" is not the SHA-256";
  }
  SECTION("a certificate in plaintext") {
    config.plaintext = 1;
    expected = "`certificate`, `key` and `expected_fingerprints` are of no use with `plaintext`";
  }
  SECTION("more than a choice") {
    config.plaintext = 2;
    expected = "`plaintext` must be 0 or 1";
  }
  SECTION("something in the reserved space") {
    config.reserved2 = 1;
    expected = "`reserved2` must be 0";
  }
  CHECK(floe_room_join(host.get(), &config, nullptr) ==
        (expected.empty() ? FLOE_OK : FLOE_ERROR_ARGUMENT));
  const auto says = [&](const std::string& line) {
    return line.starts_with("api: floe_room_config: " + expected);
  };
  CAPTURE(log.lines);
  CHECK(std::ranges::any_of(log.lines, says) == !expected.empty());
}

TEST_CASE("a host can be a guest of another loop", "[native][c]") {
  Log log;
  const OwnedHost host = make_host(log);
  const floe_room_config config = to_nowhere(log);
  pollfd readable{floe_host_fd(host.get()), POLLIN, 0};
  REQUIRE(readable.fd >= 0);
  floe_room* room = nullptr;
  REQUIRE(floe_room_join(host.get(), &config, &room) == FLOE_OK);
  for (int pass = 0; pass < 100 && floe_room_get_state(room) != FLOE_ROOM_WAITING; ++pass) {
    if (poll(&readable, 1, 1000) == 1) floe_host_run_once(host.get(), 0);
  }
  CHECK(floe_room_get_state(room) == FLOE_ROOM_WAITING);
}
