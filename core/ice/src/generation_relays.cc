// What relayed candidates are to a generation, beside what all candidates are (RFC 8445, section
// 5.1.1.2; RFC 8656, section 9).
#include <algorithm>

#include "floe/ice/generation.h"

namespace floe::ice {
namespace {

/// RFC 8839, section 5.1: in the place of an address that is not to be known.
TransportAddress hidden(Family family) {
  return {IpAddress::any(family), 9};
}

template <class T>
void add_once(List<T>& all, const T& one) {
  if (std::ranges::find(all, one) == all.end()) all.push_back(one);
}

}  // namespace

void Generation::add_relayed(const RelayedAddressFound& relayed, bool hides_mapped) {
  const bool is_shown = relayed.mapped && !hides_mapped;
  const TransportAddress related = is_shown ? *relayed.mapped : hidden(relayed.relayed.ip.family());
  const auto index = locals_.add_relayed(relayed.socket, relayed.relayed, related, relayed.route);
  if (!index) return;
  announce(*index);
  form_pairs_of(*index);
}

/// RFC 8656, section 9: the server relays nothing, not even the first check, without a permission
/// for the peer's address. One permission is for all ports of an address.
void Generation::add_wanted_of(const TransportAddress& relayed, turn::WantedPeers& wanted) const {
  for (std::size_t i = 0; i < pairs_.all().size(); ++i) {
    const PairIndex index(static_cast<std::uint16_t>(i));
    const CandidatePair& pair = pairs_.at(index);
    if (locals_.at(pair.local).base != relayed) continue;
    const bool is_selected = paths_.find(index) != nullptr;
    if (!is_selected && !pair.is_pending() && !pair.is_valid()) continue;
    const TransportAddress& peer = remotes_.at(pair.remote).address;
    add_once(wanted.permissions, peer.ip);
    if (is_selected) add_once(wanted.channels, peer);
  }
}

bool Generation::may_use(const TransportAddress& relayed) const {
  for (std::size_t i = 0; i < pairs_.all().size(); ++i) {
    const PairIndex index(static_cast<std::uint16_t>(i));
    const CandidatePair& pair = pairs_.at(index);
    if (locals_.at(pair.local).base != relayed) continue;
    // Where the application wants renomination, what works is a spare for when the selected pair
    // does not any more.
    const bool is_spare = pair.is_valid() && nomination_.may_renominate() &&
                          core_.config.nomination == NominationMode::renomination;
    if (paths_.find(index) != nullptr || is_spare) return true;
  }
  return false;
}

void Generation::refuse_relayed_peer(Timestamp now, const RelayedPeerRefused& refused) {
  for (std::size_t i = 0; i < pairs_.all().size(); ++i) {
    const PairIndex index(static_cast<std::uint16_t>(i));
    CandidatePair& pair = pairs_.at(index);
    const bool is_meant = locals_.at(pair.local).base == refused.relayed &&
                          remotes_.at(pair.remote).address.ip == refused.peer;
    if (!is_meant) continue;
    pair.error_code = refused.code;
    if (paths_.find(index) != nullptr) {
      lose_path(now, pair.component, PairFailure::relay_refused);
    } else {
      fail(index, PairFailure::relay_refused);
    }
  }
}

}  // namespace floe::ice
