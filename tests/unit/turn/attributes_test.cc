#include "floe/turn/attributes/address.h"
#include "floe/turn/attributes/allocation.h"
#include "floe/turn/attributes/data.h"
#include "floe/turn/understands.h"
#include "stun/hex.h"
#include "stun/raw_message.h"
#include "stun/round_trip.h"
#include "stun/string_makers.h"

using namespace floe;
using namespace floe::turn;
using namespace floe::testing;

namespace {

template <class T>
std::string hex_of(const T& attribute) {
  std::array<std::uint8_t, 64> buffer;
  const auto bytes =
      stun::MessageBuilder(buffer, stun::Class::request, stun::Method::allocate, kRoundTripId)
          .add(attribute)
          .finish();
  return to_hex(bytes->subspan(stun::kHeaderSize));
}

template <class T>
Result<T, stun::AttributeError> read(std::string_view hex) {
  const RawMessage raw = RawMessage(0x0003).attribute(static_cast<std::uint16_t>(T::kType), hex);
  const auto message = stun::MessageView::parse(raw.bytes(), understands);
  REQUIRE(message);
  return message->template get<T>();
}

template <class T>
void is_malformed(std::initializer_list<std::string_view> values) {
  for (const std::string_view hex : values) {
    CAPTURE(hex);
    const auto attribute = read<T>(hex);
    REQUIRE_FALSE(attribute);
    CHECK(attribute.error() == stun::AttributeError::malformed);
  }
}

}  // namespace

TEST_CASE("the attributes of an allocation are where RFC 8656 has them", "[turn]") {
  CHECK(hex_of(Lifetime{600}) == "000d000400000258");
  CHECK(hex_of(RequestedAddressFamily{Family::ipv6}) == "0017000402000000");
  CHECK(hex_of(AdditionalAddressFamily{}) == "8000000402000000");
  CHECK(hex_of(EvenPort{true}) == "0018000180000000");
  CHECK(hex_of(RequestedTransport{}) == "0019000411000000");
  CHECK(hex_of(DontFragment{}) == "001a0000");
  CHECK(hex_of(ReservationToken{{1, 2, 3, 4, 5, 6, 7, 8}}) == "002200080102030405060708");
  CHECK(hex_of(AddressErrorCode{Family::ipv6, 440, "no"}) == "80010006020004286e6f0000");
  CHECK(hex_of(ChannelNumber{0x4001}) == "000c000440010000");
  CHECK(hex_of(Icmp{3, 4, {0, 0, 5, 0xdc}}) == "8004000800000604000005dc");
}

TEST_CASE("the addresses of peers and relays survive, as many as there are", "[turn]") {
  std::array<std::uint8_t, 256> buffer;
  const TransportAddress v4 = *TransportAddress::parse("192.0.2.1:49152");
  const TransportAddress v6 = *TransportAddress::parse("[2001:db8::1]:50000");
  const auto bytes =
      stun::MessageBuilder(buffer, stun::Class::success, stun::Method::allocate, kRoundTripId)
          .add(XorRelayedAddress{v4})
          .add(XorPeerAddress{v6})
          .add(XorRelayedAddress{v6})
          .finish();
  const auto message = stun::MessageView::parse(*bytes, understands);
  REQUIRE(message);
  CHECK(message->get<XorRelayedAddress>()->address == v4);
  CHECK(message->get<XorRelayedAddress>(1)->address == v6);
  CHECK_FALSE(message->get<XorRelayedAddress>(2));
  CHECK(message->get<XorPeerAddress>()->address == v6);
}

TEST_CASE("what an allocation is asked for by survives", "[turn]") {
  round_trip(Lifetime{0xffffffff}, [](const Lifetime& it) { CHECK(it.seconds == 0xffffffff); });
  for (const bool reserves : {false, true}) {
    round_trip(EvenPort{reserves},
               [&](const EvenPort& it) { CHECK(it.reserves_next == reserves); });
  }
  for (const Family family : {Family::ipv4, Family::ipv6}) {
    const auto is_same = [&](const auto& it) { CHECK(it.family == family); };
    round_trip(RequestedAddressFamily{family}, is_same);
    round_trip(AdditionalAddressFamily{family}, is_same);
    round_trip(AddressErrorCode{family, 508, "full"}, [&](const AddressErrorCode& it) {
      is_same(it);
      CHECK(it.code == 508);
      CHECK(it.reason == "full");
    });
  }
  round_trip(RequestedTransport{6}, [](const RequestedTransport& it) { CHECK(it.protocol == 6); });
  round_trip(DontFragment{}, [](const DontFragment&) {});
  round_trip(ReservationToken{{1, 2, 3, 4, 5, 6, 7, 8}},
             [](const ReservationToken& it) { CHECK(it.value[7] == 8); });
}

TEST_CASE("what carries data survives", "[turn]") {
  const ByteVector payload = from_hex("0102030405");
  round_trip(Data{payload}, [&](const Data& it) { CHECK(equal(it.payload, payload)); });
  round_trip(Data{}, [](const Data& it) { CHECK(it.payload.empty()); });
  round_trip(ChannelNumber{kChannelMax},
             [](const ChannelNumber& it) { CHECK(it.number == 0x4fff); });
  round_trip(Icmp{127, 511, {1, 2, 3, 4}}, [](const Icmp& it) {
    CHECK(it.type == 127);
    CHECK(it.code == 511);
    CHECK(it.error_data[3] == 4);
  });
}

TEST_CASE("what is reserved for the future is not looked at", "[turn]") {
  CHECK(read<RequestedTransport>("11ffffff")->protocol == kProtocolUdp);
  CHECK(read<RequestedAddressFamily>("01ffffff")->family == Family::ipv4);
  CHECK_FALSE(read<EvenPort>("7fffffff")->reserves_next);
  CHECK(read<ChannelNumber>("4000ffff")->number == kChannelMin);
  CHECK(read<Icmp>("ffff060400000000")->type == 3);
}

TEST_CASE("attributes of a wrong length, family or range are malformed", "[turn]") {
  is_malformed<Lifetime>({"", "000258", "0000025800"});
  is_malformed<RequestedAddressFamily>({"", "01", "00000000", "03000000", "0100000000"});
  is_malformed<AdditionalAddressFamily>({"", "02", "04000000"});
  is_malformed<EvenPort>({"", "8000", "8000000000"});
  is_malformed<RequestedTransport>({"", "11", "1100000000"});
  is_malformed<DontFragment>({"00"});
  is_malformed<ReservationToken>({"", "01020304050607", "010203040506070809"});
  is_malformed<AddressErrorCode>({"", "01", "010004", "00000428", "03000428", "01000228"});
  is_malformed<ChannelNumber>({"", "4000", "3fff0000", "50000000", "00000000", "400000000000"});
  is_malformed<Icmp>({"", "0000060400", "000006040000000000"});
  is_malformed<XorPeerAddress>({"", "0001a147", "0003a147e112a643", "0002a147e112a643"});
}
