// Whose turn it is to go on with a handshake.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <map>

#include "floe/types/address.h"

namespace floe::native {

/// A handshake costs the server much and the client little. So the networks of the clients take
/// turns, however many handshakes each of them has: one that floods holds up itself.
template <class Handshake>
class HandshakeQueue {
 public:
  /// Of the handshakes that may be under way one network may have this part.
  static constexpr std::size_t kShareOfNetwork = 4;

  explicit HandshakeQueue(std::size_t maximum)
      : max_(maximum), per_network_max_(std::max<std::size_t>(1, maximum / kShareOfNetwork)) {}

  /// A handshake begins. False: there are too many.
  bool enter(const IpAddress& client) {
    const IpAddress network = network_of(client);
    const auto entry = networks_.find(network);
    const std::size_t others = entry == networks_.end() ? 0 : entry->second.under_way;
    if (under_way_ >= max_ || others >= per_network_max_) return false;
    ++networks_[network].under_way;
    ++under_way_;
    return true;
  }
  /// A handshake that entered is over.
  void leave(const IpAddress& client, Handshake* handshake) {
    const auto entry = networks_.find(network_of(client));
    if (entry == networks_.end()) return;
    ready_ -= std::erase(entry->second.ready, handshake);
    --under_way_;
    if (--entry->second.under_way == 0) networks_.erase(entry);
  }

  /// The handshake can go on. It is in the queue once at a time.
  void push(const IpAddress& client, Handshake* handshake) {
    networks_[network_of(client)].ready.push_back(handshake);
    ++ready_;
  }
  /// Takes the one whose turn it is; null when none can go on.
  Handshake* pop() {
    if (ready_ == 0) return nullptr;
    auto network = networks_.upper_bound(last_);
    for (;; ++network) {
      if (network == networks_.end()) network = networks_.begin();
      if (!network->second.ready.empty()) break;
    }
    last_ = network->first;
    Handshake* next = network->second.ready.front();
    network->second.ready.pop_front();
    --ready_;
    return next;
  }
  bool has_ready() const { return ready_ != 0; }

 private:
  struct Network {
    std::size_t under_way = 0;
    std::deque<Handshake*> ready;
  };

  std::size_t max_;
  std::size_t per_network_max_;
  std::map<IpAddress, Network> networks_;  // those with a handshake under way
  std::size_t under_way_ = 0;
  std::size_t ready_ = 0;
  IpAddress last_;  // the network that had the last turn
};

}  // namespace floe::native
