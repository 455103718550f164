#include "worlds/loss_study.h"

#include <algorithm>
#include <array>
#include <optional>

#include "peer.h"

namespace floe::sim {
namespace {

constexpr Duration kLimit = 60s;

/// From the exchange of descriptions until both are connected.
std::optional<Duration> connect(std::uint64_t seed, std::uint32_t loss_percent) {
  World world(seed);
  const Link lossy{.delay = 5ms, .loss_ppm = loss_percent * 10'000};
  PeerOptions options;
  Peer left(world, world.add_host("left", {IpAddress::v4(192, 0, 2, 1)}, lossy), options);
  options.agent.role = ice::Role::controlled;
  Peer right(world, world.add_host("right", {IpAddress::v4(192, 0, 2, 2)}), options);
  left.gather();
  right.gather();
  world.run_for(1s);
  const Timestamp begin = world.now();
  left.signal_to(right, 0ms);
  right.signal_to(left, 0ms);
  const auto both = [&] { return left.connected() && right.connected(); };
  if (!world.run_until(both, kLimit)) return std::nullopt;
  return world.now() - begin;
}

std::string ms_text(Duration duration) {
  const std::int64_t tenths = duration.count() / 100;
  return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10) + " ms";
}

}  // namespace

void LossStudy::run(std::uint64_t seed) {
  if (const auto time = connect(seed, loss_percent_)) {
    times_.push_back(*time);
  } else {
    ++never_;
  }
}

std::string LossStudy::to_text() const {
  std::vector<Duration> sorted = times_;
  std::ranges::sort(sorted);
  if (sorted.empty()) return "none connected";
  const Duration undisturbed = *connect(1, 0);
  const auto fast = std::ranges::upper_bound(sorted, undisturbed) - sorted.begin();
  const auto at = [&](std::size_t percent) { return sorted[(sorted.size() - 1) * percent / 100]; };
  const auto tenths = static_cast<std::uint64_t>(fast) * 1000 / (sorted.size() + never_);
  return std::to_string(loss_percent_) + " % lost: " + std::to_string(tenths / 10) + '.' +
         std::to_string(tenths % 10) + " % without a repeat, in " + ms_text(undisturbed) +
         "; p50 " + ms_text(at(50)) + ", p95 " + ms_text(at(95)) + ", p99 " + ms_text(at(99)) +
         ", longest " + ms_text(sorted.back()) + "; " + std::to_string(never_) + " of " +
         std::to_string(sorted.size() + never_) + " never";
}

}  // namespace floe::sim
