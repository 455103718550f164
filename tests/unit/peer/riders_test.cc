// What of a handshake rides in checks: which datagram, how often, and until when.
#include "riders.h"

#include <catch2/catch_test_macros.hpp>

#include "floe/stun/crc32.h"
#include "floe/wire/byte_writer.h"

namespace floe::peer::test {
namespace {

using namespace std::chrono_literals;
using enum ice::RidesIn;

constexpr Timestamp kNow{1h};

/// A record of the handshake, told apart by `number`.
ByteVector datagram(std::uint8_t number, std::size_t size = 100) {
  ByteVector bytes(size, number);
  bytes[0] = 22;
  return bytes;
}

ByteVector receipt_of(Bytes bytes) {
  ByteVector receipt(4);
  ByteWriter(receipt).u32(stun::crc32(bytes));
  return receipt;
}

bool is(Bytes one, Bytes other) {
  return std::ranges::equal(one, other);
}

Riders with_flight(std::size_t count, std::size_t size = 100) {
  Riders riders;
  riders.begin_flight();
  for (std::size_t i = 0; i < count; ++i) {
    riders.add(datagram(static_cast<std::uint8_t>(i), size));
  }
  return riders;
}

TEST_CASE("the datagrams of a flight ride in turn", "[peer][sped]") {
  Riders riders = with_flight(2);
  for (int turn = 0; turn < 2; ++turn) {
    CHECK(is(riders.take(kNow, check).datagram, datagram(0)));
    CHECK(is(riders.take(kNow, answer).datagram, datagram(1)));
  }
}

TEST_CASE("what has arrived rides no more", "[peer][sped]") {
  Riders riders = with_flight(2);
  riders.handle_receipts(receipt_of(datagram(0)));
  CHECK(is(riders.take(kNow, check).datagram, datagram(1)));
  CHECK(is(riders.take(kNow, check).datagram, datagram(1)));
  riders.handle_receipts(receipt_of(datagram(7)));  // of nothing that is known
  CHECK(riders.flight().size() == 1);
  riders.handle_receipts(receipt_of(datagram(1)));
  CHECK(riders.take(kNow, check).datagram.empty());
  CHECK(riders.take(kNow, check).receipts);  // this end still takes part
}

TEST_CASE("a new flight takes the place of the one before", "[peer][sped]") {
  Riders riders = with_flight(2);
  riders.begin_flight();
  CHECK(riders.flight().size() == 2);  // nothing came of that input
  riders.add(datagram(9));
  CHECK(riders.flight() == std::vector<ByteVector>{datagram(9)});
}

TEST_CASE("alerts and data do not ride", "[peer][sped]") {
  Riders riders;
  for (const std::uint8_t type : ByteVector{21, 23, 0, 128}) {
    ByteVector bytes = datagram(1);
    bytes[0] = type;
    riders.add(bytes);
    CHECK_FALSE(riders.is_new(bytes));
  }
  CHECK(riders.flight().empty());
  CHECK_FALSE(riders.is_new({}));
  CHECK(riders.take(kNow, check).receipts->empty());
}

TEST_CASE("what arrives is new once, and the receipts of the last four are told", "[peer][sped]") {
  Riders riders;
  for (std::uint8_t i = 0; i < 6; ++i) {
    CHECK(riders.is_new(datagram(i)));
    CHECK_FALSE(riders.is_new(datagram(i)));
  }
  ByteVector expected;
  for (std::uint8_t i = 2; i < 6; ++i) {
    for (const std::uint8_t byte : receipt_of(datagram(i))) expected.push_back(byte);
  }
  CHECK(is(*riders.take(kNow, check).receipts, expected));
}

TEST_CASE("checks carry only so much in a time, and answers what is asked for", "[peer][sped]") {
  Riders riders = with_flight(1, kRiderSizeMax);
  std::size_t ridden = 0;
  for (int i = 0; i < 100; ++i) ridden += riders.take(kNow, check).datagram.size();
  CHECK(ridden == 14 * kRiderSizeMax);
  std::size_t answers = 0;
  for (int i = 0; i < 2; ++i) answers += riders.take(kNow, answer).datagram.size();
  CHECK(answers == 2 * kRiderSizeMax);
  Riders later = with_flight(1, kRiderSizeMax);
  for (int i = 0; i < 100; ++i) (void)later.take(kNow, check);
  CHECK_FALSE(later.take(kNow + kRidersBudgetTime, check).datagram.empty());
}

TEST_CASE("a flight that does not arrive lets every other message go without it", "[peer][sped]") {
  Riders riders = with_flight(1);
  std::string pattern;
  for (int i = 0; i < 10; ++i) {
    pattern += riders.take(kNow, answer).datagram.empty() ? '-' : 'x';
  }
  CHECK(pattern == "xxxxx-x-x-");
  // It is sent again in new records, and checks have turns of their own.
  riders.begin_flight();
  riders.add(datagram(1));
  CHECK_FALSE(riders.take(kNow, answer).datagram.empty());
  CHECK(riders.take(kNow, answer).datagram.empty());
  CHECK_FALSE(riders.take(kNow, check).datagram.empty());
  riders.add(datagram(2));
  riders.handle_receipts(receipt_of(datagram(1)));
  CHECK_FALSE(riders.take(kNow, answer).datagram.empty());
  CHECK_FALSE(riders.take(kNow, answer).datagram.empty());
}

TEST_CASE("after the handshake the last flight rides a few times more", "[peer][sped]") {
  Riders server = with_flight(1);
  server.settle(true);
  Riders client = with_flight(1);
  client.settle(false);
  CHECK(client.flight().empty());
  for (std::uint8_t i = 0; i < kLastRides; ++i) {
    CHECK_FALSE(server.is_over());
    CHECK(server.take(kNow, answer).receipts);
    CHECK(client.take(kNow, answer).receipts);
  }
  CHECK(server.is_over());
  CHECK(client.is_over());
  CHECK_FALSE(server.take(kNow, answer).receipts);
  CHECK(server.take(kNow, answer).datagram.empty());
}

TEST_CASE("a datagram that is too long does not ride, and a flight has an end", "[peer][sped]") {
  Riders riders = with_flight(1, kRiderSizeMax + 1);
  CHECK(riders.take(kNow, check).datagram.empty());
  CHECK(with_flight(100).flight().size() == kRidersMax);
}

}  // namespace
}  // namespace floe::peer::test
