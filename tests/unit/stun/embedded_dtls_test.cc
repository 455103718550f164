// The attributes of DTLS in STUN: what rides in a check, and the receipts for it.
#include <catch2/catch_test_macros.hpp>

#include "floe/stun/attributes/embedded_dtls.h"
#include "stun/hex.h"
#include "stun/raw_message.h"
#include "stun/round_trip.h"

using namespace floe;
using namespace floe::stun;
using namespace floe::testing;

TEST_CASE("a datagram in a check survives whatever its length", "[stun]") {
  for (const std::size_t size : {0U, 1U, 2U, 3U, 4U, 675U, 1000U}) {
    const ByteVector datagram(size, 0x16);
    round_trip(DtlsInStun{datagram},
               [&](const DtlsInStun& read) { CHECK(std::ranges::equal(read.datagram, datagram)); });
  }
}

TEST_CASE("receipts survive, and are whole", "[stun]") {
  for (const char* list : {"", "01020304", "01020304fffefdfc0000000011223344"}) {
    const ByteVector checksums = from_hex(list);
    round_trip(DtlsInStunAck{checksums}, [&](const DtlsInStunAck& read) {
      CHECK(std::ranges::equal(read.checksums, checksums));
    });
  }
  for (const char* list : {"01", "010203", "0102030405"}) {
    const RawMessage raw = RawMessage().attribute(0xc071, list);
    const auto message = MessageView::parse(raw.bytes());
    REQUIRE(message);
    CHECK(message->get<DtlsInStunAck>().error() == AttributeError::malformed);
  }
}

TEST_CASE("the attributes of DTLS in STUN need not be known", "[stun]") {
  CHECK_FALSE(is_comprehension_required(static_cast<std::uint16_t>(DtlsInStun::kType)));
  CHECK_FALSE(is_comprehension_required(static_cast<std::uint16_t>(DtlsInStunAck::kType)));
}

TEST_CASE("what follows the signature rides nowhere", "[stun]") {
  const auto key = MbedtlsCrypto().hmac_sha1(as_bytes("key"));
  const RawMessage raw = RawMessage().integrity(*key).attribute(0xc070, "16fefd00");
  const auto message = MessageView::parse(raw.bytes());
  REQUIRE(message);
  CHECK(message->get<DtlsInStun>().error() == AttributeError::absent);
}
