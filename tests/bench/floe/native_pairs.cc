#include "native_pairs.h"

#include <stdexcept>

namespace floe::bench {

ice::AgentConfig config_of(ice::Role role, const ice::PacerConfig& pacing) {
  ice::AgentConfig config;
  config.role = role;
  config.pacing = pacing;
  return config;
}

native::SystemHostOptions host_options(const native::UdpOptions& udp) {
  native::SystemHostOptions options;
  options.only_addresses = {IpAddress::v4(127, 0, 0, 1)};
  options.udp = udp;
  return options;
}

Layers layers_of(const Options& options) {
  return static_cast<Layers>(options.number("layers", 0));
}

NativePair::NativePair(const Host& host, const NativePairsOptions& options,
                       EndpointListener& listener)
    : left(host, config_of(ice::Role::controlling, options.pacing), listener, options.layers),
      right(host, config_of(ice::Role::controlled, options.pacing), listener, options.layers) {}

NativePairs::NativePairs(const NativePairsOptions& options)
    : options_(options), host_(host_options(options.udp)) {}

void NativePairs::gather(std::size_t count) {
  const std::size_t first = pairs_.size();
  for (std::size_t i = 0; i < count; ++i) {
    NativePair& pair =
        pairs_.emplace_back(host_.api(), options_, static_cast<EndpointListener&>(*this));
    pair.left.gather();
    pair.right.gather();
  }
  for (std::size_t i = first; i < pairs_.size(); ++i) {
    run_until([&] { return pairs_[i].left.is_gathered() && pairs_[i].right.is_gathered(); });
  }
}

void NativePairs::connect(std::size_t count) {
  const std::size_t wanted = connected_ + 2 * count;
  for (std::size_t i = pairs_.size() - count; i < pairs_.size(); ++i) {
    pairs_[i].left.describe_to(pairs_[i].right);
    pairs_[i].right.describe_to(pairs_[i].left);
  }
  run_until([&] { return connected_ >= wanted; });
}

void NativePairs::connect_over(Duration span) {
  const std::size_t count = pairs_.size();
  const Timestamp start = host_.loop().now();
  for (std::size_t i = 0; i < count; ++i) {
    const Timestamp turn = start + span * static_cast<std::int64_t>(i) / static_cast<int>(count);
    while (host_.loop().now() < turn) host_.loop().run_once(Duration(1ms));
    pairs_[i].left.describe_to(pairs_[i].right);
    pairs_[i].right.describe_to(pairs_[i].left);
  }
  run_until([&] { return connected_ >= 2 * count; });
}

void NativePairs::run_for(Duration span) {
  // The timer ends the wait exactly, which the milliseconds of epoll would not.
  struct Alarm final : TimerListener {
    void handle_timeout(Timestamp) override { rang = true; }
    bool rang = false;
  } alarm;
  const auto timer = host_.loop().create(alarm);
  timer->arm(host_.loop().now() + span);
  while (!alarm.rang) host_.loop().run_once();
}

void NativePairs::throw_too_long() {
  throw std::runtime_error("not within 30 s");
}

}  // namespace floe::bench
