// Tries agents in many random worlds:
//
//   floe_random_worlds [--seeds N] [--first SEED]    ends with 1 if any goes wrong
//   floe_random_worlds --seed S --trace              one world, and the end of its trace
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
    const WorldResult result = world.run();
    datagrams += result.datagrams;
    connected += result.connected;
    if (trace) {
      std::puts(to_text(plan).c_str());
      for (const std::string& line : world.world().trace().lines()) std::puts(line.c_str());
    }
    if (result.problems.empty()) continue;
    ++wrong;
    std::printf("seed %llu: %s\n", static_cast<unsigned long long>(seed),
                result.problems.front().c_str());
  }
  const double s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  std::printf("%llu worlds, %d wrong, %llu connected, %.0f worlds/min, %.0f datagrams/world\n",
              static_cast<unsigned long long>(count), wrong,
              static_cast<unsigned long long>(connected), static_cast<double>(count) / s * 60,
              static_cast<double>(datagrams) / static_cast<double>(count));
  return wrong > 0;
}
