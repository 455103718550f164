// The system calls of a round trip through a pair of agents, without the agents.
#include "measure/clocks.h"
#include "measure/figures.h"
#include "measure/samples.h"
#include "plain/rows.h"
#include "plain/socket.h"

namespace floe::bench {

/// Each way one sendto(), one epoll_wait() and one recvmmsg(): what the loop of an agent calls.
void measure_plain_round_trip(const Options& options) {
  const std::size_t rounds = options.count("rounds", 50'000);
  const std::vector<std::uint8_t> payload(options.count("bytes", 100), 0x80);
  const std::array<PlainSocket, 2> ends;
  PlainBatch batch;
  PlainPoller poller;
  poller.add(ends[0].fd(), 0);
  poller.add(ends[1].fd(), 1);
  Samples samples;
  for (std::size_t round = 0; round < rounds; ++round) {
    const std::int64_t start = wall_ns();
    ends[0].send(ends[1].address(), payload);
    while (batch.receive(ends[poller.wait()[0]].fd()) == 0) {
    }
    ends[1].send(ends[0].address(), batch.payload(0));
    while (batch.receive(ends[poller.wait()[0]].fd()) == 0) {
    }
    samples.add(static_cast<double>(wall_ns() - start) / 1e3);
  }
  Figures figures;
  figures.add("p50_us", samples.percentile(0.5));
  figures.add("p95_us", samples.percentile(0.95));
  figures.print();
}

}  // namespace floe::bench
