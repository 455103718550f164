// The listeners of one NetworkMonitor: they may come and go while they are being told.
#pragma once

#include <algorithm>

#include "floe/api/network_monitor.h"
#include "floe/types/list.h"

namespace floe {

class NetworkListeners {
 public:
  void add(NetworkListener& listener) { listeners_.push_back(&listener); }

  void remove(NetworkListener& listener) {
    if (notifying_) {
      std::ranges::replace(listeners_, &listener, static_cast<NetworkListener*>(nullptr));
    } else {
      listeners_.remove(&listener);
    }
  }

  /// Tells those that are there now. A listener may add and remove listeners, but not destroy this
  /// object.
  void notify() {
    notifying_ = true;
    // By index: a listener may add a listener, which need not be called but may move the others.
    const std::size_t count = listeners_.size();
    for (std::size_t i = 0; i < count; ++i) {
      if (listeners_[i] != nullptr) listeners_[i]->on_network_changed();
    }
    notifying_ = false;
    listeners_.remove(nullptr);
  }

 private:
  List<NetworkListener*> listeners_;  // null: removed while notify() runs
  bool notifying_ = false;
};

}  // namespace floe
