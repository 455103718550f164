// The selected pairs of an agent: one a component, all of them or not yet.
#include "selected_paths.h"

#include <catch2/catch_test_macros.hpp>

#include "floe/sim/seeded_random.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;

namespace {

constexpr Timestamp kStart{1h};

SelectedPath path_of(StreamComponent component, std::uint16_t pair, Timestamp granted_at = kStart) {
  sim::SeededRandom random(1);
  return {component, PairIndex(pair),
          Consent(Consent::Mode::active, granted_at, granted_at, random),
          Liveness(granted_at, granted_at), granted_at};
}

}  // namespace

TEST_CASE("an agent knows the components of its streams and no others", "[ice]") {
  const SelectedPaths paths(2, 3);
  CHECK(paths.knows({0, 1}));
  CHECK(paths.knows({1, 3}));
  CHECK_FALSE(paths.knows({0, 0}));
  CHECK_FALSE(paths.knows({0, 4}));
  CHECK_FALSE(paths.knows({2, 1}));
  CHECK_FALSE(paths.knows({255, 65535}));
}

TEST_CASE("every component of every stream is visited once, in order", "[ice]") {
  const SelectedPaths paths(2, 2);
  std::vector<StreamComponent> visited;
  paths.for_each_component([&](StreamComponent id) { visited.push_back(id); });
  CHECK(visited == std::vector<StreamComponent>{{0, 1}, {0, 2}, {1, 1}, {1, 2}});
}

TEST_CASE("paths are complete when each component has one", "[ice]") {
  SelectedPaths paths(1, 2);
  CHECK_FALSE(paths.is_complete());
  paths.select(path_of(1, 10));
  CHECK_FALSE(paths.is_complete());
  paths.select(path_of(1, 11));
  CHECK_FALSE(paths.is_complete());
  paths.select(path_of(2, 12));
  CHECK(paths.is_complete());
  paths.drop(1);
  CHECK_FALSE(paths.is_complete());
}

TEST_CASE("a path takes the place of its component's former one", "[ice]") {
  SelectedPaths paths(1, 1);
  paths.select(path_of(1, 10));
  paths.select(path_of(1, 11));
  CHECK(paths.all().size() == 1);
  CHECK(paths.find(PairIndex(10)) == nullptr);
  REQUIRE(paths.find(PairIndex(11)) != nullptr);
  CHECK(paths.find(PairIndex(11))->component == StreamComponent(1));
  CHECK(paths.find(StreamComponent(1))->pair == PairIndex(11));
  CHECK(paths.find(StreamComponent(2)) == nullptr);
}

TEST_CASE("one path without answers makes an agent disconnected", "[ice]") {
  SelectedPaths paths(1, 2);
  CHECK_FALSE(paths.is_disconnected(kStart + 1h));
  paths.select(path_of(1, 10));
  paths.select(path_of(2, 11, kStart + 5s));
  CHECK_FALSE(paths.is_disconnected(kStart + kDisconnectedAfter - Duration(1)));
  CHECK(paths.is_disconnected(kStart + kDisconnectedAfter));
  paths.drop(1);
  CHECK_FALSE(paths.is_disconnected(kStart + kDisconnectedAfter));
}

TEST_CASE("one path that answers is worth more than many in doubt", "[ice]") {
  SelectedPaths dead(1, 3);
  SelectedPaths alive(1, 3);
  for (ComponentId component = 1; component <= 3; ++component) {
    SelectedPath path = path_of(component, component);
    path.liveness.doubt(kStart);
    CHECK(path.liveness.update(kStart) == Liveness::Step::check_path);
    dead.select(path);
  }
  CHECK(dead.worth() > alive.worth());
  alive.select(path_of(1, 1));
  CHECK(alive.worth() > dead.worth());
  SelectedPaths more = alive;
  more.select(path_of(2, 2));
  CHECK(more.worth() > alive.worth());
}
