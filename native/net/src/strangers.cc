#include "floe/native/strangers.h"

#include <algorithm>
#include <utility>

#include "floe/types/neighbourhood.h"

namespace floe::native {

Strangers::Place::Place(Place&& other) noexcept
    : strangers_(std::exchange(other.strangers_, nullptr)),
      network_(other.network_),
      number_(other.number_) {}

Strangers::Place& Strangers::Place::operator=(Place&& other) noexcept {
  std::swap(strangers_, other.strangers_);
  std::swap(network_, other.network_);
  std::swap(number_, other.number_);
  return *this;
}

void Strangers::Place::leave() {
  if (Strangers* strangers = std::exchange(strangers_, nullptr)) {
    strangers->leave(network_, number_);
  }
}

Strangers::Place Strangers::enter(const IpAddress& ip, Stranger& stranger) {
  const IpAddress network = neighbourhood_of(ip);
  const auto here = networks_.find(network);
  if (here != networks_.end() && here->second.size() >= limits_.per_network) {
    displace_oldest(here);
  } else if (count_ >= limits_.all && count_ > 0) {
    displace_oldest(std::ranges::max_element(
        networks_, {}, [](const auto& entry) { return entry.second.size(); }));
  }
  networks_[network].emplace(++last_number_, &stranger);
  ++count_;
  return Place(*this, network, last_number_);
}

void Strangers::displace_oldest(std::map<IpAddress, Waiting>::iterator network) {
  const auto oldest = network->second.begin();
  Stranger& displaced = *oldest->second;
  leave(network->first, oldest->first);
  ++displaced_;
  displaced.on_displaced();
}

/// Without effect when it was displaced.
void Strangers::leave(const IpAddress& network, std::uint64_t number) {
  const auto here = networks_.find(network);
  if (here == networks_.end() || here->second.erase(number) == 0) return;
  --count_;
  if (here->second.empty()) networks_.erase(here);
}

}  // namespace floe::native
