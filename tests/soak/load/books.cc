#include "books.h"

#include <algorithm>
#include <numeric>

namespace floe::soak {
namespace {

/// More than one look is worth.
constexpr std::size_t kTimesMax = 200'000;

std::int64_t hundredths(float ms) {
  return static_cast<std::int64_t>(ms * 100);
}

}  // namespace

void add(Drops& sum, const tunnel::DropCounters& drops) {
  drops.for_each([&](tunnel::DropReason reason, std::uint32_t count) {
    sum[static_cast<std::size_t>(reason) - 1] += count;
  });
}

std::uint64_t total(const Drops& drops) {
  return std::accumulate(drops.begin(), drops.end(), std::uint64_t{0});
}

void Times::add(Duration time) {
  if (ms_.size() < kTimesMax) ms_.push_back(static_cast<float>(time.count()) / 1000);
}

void Times::write(json::Writer& out) {
  std::ranges::sort(ms_);
  const auto at = [&](double share) {
    if (ms_.empty()) return std::int64_t{0};
    return hundredths(ms_[static_cast<std::size_t>(share * static_cast<double>(ms_.size() - 1))]);
  };
  out.begin_object();
  out.name("count").unsigned_integer(ms_.size());
  out.name("p50").fixed_point(at(0.5), 2);
  out.name("p99").fixed_point(at(0.99), 2);
  out.name("max").fixed_point(at(1), 2);
  out.end_object();
  ms_.clear();
}

void Flow::add(const Flow& other) {
  sent += other.sent;
  received += other.received;
  for (std::size_t i = 0; i < by_client.size(); ++i) {
    by_client[i] += other.by_client[i];
    by_gateway[i] += other.by_gateway[i];
  }
}

std::int64_t Flow::missing() const {
  return static_cast<std::int64_t>(sent - received - total(by_client) - total(by_gateway));
}

void write(json::Writer& out, const Drops& drops) {
  out.begin_object();
  for (std::size_t i = 0; i < drops.size(); ++i) {
    if (drops[i] == 0) continue;
    out.name(to_text(static_cast<tunnel::DropReason>(i + 1))).unsigned_integer(drops[i]);
  }
  out.end_object();
}

}  // namespace floe::soak
