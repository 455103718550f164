// How a world lets time pass.
#include <catch2/catch_test_macros.hpp>

#include "sim/postbox.h"

using namespace floe;
using namespace floe::sim;

TEST_CASE("a world runs until what is waited for has happened, or for as long as it may", "[sim]") {
  World world(1);
  const Timestamp begin = world.now();
  bool happened = false;
  world.schedule(begin + 5s, [&] { happened = true; });
  CHECK_FALSE(world.run_until([&] { return happened; }, 3s));
  CHECK(world.now() == begin + 3s);
  CHECK(world.run_until([&] { return happened; }, 3s));
  CHECK(world.now() == begin + 5s);
  world.run_for(10s);
  CHECK(world.now() == begin + 15s);
}

TEST_CASE("a world in which somebody is busy with nothing stops", "[sim]") {
  World world(1);
  std::function<void()> again = [&] { world.schedule(world.now(), again); };
  again();
  CHECK_FALSE(world.run_until([] { return false; }, 1s));
  CHECK(world.is_stuck());
  CHECK(world.trace().lines(1).front() == "0.000000 world: time stands still");
}

TEST_CASE("many events at one time are no standstill if time passes between them", "[sim]") {
  World world(1);
  std::uint32_t left = 2 * kEventsAtOnceMax;
  std::function<void()> again = [&] {
    if (--left > 0) world.schedule(world.now() + Duration(left % 1000 == 0 ? 1 : 0), again);
  };
  again();
  world.run_for(1s);
  CHECK(left == 0);
  CHECK_FALSE(world.is_stuck());
}

TEST_CASE("watchers are told of each event while they watch", "[sim]") {
  struct Watcher final : StepWatcher {
    void on_step() override { ++steps; }
    int steps = 0;
  } watcher;
  World world(1);
  world.add_watcher(watcher);
  for (int i = 0; i < 3; ++i) world.schedule(world.now() + Duration(i), [] {});
  world.run_for(1s);
  CHECK(watcher.steps == 3);
  world.remove_watcher(watcher);
  world.schedule(world.now(), [] {});
  world.run_for(1s);
  CHECK(watcher.steps == 3);
}
