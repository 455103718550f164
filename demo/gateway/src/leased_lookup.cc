#include "leased_lookup.h"

namespace floe::gateway {

LeasedLookup::LeasedLookup(const Lease& lease, tunnel::LookupId id, tunnel::LookupFamily family,
                           std::string_view name)
    : lease_(lease),
      id_(id),
      family_(family),
      name_(name),
      answer_call_(lease.resources.host.loop(), native::Deferred::When::after_callback, *this) {
  if (lease.resources.names.find(lease.now(), name) != nullptr) {
    answer_call_.request();
  } else {
    resolution_ = lease.resources.host.resolver().resolve_name(name, *this, lease.asker);
  }
}

void LeasedLookup::answer_known() {
  const KnownName* known = lease_.resources.names.find(lease_.now(), name_);
  answer(known != nullptr ? *known : KnownName());
}

void LeasedLookup::on_resolved(const std::vector<IpAddress>& addresses, std::string_view) {
  const KnownName found{addresses, resolution_->is_unknown()};
  lease_.resources.names.keep(lease_.now(), name_, found);
  answer(found);
}

/// A client hears the same of a name that it may not use and of one that nobody has: else it could
/// find out which names the operator's network has.
void LeasedLookup::answer(const KnownName& found) {
  lease_.resources.policy.named_servers().learn(name_, found.addresses);
  lease_.named_servers.learn(name_, found.addresses);
  const std::vector<IpAddress> told = admitted(found.addresses);
  const bool is_filtered = told.empty() && !found.addresses.empty();
  const auto status = !told.empty()                     ? tunnel::LookupStatus::found
                      : is_filtered || found.is_unknown ? tunnel::LookupStatus::no_such_name
                                                        : tunnel::LookupStatus::failed;
  lease_.session.lookups().handle_resolved(id_, status, told);
  is_over_ = true;
  lease_.end_turn.request();
}

std::vector<IpAddress> LeasedLookup::admitted(const std::vector<IpAddress>& addresses) const {
  AddressPolicy& policy = lease_.resources.policy;
  const bool is_server =
      policy.named_servers().has_name(name_) || lease_.named_servers.has_name(name_);
  std::vector<IpAddress> admitted;
  for (const IpAddress& ip : addresses) {
    const auto family = ip.is_ipv4() ? tunnel::LookupFamily::ipv4 : tunnel::LookupFamily::ipv6;
    const bool is_asked_for = family_ == tunnel::LookupFamily::any || family_ == family;
    if (is_asked_for && (is_server || policy.admits(ip))) admitted.push_back(ip);
  }
  return admitted;
}

}  // namespace floe::gateway
