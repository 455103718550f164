// What a datagram costs from one plain socket to another, sending and receiving.
#include "measure/clocks.h"
#include "measure/figures.h"
#include "plain/rows.h"
#include "plain/socket.h"

namespace floe::bench {
namespace {

void receive_one_by_one(const PlainSocket& socket, PlainPoller& poller, std::size_t count) {
  std::array<std::uint8_t, 2048> buffer;
  sockaddr_in from{};
  for (std::size_t arrived = 0; arrived < count;) {
    poller.wait();
    while (arrived < count && socket.receive(buffer, from)) ++arrived;
  }
}

void receive_in_batches(const PlainSocket& socket, PlainPoller& poller, PlainBatch& batch,
                        std::size_t count) {
  for (std::size_t arrived = 0; arrived < count;) {
    poller.wait();
    arrived += batch.receive(socket.fd());
  }
}

}  // namespace

/// segmentation=0: sendto() and recvfrom() for each, epoll_wait() for each burst. segmentation=1:
/// the least that the kernel asks, one sendmsg() with UDP_SEGMENT and one recvmmsg() a burst.
void measure_plain_datagrams(const Options& options) {
  const std::size_t burst = options.count("burst", 32);
  const std::size_t bytes = options.count("bytes", 1200);
  const bool segmentation = options.number("segmentation", 0) != 0;
  const std::size_t bursts = options.count("datagrams", 200'000) / burst;
  const std::vector<std::uint8_t> payload(bytes * burst, 0x80);
  const std::array<PlainSocket, 2> ends;
  PlainBatch batch;
  PlainPoller poller;
  poller.add(ends[1].fd(), 1);
  const std::int64_t cpu = cpu_ns();
  for (std::size_t sent = 0; sent < bursts; ++sent) {
    if (segmentation) {
      ends[0].send_segments(ends[1].address(), payload, static_cast<std::uint16_t>(bytes));
      receive_in_batches(ends[1], poller, batch, burst);
    } else {
      for (std::size_t i = 0; i < burst; ++i) {
        ends[0].send(ends[1].address(), {payload.data(), bytes});
      }
      receive_one_by_one(ends[1], poller, burst);
    }
  }
  const auto cpu_us = static_cast<double>(cpu_ns() - cpu) / 1e3;
  Figures figures;
  figures.add("cpu_us", cpu_us / static_cast<double>(bursts * burst));
  figures.print();
}

}  // namespace floe::bench
