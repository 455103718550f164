#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include "encoded_records.h"
#include "floe/tunnel/records/record_reader.h"
#include "tunnel_world.h"

using namespace floe;
using namespace floe::tunnel;
using namespace floe::tunnel::test;

namespace {

/// Reads the only record of a message. The view is into `message`.
template <class R>
R decode(const ByteVector& message) {
  RecordReader reader{message};
  const auto record = reader.next();
  REQUIRE(record);
  REQUIRE(*record);
  CHECK(type_of(**record) == R::kType);
  CHECK(reader.record_size() == message.size());
  CHECK_FALSE(reader.next());
  return std::get<R>(**record);
}

/// What is read is what was written: encoding it again gives the same bytes.
template <class R>
R round_trip(const R& record) {
  static ByteVector message;  // outlives the views
  message = encode(record);
  const R read = decode<R>(message);
  CHECK(encode(read) == message);
  CHECK(encoded_size(record) == message.size());
  return read;
}

const TransportAddress kPeer4{IpAddress::v4(198, 51, 100, 7), 5000};
const TransportAddress kPeer6{*IpAddress::parse("2001:db8::7"), 5001};

}  // namespace

TEST_CASE("the records that open a session survive the wire", "[tunnel]") {
  const ByteVector token(kMaxTokenSize, 0x5a);
  const Hello hello = round_trip(Hello{1, 3, Capabilities{0x80000005}, token});
  CHECK(hello.max_version == 3);
  CHECK(hello.capabilities.bits() == 0x80000005);
  CHECK(hello.token.size() == kMaxTokenSize);
  CHECK(round_trip(Hello{}).token.empty());

  ByteVector storage;
  const std::vector<InterfaceAddress> addresses{{IpAddress::v4(192, 0, 2, 1), "eth0"},
                                                {*IpAddress::parse("2001:db8::1"), "wän"},
                                                {IpAddress::v4(127, 0, 0, 1), ""}};
  Welcome welcome{1,
                  Capabilities{4},
                  0xfedcba9876543210,
                  65507,
                  8,
                  256,
                  kMinUplinkWindow,
                  20s,
                  BindableAddresses::encode(addresses, storage)};
  Welcome read = round_trip(welcome);
  CHECK(read.session_id == 0xfedcba9876543210);
  CHECK(read.keep_alive_interval == 20s);
  for (const InterfaceAddress& expected : addresses) {
    const auto got = read.addresses.next();
    REQUIRE(got);
    CHECK(got->ip == expected.ip);
    CHECK(got->interface_name == expected.interface_name);
  }
  CHECK_FALSE(read.addresses.next());
}

TEST_CASE("a list of addresses is cut to what a record may hold", "[tunnel]") {
  ByteVector storage;
  const std::vector<InterfaceAddress> many(100,
                                           {IpAddress::v4(192, 0, 2, 1), std::string(99, 'x')});
  CHECK(BindableAddresses::encode(many, storage).size() == kMaxBindableAddresses);
  const std::vector<IpAddress> ips(100, *IpAddress::parse("2001:db8::1"));
  CHECK(ResolvedAddresses::encode(ips, storage).size() == kMaxResolvedAddresses);
}

TEST_CASE("the records about a session survive the wire", "[tunnel]") {
  CHECK(round_trip(Ping{42}).opaque == 42);
  CHECK(round_trip(Pong{42, 0xffffffff}).stamp == 0xffffffff);
  const GoAway go_away = round_trip(GoAway{1500ms, 60s});
  CHECK(go_away.reconnect_in == 1500ms);
  CHECK(go_away.try_for == 60s);
  const Error error = round_trip(Error{ErrorCode::limit, 0x10, 9, "zu viele Söckets"});
  CHECK(error.code == ErrorCode::limit);
  CHECK(error.text == "zu viele Söckets");
  CHECK(round_trip(Credit{0xffffffff}).bytes == 0xffffffff);
  CHECK(round_trip(Alarm{7, 25ms}).after == 25ms);
  CHECK(round_trip(Alarm{7, kNoAlarm}).after == kNoAlarm);
  CHECK(round_trip(AlarmFired{7}).id == 7);
}

TEST_CASE("times on the wire are rounded up and held within range", "[tunnel]") {
  CHECK(round_trip(Alarm{1, 1us}).after == 1ms);
  CHECK(decode<Alarm>(encode(Alarm{1, -5s})).after == 0ms);
  CHECK(decode<GoAway>(encode(GoAway{Duration::max(), 0ms})).reconnect_in == kNoAlarm);
}

TEST_CASE("a text for an error is cut between characters", "[tunnel]") {
  const std::string text = std::string(199, 'x') + "ä and more";
  const ByteVector message = encode(Error{ErrorCode::limit, 0, 0, text});
  CHECK(decode<Error>(message).text == std::string(199, 'x'));
}

TEST_CASE("the records about sockets survive the wire", "[tunnel]") {
  const Bind bind = round_trip(Bind{SocketId{3}, {kPeer6.ip, 1000, 2000}});
  CHECK(bind.request.ip == kPeer6.ip);
  CHECK(bind.request.port_max == 2000);
  CHECK(round_trip(Bind{SocketId{3}, {kPeer4.ip, 0, 0}}).request.port_max == 0);
  CHECK(round_trip(Bound{SocketId{3}, kPeer4, kPeer6}).mapped == kPeer6);
  CHECK_FALSE(round_trip(Bound{SocketId{3}, kPeer6, {}}).mapped);
  CHECK(round_trip(CloseSocket{SocketId{65535}}).socket == SocketId{65535});
  const auto reason = GENERATE(range(0, int{kSocketCloseReasonCount}));
  const auto sent = static_cast<SocketCloseReason>(reason);
  CHECK(round_trip(SocketClosed{SocketId{1}, sent}).reason == sent);
}

TEST_CASE("drop counters survive the wire, and reasons of the future are left out", "[tunnel]") {
  Dropped dropped;
  dropped.totals.set(DropReason::out_denied, 1);
  dropped.totals.set(DropReason::in_too_old, 0xffffffff);
  CHECK(round_trip(dropped).totals == dropped.totals);
  const ByteVector future = raw(RecordType::dropped, {0, 1, 2, 0, 0, 0, 0, 9, 200, 0, 0, 0, 9});
  CHECK(decode<Dropped>(future).totals == DropCounters{});
}

TEST_CASE("the records about peers survive the wire", "[tunnel]") {
  const PeerOpen open = round_trip(PeerOpen{SocketId{1}, PeerId{2}, kPeer6});
  CHECK(open.remote == kPeer6);
  const PeerPermission permission =
      GENERATE(PeerPermission{}, PeerPermission{PermissionState::open, DenyReason::none, 30s},
               PeerPermission{PermissionState::open, DenyReason::none, kUnlimited},
               PeerPermission{PermissionState::denied, DenyReason::quota, Duration::zero()});
  CHECK(round_trip(PeerOpened{SocketId{1}, PeerId{2}, permission}).permission == permission);
  CHECK(round_trip(PermissionChanged{SocketId{1}, PeerId{2}, permission}).permission == permission);
  CHECK(round_trip(PeerClose{SocketId{1}, PeerId{2}}).peer == PeerId{2});
}

TEST_CASE("the records with datagrams survive the wire", "[tunnel]") {
  const std::size_t size =
      GENERATE(std::size_t{0}, std::size_t{1}, std::size_t{1200}, kMaxDatagramSize);
  const ByteVector payload(size, 0xab);
  const auto stamp = GENERATE(std::optional<Stamp>{}, std::optional<Stamp>{0xfffffffe});
  const TransportAddress remote = GENERATE(kPeer4, kPeer6);

  const Send send = round_trip(Send{SocketId{1}, stamp, remote, payload});
  CHECK(send.remote == remote);
  CHECK(send.stamp == stamp);
  CHECK(equal(send.payload, payload));
  CHECK(equal(round_trip(SendShort{SocketId{1}, stamp, PeerId{2}, payload}).payload, payload));
  CHECK(round_trip(Received{SocketId{1}, stamp, {}, remote, payload}).local == std::nullopt);
  CHECK(round_trip(Received{SocketId{1}, stamp, kPeer4, kPeer4, payload}).local == kPeer4);
  CHECK(round_trip(ReceivedShort{SocketId{1}, stamp, PeerId{2}, payload}).peer == PeerId{2});
  CHECK(round_trip(Sent{SocketId{1}, 5, 6}).at == 6);
}

TEST_CASE("the records about names and TCP survive the wire", "[tunnel]") {
  const std::string name(kMaxNameSize, 'a');
  CHECK(round_trip(Resolve{LookupId{1}, LookupFamily::ipv6, name}).name == name);
  ByteVector storage;
  const std::vector<IpAddress> ips{kPeer4.ip, kPeer6.ip};
  Resolved resolved = round_trip(
      Resolved{LookupId{1}, LookupStatus::filtered, ResolvedAddresses::encode(ips, storage)});
  CHECK(resolved.addresses.next() == kPeer4.ip);
  CHECK(resolved.addresses.next() == kPeer6.ip);
  CHECK_FALSE(resolved.addresses.next());

  CHECK(round_trip(TcpOpen{TcpId{1}, TcpKind::ice, kPeer4, 65536, ""}).window == 65536);
  CHECK(round_trip(TcpOpen{TcpId{1}, TcpKind::turns, kPeer6, 1, "turn.example"}).server_name ==
        "turn.example");
  CHECK(round_trip(TcpOpened{TcpId{1}, kPeer6, 9}).local == kPeer6);
  CHECK(round_trip(TcpData{TcpId{1}, Bytes{storage}.first(1)}).data.size() == 1);
  CHECK(round_trip(TcpCredit{TcpId{1}, 77}).bytes == 77);
  CHECK(round_trip(TcpClose{TcpId{1}, TcpCloseReason::tls_failed}).reason ==
        TcpCloseReason::tls_failed);
}

TEST_CASE("several records share a message, unknown ones are skipped and counted", "[tunnel]") {
  const ByteVector message =
      joined({encode(Ping{1}), raw(0x7f, 0xff, {1, 2, 3}), encode(Ping{2}), raw(0xee, 0, {})});
  RecordReader reader{message};
  CHECK(std::get<Ping>(**reader.next()).opaque == 1);
  CHECK(std::get<Ping>(**reader.next()).opaque == 2);
  CHECK_FALSE(reader.next());
  CHECK(reader.unknown_records() == 2);
}

TEST_CASE("an error names the record by its ids", "[tunnel]") {
  CHECK(id_of(PeerClose{SocketId{1}, PeerId{2}}) == 0x00010002);
  CHECK(id_of(CloseSocket{SocketId{7}}) == 7);
  CHECK(id_of(TcpCredit{TcpId{8}, 1}) == 8);
  CHECK(id_of(Alarm{0x12345678, 1s}) == 0x12345678);
  CHECK(id_of(Ping{1}) == 0);
}

TEST_CASE("the example of PROTOCOL.md is what the codec writes", "[tunnel]") {
  const auto hex_of = [](const ByteVector& message) {
    std::string text;
    for (const std::uint8_t byte : message) {
      text += "0123456789abcdef"[byte >> 4];
      text += "0123456789abcdef"[byte & 15];
    }
    return text;
  };
  ByteVector storage;
  const std::vector<InterfaceAddress> addresses{{IpAddress::v4(192, 0, 2, 1), "eth0"}};
  const BindableAddresses list = BindableAddresses::encode(addresses, storage);
  const Capabilities both{0x0c};
  CHECK(hex_of(encode(Hello{1, 1, both, {}})) == "0100000801010000000c0000");
  CHECK(
      hex_of(encode(Welcome{1, both, 0x0123456789abcdef, 65507, 8, 256, 256 * 1024, 20s, list})) ==
      "02000026010000000c0123456789abcdefffe3000801000004000000004e200104c00002010465746830");
  CHECK(hex_of(encode(Bind{SocketId{1}, {addresses[0].ip, 0, 0}})) ==
        "1000000b000104c000020100000000");
  CHECK(hex_of(encode(Bound{SocketId{1}, {addresses[0].ip, 40001}, {}})) ==
        "1100000a000104c00002019c4100");
  CHECK(hex_of(encode(Send{SocketId{1}, {}, kPeer4, as_bytes("hi")})) ==
        "3000000b000104c633640713886869");
  CHECK(hex_of(encode(Received{SocketId{1}, {}, {}, kPeer4, as_bytes("hi")})) ==
        "3202000b000104c633640713886869");
}
