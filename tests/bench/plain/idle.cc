// Sockets in pairs that send what idle agents send, when idle agents send it.
#include <algorithm>
#include <deque>
#include <functional>
#include <queue>

#include "floe/sim/seeded_random.h"
#include "measure/clocks.h"
#include "measure/figures.h"
#include "plain/rows.h"
#include "plain/socket.h"

namespace floe::bench {
namespace {

// Consent checks (RFC 7675): a request every 4 to 6 s from each end, answered at once.
constexpr std::int64_t kIntervalMin_ns = 4'000'000'000;
constexpr std::uint32_t kIntervalSpread_us = 2'000'000;
constexpr std::size_t kRequestSize = 96;
constexpr std::size_t kAnswerSize = 64;

class IdleSockets {
 public:
  explicit IdleSockets(std::size_t count) : sockets_(count) {
    const std::int64_t start = wall_ns();
    for (std::size_t i = 0; i < count; ++i) {
      const auto number = static_cast<std::uint32_t>(i);
      poller_.add(sockets_[i].fd(), number);
      // Evenly over an interval from the start on.
      due_.push({start + random_.below(5'000'000) * std::int64_t{1000}, number});
    }
  }

  void run_for(std::int64_t span_ns) {
    const std::int64_t end = wall_ns() + span_ns;
    for (std::int64_t now = wall_ns(); now < end; now = wall_ns()) {
      for (; due_.top().at <= now; ++sent_) send_next(now);
      for (const std::uint32_t number : poller_.wait(std::min(due_.top().at, end))) {
        answer(number);
      }
    }
  }

  std::size_t sent() const { return sent_; }

 private:
  struct Due {
    std::int64_t at;
    std::uint32_t socket;
    bool operator>(const Due& other) const { return at > other.at; }
  };

  void send_next(std::int64_t now) {
    const std::uint32_t number = due_.top().socket;
    due_.pop();
    due_.push(
        {now + kIntervalMin_ns + random_.below(kIntervalSpread_us) * std::int64_t{1000}, number});
    sockets_[number].send(sockets_[number ^ 1].address(), {request_.data(), kRequestSize});
  }

  void answer(std::uint32_t number) {
    std::array<std::uint8_t, 2048> buffer;
    sockaddr_in from{};
    if (!sockets_[number].receive(buffer, from) || buffer[0] != request_[0]) return;
    sockets_[number].send(from, {answer_.data(), kAnswerSize});
    ++sent_;
  }

  std::deque<PlainSocket> sockets_;
  PlainPoller poller_;
  sim::SeededRandom random_{1};
  std::priority_queue<Due, std::vector<Due>, std::greater<>> due_;
  std::array<std::uint8_t, kRequestSize> request_{0x80};
  std::array<std::uint8_t, kAnswerSize> answer_{0x81};
  std::size_t sent_ = 0;
};

}  // namespace

void measure_plain_idle(const Options& options) {
  const std::size_t agents = options.count("agents", 1000);
  IdleSockets sockets(agents);
  sockets.run_for(6'000'000'000);

  const std::size_t before = sockets.sent();
  const std::int64_t cpu = cpu_ns();
  const std::int64_t wall = wall_ns();
  sockets.run_for(options.number("seconds", 10) * 1'000'000'000);
  const auto cpu_ms = static_cast<double>(cpu_ns() - cpu) / 1e6;
  const auto seconds = static_cast<double>(wall_ns() - wall) / 1e9;

  const auto datagrams = static_cast<double>(sockets.sent() - before);
  Figures figures;
  figures.add("cpu_ms_per_s", cpu_ms / seconds);
  figures.add("cpu_us_per_agent_s", cpu_ms * 1e3 / seconds / static_cast<double>(agents));
  figures.add("cpu_us_per_datagram", cpu_ms * 1e3 / datagrams);
  figures.add("datagrams_per_s", datagrams / seconds);
  figures.print();
}

}  // namespace floe::bench
