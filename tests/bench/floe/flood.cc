// How much of an unthrottled flood arrives, and what it costs: two agents, a loop and a thread
// each.
#include "measure/flood.h"
#include "floe/native/system_host.h"
#include "measure/clocks.h"
#include "native_pairs.h"
#include "rows.h"

namespace floe::bench {
namespace {

constexpr std::int64_t kPatience_ns = 30'000'000'000;

/// One agent with a loop of its own.
class FloodEnd final : private EndpointListener {
 public:
  FloodEnd(ice::Role role, const native::UdpOptions& udp, Layers layers)
      : host_(host_options(udp)), endpoint_(host_.api(), config_of(role, {}), *this, layers) {}

  Endpoint& endpoint() { return endpoint_; }
  native::Loop& loop() { return host_.loop(); }
  std::size_t arrived() const { return arrived_; }

 private:
  void on_data(Endpoint&, Bytes) override { ++arrived_; }

  native::SystemHost host_;
  Endpoint endpoint_;
  std::size_t arrived_ = 0;
};

/// One thread drives both loops until both agents are where they should be.
template <class Predicate>
void run_until(FloodEnd& left, FloodEnd& right, Predicate is_there) {
  const std::int64_t end = wall_ns() + kPatience_ns;
  while (!is_there(left.endpoint()) || !is_there(right.endpoint())) {
    left.loop().run_once(Duration(1ms));
    right.loop().run_once(Duration(1ms));
    require(wall_ns() < end, "not within 30 s");
  }
}

void connect(FloodEnd& left, FloodEnd& right) {
  left.endpoint().gather();
  right.endpoint().gather();
  run_until(left, right, [](const Endpoint& end) { return end.is_gathered(); });
  left.endpoint().describe_to(right.endpoint());
  right.endpoint().describe_to(left.endpoint());
  run_until(left, right, [](const Endpoint& end) { return end.is_connected(); });
}

}  // namespace

/// The sender makes one pass of its loop after each burst, without waiting.
void measure_native_flood(const Options& options) {
  const FloodPlan plan(options);
  native::UdpOptions udp;
  udp.segmentation = options.number("segmentation", udp.segmentation ? 1 : 0) != 0;
  udp.coalescing = options.number("coalescing", udp.coalescing ? 1 : 0) != 0;
  udp.flood_buffer_bytes = static_cast<int>(options.number("flood_buffer", udp.flood_buffer_bytes));
  if (!udp.coalescing) udp.flood_buffer_bytes = 0;
  FloodEnd sender(ice::Role::controlling, udp, layers_of(options));
  FloodEnd receiver(ice::Role::controlled, udp, layers_of(options));
  connect(sender, receiver);
  const ByteVector payload(plan.bytes, 0x80);  // not 0 to 3, which would look like STUN
  const auto send_burst = [&] {
    std::size_t taken = 0;
    for (std::size_t i = 0; i < plan.burst; ++i) taken += sender.endpoint().send(payload);
    sender.loop().service();
    return taken;
  };
  measure_flood(plan, send_burst, [&](const std::atomic<bool>& running) {
    while (running) receiver.loop().run_once(Duration(10ms));
    return receiver.arrived();
  });
}

}  // namespace floe::bench
