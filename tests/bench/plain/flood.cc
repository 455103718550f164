// The same flood between two plain sockets.
#include "measure/flood.h"
#include "measure/clocks.h"
#include "plain/outgoing_batch.h"
#include "plain/rows.h"
#include "plain/socket.h"

namespace floe::bench {

/// Each burst with
///   by default       sendto() for each datagram, and recvmmsg() after each epoll_wait(),
///   segmentation=1   one sendmsg() with UDP_SEGMENT.
void measure_plain_flood(const Options& options) {
  const FloodPlan plan(options);
  const bool segmentation = options.number("segmentation", 0) != 0;
  const std::vector<std::uint8_t> payload(plan.burst * plan.bytes, 0x80);
  const std::array<PlainSocket, 2> ends;
  PlainPoller poller;
  poller.add(ends[1].fd(), 1);
  const auto send_burst = [&] {
    if (segmentation) {
      ends[0].send_segments(ends[1].address(), payload, static_cast<std::uint16_t>(plan.bytes));
    } else {
      for (std::size_t i = 0; i < plan.burst; ++i) {
        ends[0].send(ends[1].address(), {payload.data(), plan.bytes});
      }
    }
    return plan.burst;
  };
  measure_flood(plan, send_burst, [&](const std::atomic<bool>& running) {
    PlainBatch batch;
    std::size_t arrived = 0;
    while (running) {
      if (!poller.wait(wall_ns() + 10'000'000).empty()) arrived += batch.receive(ends[1].fd());
    }
    return arrived;
  });
}

}  // namespace floe::bench
