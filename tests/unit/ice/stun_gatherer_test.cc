// What is asked of STUN servers and when, and which of their answers count (RFC 8445, section
// 5.1.1.2).
#include "stun_gatherer.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "ice/gathering_host.h"
#include "ice/stun_server.h"
#include "stun/hex.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

TransportAddress at(const char* text) {
  return *TransportAddress::parse(text);
}

const TransportAddress kBase = at("192.0.2.1:1000");
const TransportAddress kServer = at("203.0.113.1:3478");
const TransportAddress kSecondServer = at("203.0.113.2:3478");
const TransportAddress kMapped = at("198.51.100.77:7777");

}  // namespace

TEST_CASE("every server is asked from every socket of its family, one request a slot", "[ice]") {
  GatheringHost host;
  host.gatherer.add_socket({1, kBase});
  host.gatherer.add_socket({1, at("192.0.2.2:1000")});
  host.gatherer.add_socket({1, at("[2001:db8::1]:1000")});
  REQUIRE(host.gatherer.add_server(kServer));
  REQUIRE(host.gatherer.add_server(at("[2001:db8::99]:3478")));
  host.run_for(450ms);
  const auto sent = host.take_sent();
  REQUIRE(sent.size() == 3);
  CHECK(sent[1].at - sent[0].at == 50ms);
  CHECK(sent[2].at - sent[1].at == 50ms);
  for (const Sent& request : sent) {
    CHECK(request.local.ip.family() == request.remote.ip.family());
  }
}

// Credentials in the first request would tell them to whoever asks for nothing (P59).
TEST_CASE("a request to a server carries a fingerprint and nothing else", "[ice]") {
  GatheringHost host;
  const Sent request = host.ask(kServer, kBase);
  CHECK(request.local == kBase);
  CHECK(request.remote == kServer);
  CHECK(request.message().is_request());
  CHECK(request.message().has_fingerprint());
  CHECK(request.payload.size() == 20 + 8);
}

TEST_CASE("what a server saw is told once", "[ice]") {
  GatheringHost host;
  const Sent request = host.ask(kServer, kBase);
  const bool old = GENERATE(false, true);
  const ByteVector answer =
      old ? old_server_answer(request, kMapped) : server_answer(request, kMapped);
  const auto discovery = host.receive(answer, kServer, kBase);
  REQUIRE(discovery);
  CHECK(discovery->mapped == kMapped);
  CHECK(discovery->socket.base == kBase);
  CHECK(discovery->server == kServer.ip);
  CHECK(host.gatherer.is_done(host.now));
  CHECK(host.gatherer.has_answers());

  CHECK_FALSE(host.receive(answer, kServer, kBase));
  CHECK_FALSE(host.receive(server_answer(request, at("198.51.100.78:1")), kServer, kBase));
  CHECK_FALSE(host.receive(server_error(request, 400), kServer, kBase));
  CHECK(host.take_failures().empty());
}

TEST_CASE("an answer from elsewhere takes nothing from the true one", "[ice]") {
  GatheringHost host;
  const Sent request = host.ask(kServer, kBase);
  host.gatherer.add_socket({1, at("192.0.2.2:1000")});
  CHECK_FALSE(host.receive(server_answer(request, kMapped), kSecondServer, kBase));
  CHECK_FALSE(host.receive(server_answer(request, kMapped), at("203.0.113.1:3479"), kBase));
  CHECK_FALSE(host.receive(server_answer(request, kMapped), kServer, at("192.0.2.2:1000")));
  CHECK_FALSE(host.receive(server_error(request, 500), kSecondServer, kBase));
  CHECK(host.core.counters.asymmetric_responses == 4);
  CHECK(host.receive(server_answer(request, kMapped), kServer, kBase));
}

TEST_CASE("an answer with another transaction id is none of the gatherer's", "[ice]") {
  GatheringHost host;
  Sent request = host.ask(kServer, kBase);
  request.payload[12] ^= 1;
  ByteVector answer = server_answer(
      {request.local, request.remote, RawMessage(0x0001, "0102030405060708090a0b0c").bytes(), {}},
      kMapped);
  CHECK_FALSE(host.receive(answer, kServer, kBase));
  CHECK_FALSE(host.was_ours);
  CHECK_FALSE(host.gatherer.is_done(host.now));
}

TEST_CASE("an answer that names nobody's address is no answer", "[ice]") {
  GatheringHost host;
  const Sent request = host.ask(kServer, kBase);
  ByteVector answer;
  SECTION("the other family") {
    answer = server_answer(request, at("[2001:db8::7]:7777"));
  }
  SECTION("no port") {
    answer = server_answer(request, {IpAddress::v4(198, 51, 100, 77), 0});
  }
  SECTION("a wildcard") {
    answer = server_answer(request, at("0.0.0.0:7777"));
  }
  SECTION("a group") {
    answer = server_answer(request, at("224.0.0.1:7777"));
  }
  SECTION("no address at all") {
    answer = RawMessage(0x0101, to_hex(request.message().transaction_id())).bytes();
  }
  SECTION("something that must be understood and is not") {
    answer = RawMessage(0x0101, to_hex(request.message().transaction_id()))
                 .attribute(0x0001, "00011e61c633644d")
                 .attribute(0x7777, "")
                 .bytes();
  }
  SECTION("an error without a code") {
    answer = RawMessage(0x0111, to_hex(request.message().transaction_id())).bytes();
  }
  CHECK_FALSE(host.receive(answer, kServer, kBase));
  CHECK(host.core.counters.malformed_messages == 1);
  CHECK_FALSE(host.gatherer.is_done(host.now));
  // The true answer may still come.
  CHECK(host.receive(server_answer(request, kMapped), kServer, kBase));
}

TEST_CASE("a server whose answer was refused is not called silent", "[ice]") {
  GatheringHost host;
  const Sent request = host.ask(kServer, kBase);
  CHECK_FALSE(host.gatherer.was_heard());
  std::string_view reason;
  SECTION("the other family") {
    host.receive(server_answer(request, at("[2001:db8::7]:7777")), kServer, kBase);
    reason = "the answer names an address of another family";
  }
  SECTION("no address") {
    host.receive(RawMessage(0x0101, to_hex(request.message().transaction_id())).bytes(), kServer,
                 kBase);
    reason = "the answer has no mapped address";
  }
  SECTION("from elsewhere") {
    host.receive(server_answer(request, kMapped), kSecondServer, kBase);
    reason = "the answer came from or to another address";
  }
  CHECK(host.gatherer.was_heard());
  CHECK_FALSE(host.gatherer.has_answers());
  host.run_for(5s);
  const auto failures = host.take_failures();
  REQUIRE(failures.size() == 1);
  CHECK(failures[0].reason.view() == reason);
}

TEST_CASE("a server that does not answer is asked again, and given up after 5 seconds", "[ice]") {
  GatheringHost host;
  const Timestamp begin = host.now;
  const Sent first = host.ask(kServer, kBase);
  host.run_for(4999ms);
  CHECK_FALSE(host.gatherer.is_done(host.now));
  CHECK(host.take_failures().empty());
  host.run_for(1ms);
  CHECK(host.gatherer.is_done(host.now));
  const auto failures = host.take_failures();
  REQUIRE(failures.size() == 1);
  CHECK(failures[0].server == kServer);
  CHECK(failures[0].base == kBase);
  CHECK(failures[0].code == kServerUnreachable);

  std::vector<std::int64_t> resent_ms;
  for (const Sent& sent : host.take_sent()) {
    CHECK(sent.payload == first.payload);
    resent_ms.push_back((sent.at - begin) / 1ms);
  }
  CHECK(resent_ms == std::vector<std::int64_t>{500, 1500, 3500});
  host.run_for(60s);
  CHECK(host.take_sent().empty());
  CHECK(host.gatherer.deadline(host.now) == kNever);
}

// One dead server must not cost the others their time (P52).
TEST_CASE("a silent server delays the end by 1.2 seconds, and keeps nobody busy", "[ice]") {
  GatheringHost host;
  const Sent request = host.ask(kServer, kBase);
  host.gatherer.add_server(kSecondServer);
  host.run_for(50ms);
  REQUIRE(host.take_sent().size() == 1);
  REQUIRE(host.receive(server_answer(request, kMapped), kServer, kBase));
  const Timestamp asked_last = host.now;
  CHECK_FALSE(host.gatherer.is_done(host.now));
  host.run_until(asked_last + 1199ms);
  CHECK_FALSE(host.gatherer.is_done(host.now));
  CHECK(host.gatherer.deadline(host.now) == asked_last + 1200ms);
  host.run_until(asked_last + 1200ms);
  CHECK(host.gatherer.is_done(host.now));

  // It may still answer while it is asked.
  host.run_until(asked_last + 4s);
  const auto repeated = host.take_sent();
  REQUIRE_FALSE(repeated.empty());
  CHECK(host.receive(server_answer(repeated.back(), kMapped), kSecondServer, kBase));
}

TEST_CASE("an error of a server is told in its own words, cut", "[ice]") {
  GatheringHost host;
  const Sent request = host.ask(kServer, kBase);
  const std::string words(200, 'w');
  CHECK_FALSE(host.receive(server_error(request, 500, words), kServer, kBase));
  const auto failures = host.take_failures();
  REQUIRE(failures.size() == 1);
  CHECK(failures[0].code == 500);
  CHECK(failures[0].reason.view() == std::string(kReasonShownMax, 'w'));
  CHECK(host.gatherer.is_done(host.now));
  CHECK_FALSE(host.receive(server_answer(request, kMapped), kServer, kBase));
}

TEST_CASE("servers are asked once each, and have a limit", "[ice]") {
  GatheringHost host;
  CHECK(host.gatherer.add_server(kServer));
  CHECK_FALSE(host.gatherer.add_server(kServer));
  CHECK_FALSE(host.gatherer.add_server(at("0.0.0.0:3478")));
  CHECK_FALSE(host.gatherer.add_server(at("[ff02::1]:3478")));
  CHECK_FALSE(host.gatherer.add_server({kServer.ip, 0}));
  for (std::uint16_t i = 1; i < kStunServersMax; ++i) {
    CHECK(host.gatherer.add_server({kServer.ip, i}));
  }
  CHECK_FALSE(host.gatherer.add_server({kServer.ip, 9999}));
  CHECK(host.gatherer.server_count() == kStunServersMax);
}

TEST_CASE("loopback and link-local sockets ask their own kind only", "[ice]") {
  GatheringHost host;
  host.gatherer.add_socket({1, at("127.0.0.1:1000")});
  host.gatherer.add_socket({1, at("[fe80::1]:1000")});
  host.gatherer.add_socket({1, at("[2001:db8::1]:1000")});
  host.gatherer.add_socket({1, kBase});
  host.gatherer.add_server(at("127.0.0.1:3478"));
  host.gatherer.add_server(at("[fe80::2]:3478"));
  host.run_for(1s);
  for (const Sent& sent : host.take_sent()) {
    CHECK(sent.local.ip.is_loopback() == sent.remote.ip.is_loopback());
    CHECK(sent.local.ip.is_link_local() == sent.remote.ip.is_link_local());
  }
}

TEST_CASE("a socket that is gone asks nobody any more", "[ice]") {
  GatheringHost host;
  const Sent request = host.ask(kServer, kBase);
  CHECK_FALSE(host.gatherer.is_done(host.now));
  host.gatherer.remove_socket(kBase);
  CHECK(host.gatherer.is_done(host.now));
  CHECK_FALSE(host.receive(server_answer(request, kMapped), kServer, kBase));
  CHECK_FALSE(host.was_ours);
  host.run_for(60s);
  CHECK(host.take_sent().empty());
  CHECK(host.take_failures().empty());
}

TEST_CASE("a machine that slept an hour sends what it missed once", "[ice]") {
  GatheringHost host;
  const Sent request = host.ask(kServer, kBase);
  SECTION("while it asked") {
    host.now += 1h;
    host.progress();
    CHECK(host.take_sent().size() <= 1);
    CHECK(host.gatherer.is_done(host.now));
  }
  SECTION("while it kept a binding alive") {
    REQUIRE(host.receive(server_answer(request, kMapped), kServer, kBase));
    host.now += 1h;
    host.progress();
    CHECK(host.take_sent().size() == 1);
    CHECK(host.gatherer.deadline(host.now) == host.now + kBindingKeepalive);
  }
}
