// The promise of the hot path: once buffers have grown, a datagram allocates nothing.
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <new>

#include "encoded_records.h"
#include "tunnel_world.h"

namespace {

std::size_t allocations = 0;

void* allocate(std::size_t size) {
  ++allocations;
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) throw std::bad_alloc{};
  return memory;
}

}  // namespace

// NOLINTBEGIN: replacing the global operators is the only way to count.
void* operator new(std::size_t size) {
  return allocate(size);
}
void* operator new[](std::size_t size) {
  return allocate(size);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete[](void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  std::free(memory);
}
// NOLINTEND

using namespace floe;
using namespace floe::tunnel;
using namespace floe::tunnel::test;

namespace {

struct Exchange {
  TestGateway gateway;
  Timestamp now{std::chrono::seconds(50)};
  ServerSession session{now, gateway.channel, gateway, gateway, SessionLimits{}};
  const TransportAddress local = address("192.0.2.1:40001");
  const TransportAddress peer = address("198.51.100.7:5000");
  const TransportAddress stranger = address("[2001:db8::7]:5000");
  const ByteVector payload = ByteVector(1200, 1);
  const ByteVector up = encode(SendShort{SocketId{1}, {}, PeerId{1}, payload},
                               Send{SocketId{1}, Stamp{1}, stranger, payload});

  Exchange() {
    gateway.keep_sent = false;
    session.handle_message(now, encode(Hello{1, 1, kServerCapabilities, {}},
                                       Bind{SocketId{1}, {IpAddress::v4(192, 0, 2, 1), 0, 0}}));
    session.sockets().handle_bound(SocketId{1}, local, {});
    session.handle_message(now, encode(PeerOpen{SocketId{1}, PeerId{1}, peer}));
  }

  void run(int times) {
    for (int i = 0; i < times; ++i) {
      session.handle_message(now, up);
      session.sockets().handle_datagram(now, SocketId{1}, {local, peer, payload});
      session.sockets().handle_datagram(now, SocketId{1}, {local, stranger, payload});
      if (i % 16 == 0) session.flush(now);
    }
  }
};

}  // namespace

TEST_CASE("a datagram through a session allocates nothing", "[tunnel]") {
  Exchange exchange;
  SECTION("while the channel takes all") {}
  SECTION("while it takes nothing") {
    exchange.gateway.channel_full = true;
    exchange.session.flush(exchange.now);
  }
  exchange.run(200);
  const std::size_t before = allocations;
  exchange.run(2000);
  const std::size_t after = allocations;
  CHECK(after - before <= (exchange.gateway.channel_full ? 16 : 0));
  CHECK(exchange.gateway.sent_count == 2 * 2200);
}
