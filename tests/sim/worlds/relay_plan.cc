#include "worlds/relay_plan.h"

namespace floe::sim {
namespace {

constexpr IpAddress kSecond = IpAddress::v4(192, 0, 2, 202);

TurnServerOptions options_of(const RelayPlan& plan) {
  TurnServerOptions options;
  options.is_silent = plan.mood == RelayMood::silent;
  options.forbids_peers = plan.mood == RelayMood::forbids;
  if (plan.mood == RelayMood::full) options.allocations_per_user_max = 0;
  if (plan.mood == RelayMood::sends_on) options.alternate = TransportAddress{kSecond, 3478};
  return options;
}

}  // namespace

std::string_view to_text(RelayMood mood) {
  switch (mood) {
    case RelayMood::works:
      return "works";
    case RelayMood::sends_on:
      return "sends on";
    case RelayMood::silent:
      return "is silent";
    case RelayMood::full:
      return "is full";
    case RelayMood::forbids:
      return "forbids peers";
  }
  return "?";
}

RelayPlan draw_relay(PlanDraws& draws) {
  constexpr std::array kMoods{RelayMood::works,    RelayMood::works,  RelayMood::works,
                              RelayMood::sends_on, RelayMood::silent, RelayMood::full,
                              RelayMood::forbids};
  RelayPlan plan;
  const std::uint32_t users = draws.below(3);
  plan.users = {users != 1, users != 0};
  plan.mood = draws.one_of(kMoods);
  if (plan.works() && draws.once_in(4)) plan.forgets_at = draws.between(1s, 40s);
  // Last, so that what was drawn before does not depend on it.
  constexpr std::array kTransports{turn::Transport::udp, turn::Transport::udp, turn::Transport::tcp,
                                   turn::Transport::tls};
  plan.transport = draws.one_of(kTransports);
  return plan;
}

std::string to_text(const RelayPlan& plan) {
  std::string text = "a TURN server of ";
  text += plan.users[0] && plan.users[1] ? "both" : plan.users[0] ? "left" : "right";
  text += " ";
  text += to_text(plan.mood);
  text += " over ";
  text += to_text(plan.transport);
  if (plan.forgets_at) {
    text += ", and forgets after " + std::to_string(plan.forgets_at->count() / 1000) + " ms";
  }
  return text + "\n";
}

PlannedRelay::PlannedRelay(World& world, const RelayPlan& plan) : first_(world, options_of(plan)) {
  if (plan.mood != RelayMood::sends_on) return;
  second_ = std::make_unique<TurnServer>(world.add_host("turn 2", {kSecond}),
                                         std::vector<IpAddress>{kSecond});
}

void PlannedRelay::set_away(bool is_away) {
  first_.server().options().is_away = is_away;
  if (second_) second_->options().is_away = is_away;
  forget();
}

std::vector<Server> PlannedRelay::servers(const RelayPlan& plan) {
  std::vector<Server> servers;
  for (const std::string host : {"192.0.2.201", "[2001:db8:ffff::2]"}) {
    std::string uri = "turn:" + host;
    if (plan.transport == turn::Transport::tcp) uri += "?transport=tcp";
    if (plan.transport == turn::Transport::tls) uri = "turns:" + host;
    servers.push_back({*parse_server_uri(uri), "user", "pass"});
  }
  return servers;
}

void PlannedRelay::forget() {
  first_.server().restart();
  if (second_) second_->restart();
}

}  // namespace floe::sim
