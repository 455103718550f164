#include "call.h"

namespace floe::sim {

void Call::run_for(Duration span) {
  const Timestamp end = world_.now() + span;
  while (world_.now() < end) {
    for (End& one : ends_) sent_ += one.peer.send("20 ms of speech") ? 1u : 0u;
    // In small steps, so that an arrival is noticed when it happens.
    for (int i = 0; i < 4; ++i) {
      world_.run_for(kInterval / 4);
      for (End& one : ends_) listen(one);
    }
  }
}

void Call::listen(End& end) {
  if (end.peer.received().size() == end.received) return;
  end.received = end.peer.received().size();
  end.longest = std::max(end.longest, world_.now() - end.last_arrival);
  end.last_arrival = world_.now();
}

void Call::begin_measuring() {
  for (End& end : ends_) {
    end.longest = {};
    end.last_arrival = world_.now();
  }
}

}  // namespace floe::sim
