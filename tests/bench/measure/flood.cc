#include "measure/flood.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <thread>

#include "measure/clocks.h"
#include "measure/figures.h"

namespace floe::bench {
namespace {

constexpr std::int64_t kSecond_ns = 1'000'000'000;
constexpr auto kUnderWay = std::chrono::milliseconds(50);

void sleep_until(std::int64_t when_ns) {
  const timespec when{when_ns / kSecond_ns, when_ns % kSecond_ns};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &when, nullptr) == EINTR) {
  }
}

}  // namespace

FloodPlan::FloodPlan(const Options& options)
    : bytes(options.count("bytes", 1200)),
      burst(options.count("burst", 32)),
      per_s(options.number("per_s", 0)),
      span_ns(options.number("ms", 2000) * 1'000'000) {}

void measure_flood(const FloodPlan& plan, const std::function<std::size_t()>& send_burst,
                   const std::function<std::size_t(const std::atomic<bool>&)>& receive) {
  std::atomic<bool> running = true;
  std::atomic<bool> is_there = false;
  std::size_t arrived = 0;
  std::int64_t receiver_ns = 0;
  std::thread receiver([&] {
    is_there = true;
    arrived = receive(running);
    receiver_ns = clock_ns(CLOCK_THREAD_CPUTIME_ID);
  });
  while (!is_there) std::this_thread::yield();
  const std::int64_t start = wall_ns();
  const std::int64_t sender_cpu = clock_ns(CLOCK_THREAD_CPUTIME_ID);
  std::size_t taken = 0;
  std::int64_t bursts = 0;
  std::int64_t now = start;
  for (; now < start + plan.span_ns; now = wall_ns()) {
    taken += send_burst();
    ++bursts;
    if (plan.per_s == 0) continue;
    sleep_until(start + bursts * static_cast<std::int64_t>(plan.burst) * kSecond_ns / plan.per_s);
  }
  const std::int64_t sender_ns = clock_ns(CLOCK_THREAD_CPUTIME_ID) - sender_cpu;
  std::this_thread::sleep_for(kUnderWay);
  running = false;
  receiver.join();

  require(arrived > 0, "nothing arrived");
  const auto received = static_cast<double>(arrived);
  const auto offered = static_cast<double>(bursts) * static_cast<double>(plan.burst);
  Figures figures;
  figures.add("received_per_s", received * 1e9 / static_cast<double>(now - start));
  figures.add("lost_percent", 100 * (1 - received / static_cast<double>(taken)));
  figures.add("refused_percent", 100 * (1 - static_cast<double>(taken) / offered));
  figures.add("cpu_us", static_cast<double>(sender_ns + receiver_ns) / 1e3 / received);
  figures.add("sender_us", static_cast<double>(sender_ns) / 1e3 / static_cast<double>(taken));
  figures.add("receiver_us", static_cast<double>(receiver_ns) / 1e3 / received);
  figures.print();
}

}  // namespace floe::bench
