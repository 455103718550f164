#include "gateway_network.h"

#include <algorithm>

namespace floe::tunnel {

void GatewayNetwork::notify() {
  notifying_ = true;
  // By index: a listener may add a listener, which need not be called but may move the others.
  const std::size_t count = listeners_.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (listeners_[i] != nullptr) listeners_[i]->on_network_changed();
  }
  notifying_ = false;
  listeners_.remove(nullptr);
}

void GatewayNetwork::remove_listener(NetworkListener& listener) {
  if (notifying_) {
    std::ranges::replace(listeners_, &listener, static_cast<NetworkListener*>(nullptr));
  } else {
    listeners_.remove(&listener);
  }
}

}  // namespace floe::tunnel
