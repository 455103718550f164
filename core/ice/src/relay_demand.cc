#include "relay_demand.h"

#include <algorithm>

namespace floe::ice {
namespace {

template <class T>
void add_once(List<T>& all, const T& one) {
  if (std::ranges::find(all, one) == all.end()) all.push_back(one);
}

}  // namespace

/// RFC 8656, section 9: the relay passes nothing without a permission for the peer's address, not
/// even the first check. One permission covers all ports of an address.
void RelayDemand::add_wanted(const TransportAddress& relayed, turn::WantedPeers& wanted) const {
  for (const PairIndex index : pairs_.indices()) {
    const CandidatePair& pair = pairs_.at(index);
    if (pairs_.local_of(index).base != relayed) continue;
    const bool is_selected = paths_.find(index) != nullptr;
    if (!is_selected && !pair.is_pending() && !pair.is_valid()) continue;
    const TransportAddress& peer = pairs_.remote_of(index).address;
    add_once(wanted.permissions, peer.ip);
    if (is_selected) add_once(wanted.channels, peer);
  }
}

bool RelayDemand::may_use(const TransportAddress& relayed) const {
  for (const PairIndex index : pairs_.indices()) {
    if (pairs_.local_of(index).base != relayed) continue;
    if (paths_.find(index) != nullptr || (keeps_spares_ && pairs_.at(index).is_valid()))
      return true;
  }
  return false;
}

}  // namespace floe::ice
