#include "gateway/load.h"

#include "measure/clocks.h"

namespace floe::bench {
namespace {

constexpr std::int64_t kLost_ns = 200'000'000;

std::size_t sum_of(const std::deque<LoadClient>& clients,
                   std::size_t (LoadClient::*figure)() const) {
  std::size_t sum = 0;
  for (const LoadClient& client : clients) sum += (client.*figure)();
  return sum;
}

}  // namespace

Load::Load(std::uint16_t gateway_port, std::size_t clients, std::size_t peers,
           const PayloadSizes& sizes)
    : peers_(peers) {
  for (std::size_t i = 0; i < clients; ++i) {
    clients_.emplace_back(gateway_port, peers_, sizes);
    poller_.add_stream(clients_.back().fd(), static_cast<std::uint32_t>(i));
  }
}

void Load::run(std::size_t count, std::size_t window) {
  const std::size_t end = returned() + count;
  while (returned() < end) {
    for (LoadClient& client : clients_) client.fill(window);
    take();
  }
  while (under_way() > 0) take();
}

void Load::take() {
  const auto ready = poller_.wait(wall_ns() + kLost_ns);
  for (const std::uint32_t number : ready) clients_[number].take();
  if (!ready.empty()) return;
  for (LoadClient& client : clients_) client.give_up();
}

std::size_t Load::returned() const {
  return sum_of(clients_, &LoadClient::returned);
}

std::size_t Load::lost() const {
  return sum_of(clients_, &LoadClient::lost);
}

std::size_t Load::under_way() const {
  return sum_of(clients_, &LoadClient::under_way);
}

}  // namespace floe::bench
