#include "floe/sim/world.h"

#include <algorithm>

namespace floe::sim {

SimHost& World::add_host(std::string name, std::vector<IpAddress> addresses, const Link& link) {
  hosts_.push_back(std::make_unique<SimHost>(*this, std::move(name), std::move(addresses), link,
                                             random_.next_u64()));
  return *hosts_.back();
}

bool World::run_until(const std::function<bool()>& done, Duration limit) {
  const Timestamp end = now() + limit;
  while (!done()) {
    if (queue_.next_at() > end) {
      queue_.advance_to(end);
      return done();
    }
    queue_.step();
  }
  return true;
}

void World::run_for(Duration span) {
  (void)run_until([] { return false; }, span);
}

bool World::is_lost_on(const Link& link) {
  return !link.is_up || (link.loss_ppm > 0 && random_.below(1'000'000) < link.loss_ppm);
}

SimHost* World::owner_of(const IpAddress& ip) {
  const auto place =
      std::ranges::find_if(hosts_, [&](const auto& host) { return host->has_address(ip); });
  return place == hosts_.end() ? nullptr : place->get();
}

void World::transmit(SimHost& from, const SocketAddress& source, const SocketAddress& destination,
                     Bytes payload) {
  SimHost* to = owner_of(destination.ip);
  const bool lost = to == nullptr || is_lost_on(from.link()) || is_lost_on(to->link());
  trace_.datagram(now(), source, destination, payload, lost);
  if (lost) return;
  const Timestamp arrival = now() + from.link().delay + to->link().delay;
  queue_.schedule(arrival,
                  [to, source, destination, bytes = ByteVector(payload.begin(), payload.end())] {
                    to->deliver({destination, source, bytes});
                  });
}

}  // namespace floe::sim
