// loss-bench: how long two agents take to connect when datagrams get lost, in virtual time.
//
// One world a seed: two hosts, 20 ms from one to the other and back. Each datagram is lost with the
// given probability, both ways alike; descriptions arrive at both ends at the start, since how they
// travel is not the agents' business.
#include <array>
#include <optional>

#include "floe/endpoint.h"
#include "floe/sim/world.h"
#include "measure/figures.h"
#include "measure/program.h"
#include "measure/samples.h"

namespace floe::bench {
namespace {

constexpr Duration kEachWay = 10ms;
constexpr Duration kLong = 10s;
constexpr Duration kPatience = 60s;  // more than an agent's own, which ends after 39.5 s

struct Outcome {
  Duration took;
  std::uint64_t checks;  // requests sent by both, repeats included
};

class Nobody final : public EndpointListener {};

ice::AgentConfig config_of(ice::Role role) {
  ice::AgentConfig config;
  config.role = role;
  return config;
}

std::uint64_t requests_of(const Endpoint& endpoint) {
  const ice::AgentCounters& counters = endpoint.agent().counters();
  return counters.checks_sent + counters.checks_resent;
}

double in_ms(Duration span) {
  return static_cast<double>(span.count()) / 1e3;
}

/// Nothing: they did not connect.
std::optional<Outcome> connect_once(std::uint64_t seed, std::uint32_t loss_ppm) {
  Nobody nobody;
  sim::World world(seed);
  // A datagram crosses both links, so all the loss and half of the delay is on each.
  const sim::Link lossy{kEachWay / 2, loss_ppm};
  const sim::Link good{kEachWay / 2, 0};
  Host left_host = world.add_host("left", {IpAddress::v4(192, 0, 2, 1)}, lossy).api();
  Host right_host = world.add_host("right", {IpAddress::v4(192, 0, 2, 2)}, good).api();
  Endpoint left(left_host, config_of(ice::Role::controlling), nobody);
  Endpoint right(right_host, config_of(ice::Role::controlled), nobody);
  left.gather();
  right.gather();
  require(world.run_until([&] { return left.is_gathered() && right.is_gathered(); }, 1s),
          "not gathered");
  const Timestamp start = world.now();
  left.describe_to(right);
  right.describe_to(left);
  if (!world.run_until([&] { return left.is_connected() && right.is_connected(); }, kPatience)) {
    return std::nullopt;
  }
  return Outcome{world.now() - start, requests_of(left) + requests_of(right)};
}

/// loss_ppm=: of each datagram. "Without a repeat" is in the time and with the number of requests
/// that it takes when nothing is lost.
void measure_loss(const Options& options) {
  const std::uint64_t seeds = options.count("seeds", 10'000);
  const auto loss_ppm = static_cast<std::uint32_t>(options.number("loss_ppm", 100'000));
  const std::optional<Outcome> lossless = connect_once(0, 0);
  require(lossless.has_value(), "not connected without loss");
  Samples took_ms;
  double checks = 0;
  std::uint64_t without_repeat = 0;
  std::uint64_t too_long = 0;
  std::uint64_t failed = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const std::optional<Outcome> outcome = connect_once(seed, loss_ppm);
    took_ms.add(in_ms(outcome ? outcome->took : kPatience));
    if (!outcome) ++failed;
    if (!outcome || outcome->took > kLong) ++too_long;
    if (!outcome) continue;
    checks += static_cast<double>(outcome->checks);
    if (outcome->took <= lossless->took && outcome->checks <= lossless->checks) ++without_repeat;
  }
  const auto all = static_cast<double>(seeds);
  Figures figures;
  figures.add("lossless_ms", in_ms(lossless->took));
  figures.add("lossless_checks", static_cast<double>(lossless->checks));
  figures.add("without_repeat", static_cast<double>(without_repeat) / all);
  figures.add("p50_ms", took_ms.percentile(0.5));
  figures.add("p95_ms", took_ms.percentile(0.95));
  figures.add("p99_ms", took_ms.percentile(0.99));
  figures.add("max_ms", took_ms.percentile(1));
  figures.add("checks", checks / all);
  figures.add("over_10_s", static_cast<double>(too_long));
  figures.add("failed", static_cast<double>(failed));
  figures.print();
}

}  // namespace
}  // namespace floe::bench

int main(int count, char** words) {
  constexpr std::array kRows = {floe::bench::Row{"loss", floe::bench::measure_loss}};
  return floe::bench::run_program(kRows, count, words);
}
