// What a datagram costs from one plain socket to another, sending and receiving.
#include "measure/clocks.h"
#include "measure/figures.h"
#include "plain/outgoing_batch.h"
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

/// The ways to send a burst and to read it again.
class Burst {
 public:
  Burst(std::size_t count, std::size_t bytes)
      : count_(count), bytes_(bytes), payload_(count * bytes, 0x80) {
    poller_.add(ends_[1].fd(), 1);
  }

  void one_by_one() {
    for (std::size_t i = 0; i < count_; ++i) {
      ends_[0].send(ends_[1].address(), {payload_.data(), bytes_});
    }
    receive_one_by_one(ends_[1], poller_, count_);
  }

  void batched() {
    outgoing_.send(ends_[0].fd());
    receive_in_batches(ends_[1], poller_, incoming_, count_);
  }

  void segmented() {
    ends_[0].send_segments(ends_[1].address(), payload_, static_cast<std::uint16_t>(bytes_));
    receive_in_batches(ends_[1], poller_, incoming_, count_);
  }

 private:
  std::size_t count_;
  std::size_t bytes_;
  std::vector<std::uint8_t> payload_;
  std::array<PlainSocket, 2> ends_;
  PlainOutgoingBatch outgoing_{ends_[1].address(), payload_, bytes_};
  PlainBatch incoming_;
  PlainPoller poller_;
};

}  // namespace

/// Each burst with one epoll_wait() and
///   by default       sendto() and recvfrom() for each datagram,
///   batched=1        one sendmmsg() and one recvmmsg(): the least without UDP_SEGMENT,
///   segmentation=1   one sendmsg() with UDP_SEGMENT and one recvmmsg(): the least of all.
void measure_plain_datagrams(const Options& options) {
  const std::size_t count = options.count("burst", 32);
  const std::size_t bursts = options.count("datagrams", 200'000) / count;
  const bool segmentation = options.number("segmentation", 0) != 0;
  const bool batched = options.number("batched", 0) != 0;
  Burst burst(count, options.count("bytes", 1200));
  const std::int64_t cpu = cpu_ns();
  for (std::size_t sent = 0; sent < bursts; ++sent) {
    if (segmentation) {
      burst.segmented();
    } else if (batched) {
      burst.batched();
    } else {
      burst.one_by_one();
    }
  }
  const auto cpu_us = static_cast<double>(cpu_ns() - cpu) / 1e3;
  Figures figures;
  figures.add("cpu_us", cpu_us / static_cast<double>(bursts * count));
  figures.print();
}

}  // namespace floe::bench
