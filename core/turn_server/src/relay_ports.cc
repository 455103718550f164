#include "floe/turn_server/relay_ports.h"

namespace floe::turn {

RelayPorts::RelayPorts(PortRange range, RandomSource& random)
    : range_(range),
      random_(random),
      busy_(static_cast<std::size_t>(range.last - range.first) + 1, false) {}

template <class Fits>
std::optional<std::uint16_t> RelayPorts::search(Timestamp now, Fits fits) {
  wake(now);
  for (;;) {
    const std::size_t start = random_.below(static_cast<std::uint32_t>(busy_.size()));
    for (std::size_t i = 0; i < busy_.size(); ++i) {
      const std::size_t index = (start + i) % busy_.size();
      if (is_free(index) && fits(index)) return static_cast<std::uint16_t>(range_.first + index);
    }
    if (resting_.empty()) return std::nullopt;
    busy_[static_cast<std::size_t>(resting_.front().port - range_.first)] = false;
    resting_.pop_front();
  }
}

std::optional<std::uint16_t> RelayPorts::take(Timestamp now) {
  const auto port = search(now, [](std::size_t) { return true; });
  if (port) occupy(*port);
  return port;
}

std::optional<std::uint16_t> RelayPorts::take_even(Timestamp now) {
  const auto port = search(now, [this](std::size_t index) { return is_even(index); });
  if (port) occupy(*port);
  return port;
}

std::optional<std::uint16_t> RelayPorts::take_pair(Timestamp now) {
  const auto port =
      search(now, [this](std::size_t index) { return is_even(index) && is_free(index + 1); });
  if (!port) return std::nullopt;
  occupy(*port);
  occupy(static_cast<std::uint16_t>(*port + 1));
  return port;
}

void RelayPorts::occupy(std::uint16_t port) {
  busy_[static_cast<std::size_t>(port - range_.first)] = true;
  ++taken_;
}

void RelayPorts::give_back(Timestamp now, std::uint16_t port) {
  --taken_;
  resting_.push_back({now + kRest, port});
}

void RelayPorts::wake(Timestamp now) {
  while (!resting_.empty() && resting_.front().until <= now) {
    busy_[static_cast<std::size_t>(resting_.front().port - range_.first)] = false;
    resting_.pop_front();
  }
}

}  // namespace floe::turn
