// Decides which far ends may send to an inside endpoint: the far ends that it has sent to lately
// (RFC 4787, section 5).
//
// Both a mapping of a NAT and a flow through a stateful firewall have one.
#pragma once

#include <cstddef>

#include "floe/sim/endpoint_key.h"
#include "floe/sim/flat_map.h"
#include "floe/sim/nat.h"

namespace floe::sim {

/// The part of `far_end` that `dependence` looks at; the rest is zero.
inline EndpointKey relevant_part(Dependence dependence, const TransportAddress& far_end) {
  switch (dependence) {
    case Dependence::endpoint_independent:
      return {};
    case Dependence::address_dependent:
      return {AddressKey::of(far_end.ip), 0};
    case Dependence::address_and_port_dependent:
      return EndpointKey::of(far_end);
  }
  return {};
}

class ContactFilter {
 public:
  ContactFilter(Dependence dependence, Duration lifetime)
      : dependence_(dependence), lifetime_(lifetime) {}

  /// The inside endpoint sends to `far_end`, or hears from it where inbound packets count, too.
  void refresh(Timestamp now, const TransportAddress& far_end) {
    const EndpointKey key = relevant_part(dependence_, far_end);
    if (contacts_.size() >= kNatFarEndsMax && contacts_.find(key) == nullptr) forget_oldest();
    contacts_.insert(key, now) = now;
  }

  bool admits(Timestamp now, const TransportAddress& far_end) const {
    const Timestamp* last = contacts_.find(relevant_part(dependence_, far_end));
    return last != nullptr && now - *last < lifetime_;
  }

 private:
  void forget_oldest() {
    const auto oldest =
        std::ranges::min_element(contacts_, {}, [](const auto& contact) { return contact.second; });
    contacts_.erase(EndpointKey(oldest->first));
  }

  Dependence dependence_;
  Duration lifetime_;
  FlatMap<EndpointKey, Timestamp> contacts_;
};

}  // namespace floe::sim
