// The lookup of a name for one client. The client learns only addresses that it may send to.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lease.h"

namespace floe::gateway {

/// Its owner destroys it at the end of the turn in which is_over() becomes true.
class LeasedLookup final : private ResolveListener {
 public:
  /// `lease` must outlive the lookup.
  LeasedLookup(const Lease& lease, tunnel::LookupId id, tunnel::LookupFamily family,
               std::string_view name);

  bool is_over() const { return is_over_; }

 private:
  void on_resolved(const std::vector<IpAddress>& addresses, std::string_view error) override;
  void answer_known();
  void answer(const KnownName& found);
  std::vector<IpAddress> admitted(const std::vector<IpAddress>& addresses) const;

  const Lease& lease_;
  tunnel::LookupId id_;
  tunnel::LookupFamily family_;
  std::string name_;
  std::unique_ptr<native::NameResolution> resolution_;  // null when the name is known
  native::DeferredCall<LeasedLookup, &LeasedLookup::answer_known> answer_call_;
  bool is_over_ = false;
};

}  // namespace floe::gateway
