#include "worlds/long_loss.h"

#include <algorithm>

#include "peer.h"
#include "worlds/plan_draws.h"

namespace floe::sim {
namespace {

constexpr Duration kDataInterval = 200ms;
constexpr Duration kBurst = 5s;
/// From one burst to the next.
constexpr std::chrono::milliseconds kCalmLeast = 20s;
constexpr std::chrono::milliseconds kCalmMost = 180s;

/// Two ends in the open; the link of one of them is bad.
class BadCall {
 public:
  explicit BadCall(const LongLossOptions& options)
      : world_(options.seed),
        draws_(options.seed),
        left_(world_, world_.add_host("left", {IpAddress::v4(192, 0, 2, 1)}, lossy(options)),
              options_of(ice::Role::controlling)),
        right_(world_, world_.add_host("right", {IpAddress::v4(192, 0, 2, 2)}),
               options_of(ice::Role::controlled)) {}

  LongLoss run(Duration span) {
    start(left_, right_);
    (void)world_.run_until([&] { return left_.connected() && right_.connected(); }, 60s);
    schedule_burst();
    const Timestamp end = world_.now() + span;
    while (world_.now() < end && count(ice::State::failed) == 0) {
      for (Peer* peer : {&left_, &right_}) result_.sent += peer->send("data") ? 1u : 0u;
      world_.run_for(kDataInterval);
    }
    result_.failed = count(ice::State::failed);
    result_.disconnected = count(ice::State::disconnected);
    result_.received = left_.received().size() + right_.received().size();
    return result_;
  }

 private:
  static Link lossy(const LongLossOptions& options) {
    return {.delay = 20ms, .loss_ppm = options.loss_percent * 10'000};
  }
  static PeerOptions options_of(ice::Role role) {
    PeerOptions options;
    options.agent.role = role;
    options.checks_paths = true;
    return options;
  }

  void schedule_burst() {
    world_.schedule(world_.now() + draws_.between(kCalmLeast, kCalmMost), [this] {
      left_.host().link().is_up = false;
      world_.schedule(world_.now() + kBurst, [this] {
        left_.host().link().is_up = true;
        schedule_burst();
      });
    });
  }

  std::uint32_t count(ice::State state) const {
    return static_cast<std::uint32_t>(std::ranges::count(left_.states(), state) +
                                      std::ranges::count(right_.states(), state));
  }

  World world_;
  PlanDraws draws_;
  Peer left_;
  Peer right_;
  LongLoss result_;
};

}  // namespace

LongLoss run_long_loss(const LongLossOptions& options) {
  return BadCall(options).run(options.hours * Duration(1h));
}

std::string LongLoss::to_text(const LongLossOptions& options) const {
  return std::to_string(options.hours) + " h at " + std::to_string(options.loss_percent) +
         " % lost and bursts of 5 s, seed " + std::to_string(options.seed) + ": failed " +
         std::to_string(failed) + " times, disconnected " + std::to_string(disconnected) +
         " times; " + std::to_string(received) + " of " + std::to_string(sent) +
         " datagrams arrived";
}

}  // namespace floe::sim
