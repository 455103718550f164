// The options of `floe sim`.
#pragma once

#include <optional>

#include "floe/sim/two_hosts.h"

namespace CLI {
class App;
}

namespace floe::cli {

struct SimOptions {
  sim::TwoHostsOptions hosts;
  /// How long to go on; empty: until data has gone both ways, or it is clear that it will not.
  std::optional<Duration> span;
  bool json = false;
};

void declare(CLI::App& app, SimOptions& options);

}  // namespace floe::cli
