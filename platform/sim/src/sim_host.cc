#include "floe/sim/sim_host.h"

#include <algorithm>
#include <utility>

#include "sim_timer.h"

namespace floe::sim {

SimHost::SimHost(const HostGround& ground, std::string name, std::uint64_t seed)
    : state_(ground, std::move(name), seed), sockets_(state_), streams_(state_), change_(*this) {}

// Interfaces --------------------------------------------------------------------------------------

Interface& SimHost::add_interface(std::string name, Network& network,
                                  std::vector<IpAddress> addresses, const Link& link) {
  const std::uint32_t number = state_.ground.traffic.number_attachment(state_.name + ':' + name);
  Interface& added = state_.interfaces.add(*this, std::move(name), network, link, number);
  set_addresses(added, std::move(addresses));
  return added;
}

void SimHost::remove_interface(std::string_view name) {
  Interface* const found = interface(name);
  if (found == nullptr) return;
  set_addresses(*found, {});
  state_.interfaces.remove(*found);
}

void SimHost::set_addresses(Interface& interface, std::vector<IpAddress> addresses) {
  interface.set_addresses(std::move(addresses));
  announce_change();
}

void SimHost::announce_change() {
  // Before the host is used, there is no listener to tell.
  if (!listeners_.empty() || !sockets_.empty() || !streams_.empty()) change_.set(now());
}

void SimHost::tell_of_change() {
  sockets_.fail_homeless();
  streams_.fail_homeless();
  const std::vector<NetworkListener*> told = listeners_;
  for (NetworkListener* listener : told) {
    if (std::ranges::count(listeners_, listener) > 0) listener->on_network_changed();
  }
}

// Sleep -------------------------------------------------------------------------------------------

void SimHost::wake() {
  state_.sleep.end(now());
  for (auto& action : std::exchange(late_calls_, {})) {
    schedule(now(), std::move(action));
  }
}

void SimHost::schedule(Timestamp at, std::function<void()> action) {
  state_.ground.calls.schedule(at, [this, action = std::move(action)] {
    if (!is_asleep()) return action();
    late_calls_.push_back(action);
  });
}

// Timers and packets ------------------------------------------------------------------------------

std::unique_ptr<Timer> SimHost::create(TimerListener& listener) {
  return std::make_unique<SimTimer>(state_, listener);
}

void SimHost::arrive(Attachment& at, PacketId id) {
  if (is_asleep()) return state_.ground.traffic.lose(id, Fate::asleep);
  sockets_.deliver(at, id);
}

}  // namespace floe::sim
