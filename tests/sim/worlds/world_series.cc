#include "worlds/world_series.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <ctime>
#include <fstream>

namespace floe::sim {
namespace {

constexpr std::uint64_t kParts = 5;
constexpr std::size_t kDatagramsWorthComparing = 50;
constexpr std::size_t kTraceEnd = 40;
/// After so many worlds went wrong, more tell nothing new.
constexpr std::size_t kWrongMax = 200;

double processor_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// Prints a trace while it grows.
class TracePrinter final : private StepWatcher {
 public:
  explicit TracePrinter(World& world) : world_(world) { world_.add_watcher(*this); }
  ~TracePrinter() { world_.remove_watcher(*this); }

 private:
  void on_step() override {
    const std::uint64_t count = world_.trace().record_count();
    for (const std::string& line : world_.trace().lines(static_cast<std::size_t>(count - printed_)))
      std::puts(line.c_str());
    printed_ = count;
  }

  World& world_;
  std::uint64_t printed_ = 0;
};

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

}  // namespace

WorldPlan WorldSeries::plan_of(std::uint64_t seed) const {
  WorldPlan plan = line_.is_moving ? draw_moving_plan(seed, line_.ta) : draw_plan(seed, line_.ta);
  plan.encrypts = line_.is_encrypted;
  if (plan.encrypts) plan.sped = {seed % 2 == 0, seed % 4 < 2};
  return plan;
}

WorldResult WorldSeries::run(std::uint64_t seed) {
  const WorldPlan plan = plan_of(seed);
  RandomWorld random_world(seed, plan);
  World& world = random_world.world();
  std::optional<TracePrinter> printer;
  if (line_.shows_trace) {
    std::puts(to_text(plan).c_str());
    printer.emplace(world);
  }
  Capture* capture = line_.capture_file.empty() ? nullptr : &world.start_capture();
  WorldResult result = random_world.run();
  if (capture != nullptr) write_capture(*capture);
  if (!result.problems.empty()) report(seed, result, world);
  return result;
}

void WorldSeries::write_capture(Capture& capture) const {
  const ByteVector bytes = capture.bytes();
  std::ofstream file(line_.capture_file, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
}

void WorldSeries::report(std::uint64_t seed, const WorldResult& result, const World& world) {
  wrong_.push_back(seed);
  std::printf("\n%s", to_text(plan_of(seed)).c_str());
  for (const std::string& record : world.trace().lines(kTraceEnd)) std::puts(record.c_str());
  for (const std::string& problem : result.problems) std::printf("problem: %s\n", problem.c_str());
  std::printf("replay: floe_random_worlds%s%s --seed %" PRIu64 " --trace\n",
              line_.is_moving ? " --moving" : "", line_.is_encrypted ? " --encrypted" : "", seed);
}

void WorldSeries::judge_part(std::uint64_t first, std::uint64_t count) {
  Part part;
  const double begin = processor_seconds();
  for (std::uint64_t seed = first; seed < first + count && wrong_.size() < kWrongMax; ++seed) {
    const WorldResult result = run(seed);
    ++part.worlds;
    part.datagrams += result.datagrams;
    connected_ += result.connected ? 1u : 0u;
  }
  part.seconds = processor_seconds() - begin;
  parts_.push_back(part);
}

bool WorldSeries::judge() {
  const std::uint64_t parts = std::min(kParts, line_.count);
  std::uint64_t first = line_.first;
  for (std::uint64_t i = 0; i < parts; ++i) {
    const std::uint64_t count = line_.count / parts + (i < line_.count % parts ? 1 : 0);
    judge_part(first, count);
    first += count;
    if (line_.count == 1) continue;
    std::printf("%" PRIu64 " of %" PRIu64 " worlds\n", first - line_.first, line_.count);
    std::fflush(stdout);
  }
  print_rates();
  return wrong_.empty();
}

void WorldSeries::print_rates() const {
  std::vector<double> worlds;
  std::vector<double> datagrams;
  std::uint64_t count = 0;
  for (const Part& part : parts_) {
    count += part.worlds;
    const double minutes = std::max(part.seconds, 1e-6) / 60;
    worlds.push_back(static_cast<double>(part.worlds) / minutes);
    datagrams.push_back(static_cast<double>(part.datagrams) / minutes);
  }
  std::printf("%" PRIu64 " worlds from seed %" PRIu64 ": %" PRIu64
              " connected, %zu wrong; %.0f "
              "worlds and %.0f datagrams a minute of one core\n",
              count, line_.first, connected_, wrong_.size(), median(worlds), median(datagrams));
}

bool WorldSeries::print_hashes() {
  std::vector<std::uint64_t> datagrams;
  for (std::uint64_t seed = line_.first; seed < line_.first + line_.count; ++seed) {
    RandomWorld world(seed, plan_of(seed));
    const WorldResult result = world.run();
    datagrams.push_back(result.datagrams);
    std::printf("%" PRIu64 " %016" PRIx64 " %" PRIu64 "\n", seed, result.trace_hash,
                result.datagrams);
  }
  std::ranges::sort(datagrams);
  return datagrams[datagrams.size() / 2] >= kDatagramsWorthComparing;
}

}  // namespace floe::sim
