#include "gateway/load.h"

#include "measure/clocks.h"

namespace floe::bench {
namespace {

/// In a flood: what a client adds before it reads again.
constexpr std::size_t kFloodStep = 256;
/// In a flood that the relay does not take at the moment.
constexpr std::int64_t kFloodWait_ns = 1'000'000;

std::size_t sum_of(const std::deque<LoadClient>& clients,
                   std::size_t (LoadClient::*figure)() const) {
  std::size_t sum = 0;
  for (const LoadClient& client : clients) sum += (client.*figure)();
  return sum;
}

}  // namespace

Load::Load(const Relay& relay, std::size_t clients, std::size_t peers, const PayloadSizes& sizes)
    : peers_(peers) {
  for (std::size_t i = 0; i < clients; ++i) {
    clients_.emplace_back(relay, peers_, sizes);
    poller_.add_stream(clients_.back().fd(), static_cast<std::uint32_t>(i));
  }
}

void Load::run(std::size_t count, std::size_t window) {
  const std::size_t end = returned() + count;
  while (returned() < end) {
    for (LoadClient& client : clients_) client.fill(window);
    if (!take()) give_up();
  }
  while (under_way() > 0) {
    if (!take()) give_up();
  }
}

void Load::flood(std::int64_t duration_ns) {
  const std::int64_t end_ns = wall_ns() + duration_ns;
  while (wall_ns() < end_ns) {
    const std::size_t before = sent();
    for (LoadClient& client : clients_) client.fill(client.under_way() + kFloodStep);
    take(sent() == before ? kFloodWait_ns : 0);
  }
  while (under_way() > 0 && take(5 * kLost_ns)) {
  }
  give_up();
}

bool Load::take(std::int64_t wait_ns) {
  const auto ready = poller_.wait(wall_ns() + wait_ns);
  for (const std::uint32_t number : ready) clients_[number].take();
  return !ready.empty();
}

void Load::give_up() {
  for (LoadClient& client : clients_) client.give_up();
}

std::size_t Load::sent() const {
  return sum_of(clients_, &LoadClient::sent);
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
