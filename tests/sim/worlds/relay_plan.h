// The TURN server of a random world: who uses it, and in what mood it is.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "floe/driver/server.h"
#include "floe/sim/public_turn.h"
#include "worlds/plan_draws.h"

namespace floe::sim {

enum class RelayMood : std::uint8_t {
  works,
  sends_on,  ///< 300, to another that works
  silent,
  full,     ///< 486 to everybody
  forbids,  ///< 403 for every peer
};
std::string_view to_text(RelayMood mood);

struct RelayPlan {
  std::array<bool, 2> users{};
  RelayMood mood = RelayMood::works;
  std::optional<Duration> forgets_at = {};  ///< it comes up anew, and knows nobody
  turn::Transport transport = turn::Transport::udp;

  bool works() const { return mood == RelayMood::works || mood == RelayMood::sends_on; }
};

RelayPlan draw_relay(PlanDraws& draws);
std::string to_text(const RelayPlan& plan);

/// The servers that carry a plan out.
class PlannedRelay {
 public:
  PlannedRelay(World& world, const RelayPlan& plan);

  void forget();
  void set_away(bool is_away);
  /// By both versions of IP.
  static std::vector<Server> servers(const RelayPlan& plan);

 private:
  PublicTurn first_;
  std::unique_ptr<TurnServer> second_;
};

}  // namespace floe::sim
