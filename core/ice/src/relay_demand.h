// The peers that one generation must reach from its relayed addresses, and the relayed addresses
// that it may still use (RFC 8445, section 8.3; RFC 8656, section 9).
#pragma once

#include "nominator.h"
#include "turn_clients.h"

namespace floe::ice {

class RelayDemand {
 public:
  /// Views of the generation's parts.
  RelayDemand(const CheckList& pairs, const Paths& paths, bool keeps_spares)
      : pairs_(pairs), paths_(paths), keeps_spares_(keeps_spares) {}

  /// Adds the peers that `relayed` has to reach.
  void add_wanted(const TransportAddress& relayed, turn::WantedPeers& wanted) const;
  /// Whether a selected pair, or a pair that may still be selected, uses `relayed`.
  bool may_use(const TransportAddress& relayed) const;

 private:
  const CheckList& pairs_;
  const Paths& paths_;
  bool keeps_spares_;  ///< valid pairs are kept in case the selected pair stops working
};

}  // namespace floe::ice
