// libnice in the same flood: two agents, a main context and a thread each.
#include "measure/flood.h"
#include "libnice/nice_pairs.h"
#include "libnice/rows.h"
#include "measure/clocks.h"

namespace floe::bench {
namespace {

constexpr std::int64_t kPatience_ns = 60'000'000'000;

/// One agent with a main context of its own.
class FloodEnd {
 public:
  explicit FloodEnd(bool controlling) : agent(context_, controlling, connected_) {}
  // The context stays: libnice gives no sign when its last source is gone, and the program ends.

  void service() const {
    while (g_main_context_iteration(context_, FALSE) != FALSE) {
    }
  }
  void run_for_10_ms() const {
    GSource* const alarm = g_timeout_source_new(10);
    g_source_set_callback(
        alarm, [](gpointer) -> gboolean { return G_SOURCE_REMOVE; }, nullptr, nullptr);
    g_source_attach(alarm, context_);
    g_main_context_iteration(context_, TRUE);
    g_source_destroy(alarm);
    g_source_unref(alarm);
  }

 private:
  GMainContext* context_ = g_main_context_new();
  std::size_t connected_ = 0;

 public:
  NiceEnd agent;
};

template <class Predicate>
void run_until(FloodEnd& left, FloodEnd& right, Predicate is_there) {
  const std::int64_t end = wall_ns() + kPatience_ns;
  while (!is_there(left.agent) || !is_there(right.agent)) {
    left.service();
    right.service();
    require(wall_ns() < end, "not within 60 s");
  }
}

}  // namespace

void measure_nice_flood(const Options& options) {
  const FloodPlan plan(options);
  FloodEnd sender(true);
  FloodEnd receiver(false);
  sender.agent.gather();
  receiver.agent.gather();
  run_until(sender, receiver, [](const NiceEnd& end) { return end.is_gathered(); });
  sender.agent.describe_to(receiver.agent);
  receiver.agent.describe_to(sender.agent);
  run_until(sender, receiver, [](const NiceEnd& end) { return end.is_connected(); });

  std::size_t arrived = 0;
  receiver.agent.on_data = [&](std::span<const std::uint8_t>) { ++arrived; };
  const std::vector<std::uint8_t> payload(plan.bytes, 0x80);
  const auto send_burst = [&] {
    std::size_t taken = 0;
    for (std::size_t i = 0; i < plan.burst; ++i) taken += sender.agent.send(payload);
    sender.service();
    return taken;
  };
  measure_flood(plan, send_burst, [&](const std::atomic<bool>& running) {
    while (running) receiver.run_for_10_ms();
    return arrived;
  });
}

}  // namespace floe::bench
