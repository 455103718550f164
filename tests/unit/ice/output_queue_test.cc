#include "output_queue.h"

#include <catch2/catch_test_macros.hpp>

#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;

namespace {

const TransportAddress kHere = *TransportAddress::parse("192.0.2.1:1");
const TransportAddress kThere = *TransportAddress::parse("198.51.100.1:2");

std::string text_of(const std::optional<Output>& output) {
  REQUIRE(output);
  const auto* transmit = std::get_if<Transmit>(&*output);
  REQUIRE(transmit != nullptr);
  return std::string(as_text(transmit->payload));
}

}  // namespace

TEST_CASE("outputs come out in order and end", "[ice]") {
  OutputQueue queue;
  CHECK_FALSE(queue.poll());
  queue.transmit_copy(kHere, kThere, as_bytes("one"));
  queue.event(StateChanged{State::checking});
  queue.transmit_view(kThere, kHere, as_bytes("two"));

  CHECK(text_of(queue.poll()) == "one");
  const auto event = queue.poll();
  REQUIRE(event);
  REQUIRE(std::get_if<Event>(&*event) != nullptr);
  CHECK(std::get_if<StateChanged>(std::get_if<Event>(&*event))->state == State::checking);
  const auto last = queue.poll();
  CHECK(std::get_if<Transmit>(&*last)->local == kThere);
  CHECK(std::get_if<Transmit>(&*last)->remote == kHere);
  CHECK(text_of(last) == "two");
  CHECK_FALSE(queue.poll());
  CHECK_FALSE(queue.poll());
}

TEST_CASE("events of all sizes come out in order", "[ice]") {
  OutputQueue queue;
  for (std::uint16_t round = 1; round <= 3; ++round) {
    for (std::uint16_t i = 1; i <= 20; ++i) {
      Candidate candidate;
      candidate.component = i;
      queue.event(LocalCandidateFound{candidate});
      queue.event(DataReceived{i, as_bytes("data")});
      queue.event(SelectedPairChanged{i, {candidate, candidate}});
    }
    for (std::uint16_t i = 1; i <= 20; ++i) {
      const auto found = queue.poll();
      CHECK(std::get<LocalCandidateFound>(std::get<Event>(*found)).candidate.component == i);
      const auto data = queue.poll();
      CHECK(std::get<DataReceived>(std::get<Event>(*data)).component == i);
      const auto changed = queue.poll();
      CHECK(std::get<SelectedPairChanged>(std::get<Event>(*changed)).pair.remote.component == i);
    }
    CHECK_FALSE(queue.poll());
  }
}

TEST_CASE("a message is copied, data is only pointed at", "[ice]") {
  OutputQueue queue;
  ByteVector message{'a'};
  ByteVector data{'b'};
  queue.transmit_copy(kHere, kThere, message);
  queue.transmit_view(kHere, kThere, data);
  message[0] = 'x';
  CHECK(text_of(queue.poll()) == "a");
  const auto output = queue.poll();
  CHECK(std::get_if<Transmit>(&*output)->payload.data() == data.data());
}

TEST_CASE("messages stay whole when more are added than fit at first", "[ice]") {
  OutputQueue queue;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 50; ++i) queue.transmit_copy(kHere, kThere, as_bytes(std::to_string(i)));
    for (int i = 0; i < 50; ++i) CHECK(text_of(queue.poll()) == std::to_string(i));
    CHECK_FALSE(queue.poll());
  }
}

TEST_CASE("an input between two outputs loses nothing", "[ice]") {
  OutputQueue queue;
  queue.transmit_copy(kHere, kThere, as_bytes("one"));
  queue.transmit_copy(kHere, kThere, as_bytes("two"));
  CHECK(text_of(queue.poll()) == "one");
  queue.transmit_copy(kHere, kThere, as_bytes("three"));
  CHECK(text_of(queue.poll()) == "two");
  CHECK(text_of(queue.poll()) == "three");
  CHECK_FALSE(queue.poll());
}

TEST_CASE("an empty datagram is a datagram", "[ice]") {
  OutputQueue queue;
  queue.transmit_copy(kHere, kThere, {});
  queue.transmit_view(kHere, kThere, {});
  CHECK(text_of(queue.poll()).empty());
  CHECK(text_of(queue.poll()).empty());
  CHECK_FALSE(queue.poll());
}
