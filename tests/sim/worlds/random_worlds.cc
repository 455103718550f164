// Tries agents in many random worlds:
//
//   floe_random_worlds [--seeds N] [--first SEED]    each seed is a world; ends with 1 if any is
//   wrong floe_random_worlds --seed S --trace              the end of one world's trace
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "worlds/random_world.h"

using namespace floe;
using namespace floe::sim;

int main(int argc, char** argv) {
  std::uint64_t first = 1;
  std::uint64_t count = 1000;
  bool trace = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view option = argv[i];
    if (option == "--seeds") count = std::strtoull(argv[++i], nullptr, 10);
    if (option == "--first") first = std::strtoull(argv[++i], nullptr, 10);
    if (option == "--trace") trace = true;
    if (option == "--seed") {
      first = std::strtoull(argv[++i], nullptr, 10);
      count = 1;
    }
  }
  const auto begin = std::chrono::steady_clock::now();
  std::uint64_t datagrams = 0;
  std::uint64_t connected = 0;
  int wrong = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const WorldPlan plan = draw_plan(seed);
    RandomWorld world(seed, plan);
    struct P final : StepWatcher { explicit P(World& v):w(v){} World& w; std::uint64_t n=0; void on_step() override { const auto c=w.trace().record_count(); for (const auto& l : w.trace().lines(c-n)) std::puts(l.c_str()); n=c; } } printer(world.world());
    if (trace) { std::puts(to_text(plan).c_str()); world.world().add_watcher(printer); }
    const WorldResult result = world.run();
    datagrams += result.datagrams;
    connected += result.connected;
    if (std::getenv("DG")) std::printf("%llu %llu\n", (unsigned long long)seed, (unsigned long long)result.datagrams);
    if (trace) {
    }
    if (result.problems.empty()) continue;
    ++wrong;
    std::printf("seed %llu: %s\n", (unsigned long long)seed, result.problems.front().c_str());
  }
  const double s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  std::printf("%llu worlds, %d wrong, %llu connected, %.0f worlds/min, %.0f datagrams/world\n",
              (unsigned long long)count, wrong, (unsigned long long)connected,
              double(count) / s * 60, double(datagrams) / double(count));
  return wrong > 0;
}
