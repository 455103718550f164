// What one generation needs of its relayed addresses (RFC 8445, section 8.3; RFC 8656, section 9).
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
  /// A selected pair goes through `relayed`, or one that may still be selected.
  bool may_use(const TransportAddress& relayed) const;

 private:
  const CheckList& pairs_;
  const Paths& paths_;
  bool keeps_spares_;  ///< valid pairs are kept for when the selected one does not work any more
};

}  // namespace floe::ice
