// What a sender hears when a queue of the kernel is full.
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <catch2/catch_test_macros.hpp>
#include <cerrno>
#include <cstddef>
#include <thread>

#include "loop_runner.h"
#include "udp_peer.h"

namespace floe::native {
namespace {

using test::kLoopback;
using test::numbered;
using test::run_until;
using test::UdpPeer;
using test::UdpWorld;

/// From now on `call` fails with EAGAIN in this thread: the queue of loopback itself is never full.
bool fill_queue_for(unsigned call) {
  sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EAGAIN),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog filter{std::size(program), program};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

struct Heard {
  bool prepared = false;
  UdpStatistics gathered;                // after a burst that the kernel did not take
  UdpStatistics tried;                   // after one more datagram, which it took
  std::size_t gathers_again = 0;         // datagrams that left at once, of two
  SendStatus first = SendStatus::sent;   // when nothing is taken any more
  SendStatus second = SendStatus::sent;  // of the same pass
};

void burst(UdpWorld& world, UdpPeer& client, const TransportAddress& to, int count) {
  for (int i = 0; i < count; ++i) client.socket->send(to, numbered(100, i));
  world.loop.service();
}

Heard send_with_full_queue() {
  Heard heard;
  UdpWorld world;
  UdpPeer client(world.sockets, kLoopback), server(world.sockets, kLoopback);
  if (!run_until(world.loop, [&] { return client.bound && server.bound; })) return heard;
  if (!fill_queue_for(SYS_sendmmsg)) return heard;
  heard.prepared = true;
  const UdpStatistics& now = world.sockets.statistics();

  burst(world, client, server.local, 3);  // the first leaves at once by sendto()
  heard.gathered = now;
  client.socket->send(server.local, numbered(100, 1));
  heard.tried = now;
  world.loop.service();
  burst(world, client, server.local, 2);
  heard.gathers_again = static_cast<std::size_t>(now.sent - heard.tried.sent);

  fill_queue_for(SYS_sendto);
  heard.first = client.socket->send(server.local, numbered(100, 1));
  heard.second = client.socket->send(server.local, numbered(100, 1));
  return heard;
}

}  // namespace

TEST_CASE("a full queue is told to the sender, who may try again", "[native][udp]") {
  Heard heard;
  // In a thread of its own, since nothing removes the filter again.
  std::thread([&] { heard = send_with_full_queue(); }).join();
  if (!heard.prepared) SKIP("no seccomp here");
  CHECK(heard.gathered.sent == 1);
  CHECK(heard.gathered.dropped == 2);
  CHECK(heard.tried.sent == 2);
  CHECK(heard.tried.send_calls == heard.gathered.send_calls + 1);
  CHECK(heard.gathers_again == 1);
  CHECK(heard.first == SendStatus::dropped);
  CHECK(heard.second == SendStatus::dropped);
}

}  // namespace floe::native
