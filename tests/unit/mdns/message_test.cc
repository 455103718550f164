#include "floe/mdns/message.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "dns_bytes.h"
#include "floe/mdns/limits.h"
#include "floe/wire/byte_reader.h"

namespace floe::mdns::test {
namespace {

const Name kName = *Name::parse("4f3c.local");
const IpAddress kIp4 = IpAddress::v4(192, 168, 1, 2);
const IpAddress kIp6 = *IpAddress::parse("fd00::2");

DnsBytes one_question() {
  return DnsBytes().header(0, 1, 0, 7).label("4F3C").label("local").u8(0).u16(28).u16(0x8001);
}

TEST_CASE("a query has one question, and may welcome unicast", "[mdns][message]") {
  const bool wants_unicast = GENERATE(true, false);
  const Question question{kName, RecordType::aaaa, wants_unicast};
  const auto message = parse_message(write_query(question, 7));
  REQUIRE(message);
  CHECK(message->id == 7);
  CHECK_FALSE(message->is_response);
  CHECK(message->questions == std::vector{question});
  CHECK(message->addresses.empty());
  if (wants_unicast) {
    CHECK(write_query(question, 7).size() == one_question().size());
  }
}

TEST_CASE("a response by multicast has no id and no question", "[mdns][message]") {
  const IpAddress ip = GENERATE(kIp4, kIp6);
  const auto message = parse_message(
      write_response({ResponseKind::multicast, 7, {kName, type_of(ip.family()), false}, ip}));
  REQUIRE(message);
  CHECK(message->id == 0);
  CHECK(message->is_response);
  CHECK(message->questions.empty());
  CHECK(message->addresses == std::vector{AddressRecord{kName, ip, kTtlSeconds}});
}

TEST_CASE("a response to a simple resolver is one of plain DNS", "[mdns][message]") {
  const Question question{kName, RecordType::a, true};
  const ByteVector bytes = write_response({ResponseKind::legacy, 7, question, kIp4});
  const auto message = parse_message(bytes);
  REQUIRE(message);
  CHECK(message->id == 7);
  CHECK(message->questions == std::vector{question});
  CHECK(message->addresses == std::vector{AddressRecord{kName, kIp4, kLegacyTtlSeconds}});
  // Header, the question, and the record's name and type; then its class, without the top bit.
  CHECK(ByteReader(Bytes(bytes).subspan(12 + 16 + 12 + 2)).u16() == 1);
}

TEST_CASE("a response says which type there is when another is asked for", "[mdns][message]") {
  const Question question{kName, RecordType::aaaa, false};
  const ByteVector bytes = write_response({ResponseKind::multicast, 0, question, kIp4});
  const auto message = parse_message(bytes);
  REQUIRE(message);
  CHECK(message->addresses.size() == 1);
  ByteReader answer(Bytes(bytes).subspan(12 + 12));
  CHECK(answer.u16() == static_cast<std::uint16_t>(RecordType::nsec));
  answer.skip(2 + 4);
  CHECK(answer.u16() == 12 + 3);  // the name again, and the bitmap
  answer.skip(12);
  CHECK(answer.u16() == 1);    // block 0, one byte
  CHECK(answer.u8() == 0x40);  // type 1
}

TEST_CASE("records of other kinds are skipped", "[mdns][message]") {
  auto bytes = DnsBytes().header(kResponse, 0, 4);
  bytes.label("x").u8(0).u16(16).u16(1).u32(5).u16(3).label("ab");  // TXT
  bytes.label("y").u8(0).u16(1).u16(3).u32(5).u16(4).u32(1);        // of another class
  bytes.label("z").u8(0).a_record({1, 2, 3});                       // too short for an address
  bytes.label("w").u8(0).a_record({10, 0, 0, 1});
  const auto message = parse_message(bytes);
  REQUIRE(message);
  REQUIRE(message->addresses.size() == 1);
  CHECK(message->addresses[0].name == Name::parse("w"));
}

TEST_CASE("records that somebody only hopes to own are no answers", "[mdns][message]") {
  DnsBytes bytes;
  bytes.u16(0).u16(0).u16(0).u16(0).u16(1).u16(0).label("w").u8(0).a_record({10, 0, 0, 1});
  const auto message = parse_message(bytes);
  REQUIRE(message);
  CHECK(message->addresses.empty());
}

TEST_CASE("a message cut anywhere is refused", "[mdns][message]") {
  const ByteVector whole =
      write_response({ResponseKind::legacy, 7, {kName, RecordType::a, false}, kIp4});
  REQUIRE(parse_message(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CHECK_FALSE(parse_message(Bytes(whole).first(size)));
  }
}

TEST_CASE("messages that are too long or say too much are refused", "[mdns][message]") {
  CHECK(parse_message(ByteVector(kMessageSizeMax + 1)).error() == MessageError::too_long);
  CHECK(parse_message(DnsBytes().header(0, kQuestionsMax + 1, 0)).error() ==
        MessageError::too_many);
  CHECK(parse_message(DnsBytes().header(kResponse, 0, kRecordsMax + 1)).error() ==
        MessageError::too_many);
  DnsBytes many;
  many.header(kResponse, 0, kRecordsMax);
  for (std::size_t i = 0; i < kRecordsMax; ++i) many.u8(0).a_record({10, 0, 0, 1});
  CHECK(parse_message(many)->addresses.size() == kAddressesKept);
}

TEST_CASE("messages with an opcode or a response code are refused", "[mdns][message]") {
  const unsigned flags = GENERATE(0x0800u, 0x8403u, 0x7800u);
  CHECK(parse_message(DnsBytes().header(flags, 0, 0)).error() == MessageError::not_ordinary);
}

TEST_CASE("a question of another class is skipped", "[mdns][message]") {
  CHECK(parse_message(one_question())->questions.size() == 1);
  const auto chaos = DnsBytes().header(0, 1, 0).label("a").u8(0).u16(1).u16(3);
  CHECK(parse_message(chaos)->questions.empty());
}

}  // namespace
}  // namespace floe::mdns::test
