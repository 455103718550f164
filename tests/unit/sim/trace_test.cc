// The trace of a world: the same for the same, another for anything else.
#include <catch2/catch_test_macros.hpp>

#include "sim/behind_nat.h"

using namespace floe;
using namespace floe::sim;

namespace {

const TransportAddress kLeft{IpAddress::v4(192, 0, 2, 1), 1000};
const TransportAddress kRight{IpAddress::v4(192, 0, 2, 2), 2000};

std::uint64_t busy_world(std::uint64_t seed) {
  BehindNat net(Nat::symmetric(), seed);
  net.first_host.link() = {.delay = 3ms, .loss_ppm = 100'000, .jitter = 10ms};
  for (int i = 0; i < 100; ++i) {
    net.inside.send(net.server.local(), std::to_string(i));
    net.world.run_for(1ms);
  }
  net.world.run_for(1s);
  return net.world.trace().hash_value();
}

}  // namespace

TEST_CASE("the same seed gives the same trace, another seed another one", "[sim]") {
  CHECK(busy_world(1) == busy_world(1));
  CHECK(busy_world(1) != busy_world(2));
}

TEST_CASE("a trace is the same on every machine", "[sim]") {
  // Written down once: what differs here differs between compilers, libraries or word sizes.
  CHECK(busy_world(1) == 0x23aa66703245b869);
}

TEST_CASE("whatever differs of a datagram makes another trace", "[sim]") {
  const auto hash = [](Timestamp at, const Trace::Datagram& datagram, Fate fate) {
    Trace trace;
    trace.ended(at, datagram, fate);
    return trace.hash_value();
  };
  const Trace::Datagram datagram{kLeft, kRight, 77, 4};
  const std::uint64_t base = hash(kBeginning, datagram, Fate::delivered);
  CHECK(hash(kBeginning, datagram, Fate::delivered) == base);
  CHECK(hash(kBeginning + 1us, datagram, Fate::delivered) != base);
  CHECK(hash(kBeginning, datagram, Fate::loss) != base);
  CHECK(hash(kBeginning, {kRight, kLeft, 77, 4}, Fate::delivered) != base);
  CHECK(hash(kBeginning, {kLeft, {kRight.ip, 2001}, 77, 4}, Fate::delivered) != base);
  CHECK(hash(kBeginning, {kLeft, kRight, 78, 4}, Fate::delivered) != base);
}

TEST_CASE("a hash of bytes depends on each of them and on their number", "[sim]") {
  const auto hash = [](std::string_view text) {
    Hash64 value;
    value.add(as_bytes(text));
    return value.value();
  };
  const std::string text = "twenty-one bytes long";
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string other = text;
    other[i] = '!';
    CHECK(hash(other) != hash(text));
  }
  using namespace std::string_view_literals;
  CHECK(hash("\0"sv) != hash(""));
  CHECK(hash("\0\0\0\0\0\0\0\0"sv) != hash("\0\0\0\0\0\0\0"sv));
}

TEST_CASE("a trace can be read: when, who, to whom, how much and what became of it", "[sim]") {
  Trace trace;
  trace.sent(kBeginning + 1500ms, {kLeft, kRight, 77, 4});
  trace.ended(kBeginning + 1510ms, {kLeft, kRight, 77, 4}, Fate::filtered);
  trace.note(kBeginning + 2s, "left", "connected");
  CHECK(trace.lines() == std::vector<std::string>{
                             "1.500000 192.0.2.1:1000 -> 192.0.2.2:2000 4 bytes sent",
                             "1.510000 192.0.2.1:1000 -> 192.0.2.2:2000 4 bytes lost: filtered",
                             "2.000000 left: connected",
                         });
  CHECK(trace.lines(1) == std::vector<std::string>{"2.000000 left: connected"});
}

TEST_CASE("of a long trace the last records are kept to be read, and all are in the hash",
          "[sim]") {
  Trace trace;
  Trace other;
  other.note(kBeginning, "first", "another");
  for (std::size_t i = 0; i < Trace::kRecordsMax + 10; ++i) {
    trace.note(kBeginning, "note", std::to_string(i));
    if (i > 0) other.note(kBeginning, "note", std::to_string(i));
  }
  const auto lines = trace.lines();
  REQUIRE(lines.size() == Trace::kRecordsMax);
  CHECK(lines.front() == "0.000000 note: 10");
  CHECK(lines.back() == "0.000000 note: " + std::to_string(Trace::kRecordsMax + 9));
  CHECK(other.lines(1) == trace.lines(1));
  CHECK(other.hash_value() != trace.hash_value());
}

TEST_CASE("a note that is too long to be kept is cut", "[sim]") {
  Trace trace;
  trace.note(kBeginning, "subject", std::string(200, 'x'));
  CHECK(trace.lines().front().size() < 80);
}

TEST_CASE("a world counts what was sent, delivered and lost", "[sim]") {
  BehindNat net(Nat::port_restricted());
  const TransportAddress mapped = *net.inside.seen_by(net.server);
  REQUIRE(net.server.reaches(net.inside, mapped));
  REQUIRE_FALSE(net.other_server.reaches(net.inside, mapped));
  CHECK(net.world.trace().counters().sent == 3);
  CHECK(net.world.trace().counters().delivered == 2);
  CHECK(net.world.trace().counters().lost == 1);
}
