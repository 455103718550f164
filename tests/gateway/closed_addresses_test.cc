// A client's session under the gateway's policy: nothing leaves to a closed address.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "address_policy.h"
#include "address_spellings.h"
#include "floe/tunnel/records/record_reader.h"
#include "tunnel/encoded_records.h"
#include "tunnel/test_gateway.h"

using namespace floe;
using namespace floe::gateway;
using floe::gateway::test::ip;
using namespace floe::tunnel;
using floe::tunnel::test::encode;

namespace {

const SocketId kSocket{1};
const Bytes kHello = as_bytes("hello");

std::vector<TransportAddress> all_closed() {
  std::vector<TransportAddress> closed;
  for (const std::string& v4 : gateway::test::closed_ipv4()) {
    for (const std::string& text : gateway::test::spellings(v4))
      closed.push_back({ip(text), 40000});
  }
  for (const std::string& text : gateway::test::closed_ipv6()) closed.push_back({ip(text), 40000});
  for (const std::uint16_t port : std::initializer_list<std::uint16_t>{1, 53, 80, 5353, 11211})
    closed.push_back({ip("9.9.9.9"), port});
  return closed;
}

AddressOptions with_nat64() {
  AddressOptions options;
  for (const std::string& text : gateway::test::nat64_prefixes()) {
    options.nat64.push_back(*AddressPrefix::parse(text));
  }
  return options;
}

/// A session with a bound socket, whose network is a list.
struct PolicedSession {
  PolicedSession() {
    send(Hello{1, 1, kServerCapabilities, {}});
    send(Bind{kSocket, {IpAddress::v4(192, 0, 2, 1), 0, 0}});
    session.sockets().handle_bound(kSocket, {IpAddress::v4(192, 0, 2, 1), 40001}, {});
    session.flush(now);
    host.messages.clear();
  }

  template <class R>
  void send(const R& record) {
    session.handle_message(now, encode(record));
    session.flush(now);
  }
  template <class R>
  std::optional<R> answer() {
    std::optional<R> found;
    for (const ByteVector& message : host.messages) {
      RecordReader reader{message};
      while (const auto record = reader.next()) {
        if (const R* one = std::get_if<R>(&**record)) found = *one;
      }
    }
    return found;
  }
  std::uint32_t drops(DropReason reason) {
    now += 2s;
    session.handle_timeout(now);
    session.flush(now);
    const auto dropped = answer<Dropped>();
    return dropped ? dropped->totals.of(reason) : 0;
  }

  tunnel::test::TestGateway host;
  AddressPolicy policy{with_nat64()};
  Timestamp now{std::chrono::seconds(50)};
  ServerSession session{now, host.channel, host, policy, SessionLimits{}};
};

}  // namespace

TEST_CASE("nothing is sent to a closed address, and each try is counted", "[gateway]") {
  PolicedSession one;
  std::uint32_t tries = 0;
  for (const TransportAddress& closed : all_closed()) {
    CAPTURE(closed.to_text());
    one.send(Send{kSocket, {}, closed, kHello});
    CHECK(one.host.sent.empty());
    CHECK(one.session.stats().datagrams_dropped == ++tries);
  }
  CHECK(tries > 12 * 20);
  CHECK(one.drops(DropReason::out_denied) == tries);
  CHECK(one.host.close_code == 0);
  one.send(Send{kSocket, {}, {ip("9.9.9.9"), 40000}, kHello});
  CHECK(one.host.sent.size() == 1);
}

TEST_CASE("a name where an address must be ends the session", "[gateway]") {
  const RecordType type =
      GENERATE(RecordType::send, RecordType::peer_open, RecordType::bind, RecordType::tcp_open);
  CAPTURE(static_cast<int>(type));
  PolicedSession one;
  ByteVector body{0, 2};  // an id that is free
  if (type == RecordType::peer_open) body = {0, 1, 0, 1};
  if (type == RecordType::send) body = {0, 1};
  if (type == RecordType::tcp_open) body = {0, 1, 2};
  const Bytes name = as_bytes("\x09localhost:4000");
  body.insert(body.end(), name.begin(), name.end());
  one.session.handle_message(one.now, tunnel::test::raw(type, body));
  CHECK(one.host.close_code == close_code(ErrorCode::bad_record));
  CHECK(one.host.sent.empty());
}

TEST_CASE("a short id opens no closed address, and nothing comes from one", "[gateway]") {
  PolicedSession one;
  const TransportAddress closed{ip("::ffff:169.254.169.254"), 40000};
  one.send(PeerOpen{kSocket, PeerId{1}, closed});
  REQUIRE(one.answer<PeerOpened>());
  CHECK(one.answer<PeerOpened>()->permission.state == PermissionState::denied);
  one.send(SendShort{kSocket, {}, PeerId{1}, kHello});
  CHECK(one.host.sent.empty());
  one.session.sockets().handle_datagram(one.now, kSocket,
                                        {{IpAddress::v4(192, 0, 2, 1), 40001}, closed, kHello});
  one.session.flush(one.now);
  CHECK_FALSE(one.answer<Received>());
  CHECK(one.drops(DropReason::in_denied) == 1);
}
